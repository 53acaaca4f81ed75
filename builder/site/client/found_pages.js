// @ts-check
/** Guides, law and minutes that a query names: found by their titles. */

/** @typedef {import('./library.js').Library} Library */

const MOST = 3
const SHORTEST = 2 // code points of a word that names a page

/**
 * Return title and path of the pages that all words name, those first whose title does.
 *
 * @param {Library} library
 * @param {string[]} words
 * @returns {[title: string, path: string][]}
 */
export function pagesNamed({ folding, pages }, words) {
  const wanted = words.map((word) => folding.foldText(word)).filter(Boolean)
  if (!wanted.length || wanted.some((word) => [...word].length < SHORTEST)) return []
  /** @type {{title: string, path: string, inTitle: number}[]} */
  const found = []
  for (const [title, path, more] of pages) {
    const name = folding.foldText(title)
    const all = `${name} ${folding.foldText(more)}`
    if (!wanted.every((word) => all.includes(word))) continue
    found.push({ title, path, inTitle: wanted.filter((word) => name.includes(word)).length })
  }
  found.sort((one, other) => other.inTitle - one.inTitle)
  return found.slice(0, MOST).map(({ title, path }) => [title, path])
}
