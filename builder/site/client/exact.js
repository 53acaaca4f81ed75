// @ts-check
/**
 * Score a case exactly, from its own texts: twin of `builder/index/exact.py`, and the
 * counting of just the terms that a query has. No DOM, no loading.
 */

import { HAN, WORD } from './folding.js'
import { HIGHEST_IMPACT } from './ranking.js'
import { isConcept } from './concepts.js'

/** @typedef {import('./analyzer.js').Analyzer} Analyzer */
/** @typedef {{name: string, weight: number, length_share: number}} Field */

const HIGHEST_COUNT = 255
const IS_HAN = new RegExp(`^[${HAN}]+$`, 'u')
const IS_ASTRAL = /[\ud800-\udfff]/
const WORDS = new RegExp(`[${WORD}]+`, 'gu')

/**
 * Return the impact of a term in a case, 1..90, or 0 where the case lacks it.
 *
 * @param {ArrayLike<number>} counts how often it stands in each field
 * @param {ArrayLike<number>} lengths terms in each field of the case
 * @param {ArrayLike<number>} averages mean length of each field over all cases
 * @param {Field[]} fields
 * @param {number} k1
 */
export function impact(counts, lengths, averages, fields, k1) {
  let frequency = 0
  let stands = false
  for (let at = 0; at < fields.length; at += 1) {
    if (!lengths[at]) continue
    const { weight, length_share: share } = fields[at]
    const norm = 1 - share + share * (lengths[at] / averages[at])
    frequency += (weight * Math.min(counts[at], HIGHEST_COUNT)) / norm
    if (counts[at]) stands = true
  }
  if (!stands) return 0
  const saturated = frequency / (k1 + frequency)
  return Math.min(Math.max(roundHalfEven(HIGHEST_IMPACT * saturated), 1), HIGHEST_IMPACT)
}

/** @param {number} value at least 0 */
function roundHalfEven(value) {
  const below = Math.floor(value)
  const rest = value - below
  if (rest !== 0.5) return rest < 0.5 ? below : below + 1
  return below % 2 ? below + 1 : below
}

/** The terms of a query, ready for counting them in many texts. */
export class WantedTerms {
  /**
   * What stands at a place of a text is found by its code units, in plain tables: this is
   * done for every character of some sixty cases while somebody waits. Row 0 and column 0
   * are of all characters that no term has; what no term has is counted at the place after
   * the last.
   */
  #rowOf = new Uint16Array(0x10000) // code unit -> its row, and its column
  #width = 1
  /** @type {Uint16Array} row of the first character x column of the second -> place */
  #pairs
  /** @type {Uint16Array} row -> place of the single character */
  #singles
  /** @type {Map<string, number>} */
  #others = new Map()
  #hasConcepts = false
  #hasWords = false
  #hasAstral = false

  /** @param {Iterable<string>} terms @param {Analyzer} analyzer */
  constructor(terms, analyzer) {
    this.analyzer = analyzer
    this.terms = [...terms]
    /** @type {[term: string, place: number][]} */
    const han = []
    this.terms.forEach((term, place) => {
      if (IS_HAN.test(term) && !IS_ASTRAL.test(term)) {
        han.push([term, place])
        return
      }
      this.#others.set(term, place)
      if (isConcept(term)) this.#hasConcepts = true
      else if (IS_ASTRAL.test(term)) this.#hasAstral = true
      else this.#hasWords = true
    })
    for (const [term] of han) {
      for (let at = 0; at < term.length; at += 1) {
        const code = term.charCodeAt(at)
        if (!this.#rowOf[code]) this.#rowOf[code] = this.#width++
      }
    }
    this.#singles = new Uint16Array(this.#width).fill(this.terms.length)
    this.#pairs = new Uint16Array(this.#width * this.#width).fill(this.terms.length)
    for (const [term, place] of han) {
      const row = this.#rowOf[term.charCodeAt(0)]
      if (term.length === 1) this.#singles[row] = place
      else this.#pairs[row * this.#width + this.#rowOf[term.charCodeAt(1)]] = place
    }
  }

  /**
   * Return how often each term stands in a text, at its place, and one place more.
   *
   * @param {string} text
   * @param {string} folded the same text, folded
   */
  countIn(text, folded) {
    const counts = new Uint16Array(this.terms.length + 1)
    const rowOf = this.#rowOf
    const pairs = this.#pairs
    const singles = this.#singles
    const width = this.#width
    let before = 0
    for (let at = 0; at < folded.length; at += 1) {
      const row = rowOf[folded.charCodeAt(at)]
      counts[singles[row]] += 1
      counts[pairs[before * width + row]] += 1
      before = row
    }
    if (this.#hasAstral && IS_ASTRAL.test(folded)) {
      for (const [term, count] of this.analyzer.countTerms(text)) {
        const place = this.#others.get(term)
        if (place !== undefined) counts[place] += count
      }
      return counts
    }
    if (this.#hasWords) {
      for (const [word] of folded.matchAll(WORDS)) this.#count(word, counts)
    }
    if (this.#hasConcepts) {
      this.analyzer.concepts.forEach(folded, (term) => this.#count(term, counts))
    }
    return counts
  }

  /** @param {string} term @param {Uint16Array} counts */
  #count(term, counts) {
    const place = this.#others.get(term)
    if (place !== undefined) counts[place] += 1
  }
}

/**
 * Return the sum of weight times impact over the terms of a query.
 *
 * @param {WantedTerms} wanted
 * @param {Map<string, number>} weights term -> whole-number weight
 * @param {{text: string, folded: string}[]} texts of each field
 * @param {ArrayLike<number>} lengths terms in each field of the case
 * @param {{averages: number[], fields: Field[], k1: number}} model
 */
export function exactScore(wanted, weights, texts, lengths, { averages, fields, k1 }) {
  const byField = texts.map(({ text, folded }) => wanted.countIn(text, folded))
  let score = 0
  const counts = new Uint16Array(fields.length)
  for (let place = 0; place < wanted.terms.length; place += 1) {
    let stands = 0
    for (let at = 0; at < counts.length; at += 1) {
      counts[at] = byField[at][place]
      stands += counts[at]
    }
    if (!stands) continue
    const weight = weights.get(wanted.terms[place]) ?? 0
    score += weight * impact(counts, lengths, averages, fields, k1)
  }
  return score
}
