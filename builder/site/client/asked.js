// @ts-check
/** What a same-type lookup starts from, a pasted story or a case: twin of `builder/search/asked.py`. */

/** @typedef {import('./case_blocks.js').Comparable} Comparable */
/** @typedef {import('./library.js').Library} Library */
/**
 * What is known of the dispute that precedents are sought for.
 *
 * @typedef {object} Asked
 * @property {Comparable | null} compared of a case of the library; null for a story
 * @property {string[]} types its dispute types, or the likeliest of a story
 * @property {string[]} parents the first-level types above them
 * @property {number | null} amount whole fen
 * @property {boolean} online
 * @property {boolean} group
 * @property {Set<string>} law provisions of the case, or those usual for the likely type
 * @property {Map<string, number>} weights of a story: term -> weight
 */

/** @param {Comparable} compared @returns {Asked} */
export function askedOfCase(compared) {
  return {
    compared,
    types: compared.types,
    parents: compared.parents,
    amount: compared.disputed,
    online: compared.online,
    group: compared.group,
    law: new Set(compared.law),
    weights: new Map(),
  }
}

/**
 * @param {Library} library
 * @param {object} told
 * @param {string} told.story
 * @param {string | null} told.amount yuan, with no or two decimals
 * @param {string} told.likely the dispute type that the story most likely is, or ''
 * @param {Set<string>} told.law what cases of that type mostly stand on
 * @param {Map<string, number>} told.weights the terms of the story
 * @returns {Asked}
 */
export function askedOfStory({ folding, vocabulary }, { story, amount, likely, law, weights }) {
  const folded = folding.foldText(story)
  const shows = (/** @type {string} */ mark) =>
    (vocabulary.marks.get(mark) ?? []).some((word) => folded.includes(folding.foldText(word)))
  const term = vocabulary.terms.get('dispute_types')?.find(({ id }) => id === likely)
  return {
    compared: null,
    types: likely ? [likely] : [],
    parents: likely ? [term?.parent ?? ''] : [],
    amount: amount === null ? null : fenOf(amount),
    online: shows('online'),
    group: shows('group'),
    law,
    weights,
  }
}

/** Return an amount of yuan in whole fen: 3600.5 is 360050. @param {string} amount */
function fenOf(amount) {
  const [whole, small = ''] = amount.split('.')
  return Number(whole) * 100 + Number(small.padEnd(2, '0').slice(0, 2))
}
