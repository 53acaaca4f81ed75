// @ts-check
/**
 * Why a case was found: title and snippet with the hits marked, the words and where they
 * stand. Twin of what `builder/search/hits.py` shows.
 */

import { compareCodePoints } from './analyzer.js'
import { isConcept } from './concepts.js'
import { excerpt, highlight } from './excerpt.js'

/** @typedef {import('./case_blocks.js').CaseText} CaseText */
/** @typedef {import('./library.js').Library} Library */
/** @typedef {{text: string, isHit: boolean}} Piece */
/**
 * @typedef {object} Explained
 * @property {Piece[]} title
 * @property {{section: string, name: string, pieces: Piece[]} | null} snippet
 * @property {[word: string, sections: string[]][]} matched
 */

const SNIPPET_LENGTH = 90 // code points
const WORDS_SHOWN = 8

/**
 * @param {Library} library
 * @param {CaseText} caseText
 * @param {Map<string, number>} weights the terms of the query
 * @returns {Explained}
 */
export function explain(library, caseText, weights) {
  const names = new Map(library.sections.map((/** @type {any} */ [id, name]) => [id, name]))
  /** @type {Map<string, Piece[]>} */
  const marked = new Map()
  for (const [id, text] of caseText.sections) {
    if (mayAnswer(library, text, weights)) {
      marked.set(id, highlight(text, [...weights.keys()], library.analyzer))
    }
  }
  const title = caseText.sections.get('title') ?? ''
  return {
    title: marked.get('title') ?? [{ text: title, isHit: false }],
    snippet: snippetOf(library, caseText, marked, weights, names),
    matched: matchedIn(marked, names),
  }
}

/**
 * Return whether a text may hold a term; spares most sections the slower marking.
 *
 * @param {Library} library
 * @param {string} text
 * @param {Map<string, number>} weights
 */
function mayAnswer({ analyzer }, text, weights) {
  const folded = analyzer.folding.foldText(text)
  const terms = [...weights.keys()]
  if (terms.some((term) => folded.includes(term))) return true
  const wanted = terms.filter(isConcept)
  return wanted.length > 0 && analyzer.concepts.matches(folded).some(({ term }) => wanted.includes(term))
}

/**
 * Return an excerpt of the section whose terms weigh most, the first of equals.
 *
 * @param {Library} library
 * @param {CaseText} caseText
 * @param {Map<string, Piece[]>} marked
 * @param {Map<string, number>} weights
 * @param {Map<string, string>} names
 */
function snippetOf({ analyzer }, caseText, marked, weights, names) {
  let best = ''
  let bestWeight = 0
  for (const [id, pieces] of marked) {
    if (id === 'title' || id === 'tags') continue
    const found = new Set()
    for (const { text, isHit } of pieces) {
      if (isHit) for (const term of analyzer.countTerms(text).keys()) found.add(term)
    }
    let weight = 0
    for (const term of found) weight += weights.get(term) ?? 0
    if (weight > bestWeight) {
      best = id
      bestWeight = weight
    }
  }
  const section = best || ['summary', 'facts'].find((id) => caseText.sections.has(id))
  if (!section) return null
  const text = caseText.sections.get(section) ?? ''
  const pieces = excerpt(text, [...weights.keys()], analyzer, SNIPPET_LENGTH)
  return { section, name: names.get(section) ?? '', pieces }
}

/**
 * Return the words that answer, as they stand in the case, the most frequent first.
 *
 * @param {Map<string, Piece[]>} marked
 * @param {Map<string, string>} names
 * @returns {[string, string[]][]}
 */
function matchedIn(marked, names) {
  /** @type {Map<string, string[]>} */
  const where = new Map()
  for (const [id, pieces] of marked) {
    for (const { text, isHit } of pieces) {
      if (!isHit) continue
      const word = text.split(/\s+/).filter(Boolean).join(' ')
      where.set(word, [...(where.get(word) ?? []), names.get(id) ?? ''])
    }
  }
  return [...where]
    .sort((one, other) => other[1].length - one[1].length || compareCodePoints(one[0], other[0]))
    .slice(0, WORDS_SHOWN)
    .map(([word, sections]) => [word, [...new Set(sections)]])
}
