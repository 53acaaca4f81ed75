// @ts-check
/**
 * Turn text into the terms that are indexed and searched: twin of `builder/text/analyzer.py`.
 *
 * Han runs give every single character and every overlapping pair; runs of letters, digits,
 * kana and hangul give whole words; concept words give a concept term beside these.
 * Places are in UTF-16 units. No DOM, no loading.
 */

import { HAN, WORD, widthAt } from './folding.js'

/** @typedef {import('./concepts.js').Concepts} Concepts */
/** @typedef {import('./folding.js').Folding} Folding */
/** @typedef {{term: string, start: number, end: number}} Token */

const RUN = new RegExp(`([${HAN}]+)|[${WORD}]+`, 'gu')

/** The one analysis for index and query. */
export class Analyzer {
  /**
   * @param {Folding} folding
   * @param {Concepts} concepts
   */
  constructor(folding, concepts) {
    this.folding = folding
    this.concepts = concepts
  }

  /**
   * Return every term of the text with its place, by start, then end, concepts last.
   *
   * @param {string} text
   * @returns {Token[]}
   */
  tokens(text) {
    const folded = this.folding.fold(text)
    /** @type {Token[]} */
    const found = []
    /** @param {string} term @param {number} at */
    const add = (term, at) => {
      const [start, end] = folded.span(at, at + term.length)
      found.push({ term, start, end })
    }
    for (const run of folded.text.matchAll(RUN)) {
      const start = /** @type {number} */ (run.index)
      if (run[1] === undefined) add(run[0], start)
      else eachHanTerm(run[0], (term, at) => add(term, start + at))
    }
    for (const match of this.concepts.matches(folded.text)) {
      const [start, end] = folded.span(match.start, match.end)
      found.push({ term: match.term, start, end })
    }
    return found.sort((a, b) => a.start - b.start || a.end - b.end)
  }

  /**
   * Return how often each term stands in the text: the terms of `tokens`, faster.
   *
   * @param {string} text
   * @returns {Map<string, number>}
   */
  countTerms(text) {
    const folded = this.folding.foldText(text)
    /** @type {Map<string, number>} */
    const counts = new Map()
    /** @param {string} term */
    const count = (term) => {
      counts.set(term, (counts.get(term) ?? 0) + 1)
    }
    for (const [run, han] of folded.matchAll(RUN)) {
      if (han === undefined) count(run)
      else eachHanTerm(run, count)
    }
    for (const { term } of this.concepts.matches(folded)) count(term)
    return counts
  }
}

/**
 * Call back with each single character and each pair of a Han run, and its place.
 *
 * @param {string} run
 * @param {(term: string, at: number) => void} take
 */
function eachHanTerm(run, take) {
  let width = widthAt(run, 0)
  for (let at = 0; at < run.length; ) {
    const next = at + width
    take(run.slice(at, next), at)
    if (next < run.length) {
      width = widthAt(run, next)
      take(run.slice(at, next + width), at)
    }
    at = next
  }
}

/**
 * Return whether a term is one code point, the weakest kind of evidence.
 *
 * @param {string} term
 */
export function isSingle(term) {
  return term.length === 1 || (term.length === 2 && widthAt(term, 0) === 2)
}

/**
 * Order strings by code point, as Python does; by UTF-16 unit astral characters would
 * come too early.
 *
 * @param {string} a
 * @param {string} b
 * @returns {number} below 0, 0, or above 0
 */
export function compareCodePoints(a, b) {
  const shared = Math.min(a.length, b.length)
  let at = 0
  while (at < shared && a.charCodeAt(at) === b.charCodeAt(at)) at += 1
  if (at === shared) return a.length - b.length
  const isAfterHigh = at > 0 && (a.charCodeAt(at - 1) & 0xfc00) === 0xd800
  return (isAfterHigh && differenceAt(a, b, at - 1)) || differenceAt(a, b, at)
}

/** @param {string} a @param {string} b @param {number} at */
function differenceAt(a, b, at) {
  return /** @type {number} */ (a.codePointAt(at)) - /** @type {number} */ (b.codePointAt(at))
}
