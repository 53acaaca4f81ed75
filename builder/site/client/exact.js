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
   * What stands at a place of a text is found by its code unit: this is done for every
   * character of some forty cases while somebody waits.
   *
   * @type {{single: number, seconds: Map<number, number> | null}[]} place of a Han character
   *   among the terms, or -1, and of the pairs that begin with it
   */
  #han = []
  #hanOf = new Uint16Array(0x10000) // code unit -> place in #han, from 1
  /** @type {Map<string, number>} */
  #others = new Map()
  #hasConcepts = false
  #hasWords = false
  #hasAstral = false

  /** @param {Iterable<string>} terms @param {Analyzer} analyzer */
  constructor(terms, analyzer) {
    this.analyzer = analyzer
    this.terms = [...terms]
    this.terms.forEach((term, place) => {
      if (IS_HAN.test(term) && !IS_ASTRAL.test(term)) {
        this.#addHan(term, place)
        return
      }
      this.#others.set(term, place)
      if (isConcept(term)) this.#hasConcepts = true
      else if (IS_ASTRAL.test(term)) this.#hasAstral = true
      else this.#hasWords = true
    })
  }

  /** @param {string} term @param {number} place */
  #addHan(term, place) {
    const code = term.charCodeAt(0)
    if (!this.#hanOf[code]) this.#hanOf[code] = this.#han.push({ single: -1, seconds: null })
    const first = this.#han[this.#hanOf[code] - 1]
    if (term.length === 1) first.single = place
    else (first.seconds ??= new Map()).set(term.charCodeAt(1), place)
  }

  /**
   * Count the terms of a text into `counts`, beside each term's place.
   *
   * @param {string} text
   * @param {string} folded the same text, folded
   * @param {Uint16Array} counts
   */
  countIn(text, folded, counts) {
    for (let at = 0; at < folded.length; at += 1) {
      const place = this.#hanOf[folded.charCodeAt(at)]
      if (!place) continue
      const first = this.#han[place - 1]
      if (first.single >= 0) counts[first.single] += 1
      const pair = first.seconds?.get(folded.charCodeAt(at + 1))
      if (pair !== undefined) counts[pair] += 1
    }
    if (this.#hasAstral && IS_ASTRAL.test(folded)) {
      for (const [term, count] of this.analyzer.countTerms(text)) {
        const place = this.#others.get(term)
        if (place !== undefined) counts[place] += count
      }
      return
    }
    if (this.#hasWords) {
      for (const [word] of folded.matchAll(WORDS)) this.#count(word, counts)
    }
    if (this.#hasConcepts) {
      for (const { term } of this.analyzer.concepts.matches(folded)) this.#count(term, counts)
    }
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
  const byField = texts.map(({ text, folded }) => {
    const counts = new Uint16Array(wanted.terms.length)
    wanted.countIn(text, folded, counts)
    return counts
  })
  let score = 0
  const counts = new Uint16Array(fields.length)
  wanted.terms.forEach((term, place) => {
    if (byField.every((field) => !field[place])) return
    byField.forEach((field, at) => {
      counts[at] = field[place]
    })
    score += (weights.get(term) ?? 0) * impact(counts, lengths, averages, fields, k1)
  })
  return score
}
