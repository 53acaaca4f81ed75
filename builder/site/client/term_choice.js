// @ts-check
/**
 * Choose the terms of a query and what each weighs: twin of `builder/index/term_choice.py`.
 *
 * A short query uses all its terms. A long one, a pasted complaint, keeps the terms that
 * can move a case most: weight x highest impact squared. All numbers are whole. No DOM,
 * no loading.
 */

import { compareCodePoints, isSingle } from './analyzer.js'

/** @typedef {import('./analyzer.js').Analyzer} Analyzer */
/**
 * What an index knows of a term; 0 where no case has it.
 *
 * @typedef {object} TermStatistics
 * @property {(term: string) => number} weight 256 times the idf of the term, at least 1
 * @property {(term: string) => number} highestImpact the highest impact in any case
 */

export const LONG_QUERY = 30 // code points; a longer text is taken for a pasted complaint
// Terms that a long query looks cases up by; what they find is then scored by all terms.
export const LIMIT = 36
// What a short query of a large library is looked up by.
const FEW_CHARACTERS = 12 // so short a query needs no single characters
const FEW_TERMS = 8
const FEW_SINGLES = 3
export const SINGLE_DIVISOR = 2 // a single character stands in many words

const REPEAT_UNIT = 1024
const MOST_REPEATS = 64
const REPEAT_FACTORS = Array.from({ length: MOST_REPEATS }, (_, before) =>
  Math.round(REPEAT_UNIT * (1 + Math.log(before + 1))),
)

/**
 * Return what a term weighs in a query: (1 + ln repeats) x weight, rounded, at least 1.
 *
 * A single code point weighs half. Repeats beyond 64 count as 64.
 *
 * @param {string} term
 * @param {number} repeats
 * @param {number} weight
 */
export function queryWeight(term, repeats, weight) {
  const factor = REPEAT_FACTORS[Math.min(repeats, MOST_REPEATS) - 1]
  const whole = Math.floor((factor * weight + REPEAT_UNIT / 2) / REPEAT_UNIT)
  return isSingle(term) ? Math.max(1, Math.floor(whole / SINGLE_DIVISOR)) : whole
}

/**
 * Return every term of a text with its weight, whether a case has it or not.
 *
 * @param {string} text
 * @param {Analyzer} analyzer
 * @param {TermStatistics} statistics
 * @param {number} unknown 256 times the idf of a term that `statistics` does not know
 * @returns {Map<string, number>}
 */
export function weighTerms(text, analyzer, statistics, unknown) {
  const weights = new Map()
  for (const [term, repeats] of analyzer.countTerms(text)) {
    weights.set(term, queryWeight(term, repeats, statistics.weight(term) || unknown))
  }
  return weights
}

/** Return whether a text needs no single characters in a large library. @param {string} text */
export function isFew(text) {
  return [...text].length <= FEW_CHARACTERS
}

/** Return whether a text is long enough to be taken for a pasted complaint. @param {string} text */
export function isLong(text) {
  return text.length > LONG_QUERY && [...text].length > LONG_QUERY
}

/**
 * Return the terms to look up and their whole-number weights, best first.
 *
 * Terms that no case has are left out. Pairs, words and concepts come before single
 * characters; then by value, then in code point order.
 *
 * @param {string} text the query without labels, fields and operators
 * @param {Analyzer} analyzer
 * @param {TermStatistics} statistics the index that will be searched; of a long
 *   query its directory
 * @param {number} limit how many terms a text of over `LONG_QUERY` code points keeps
 * @returns {Map<string, number>}
 */
export function chooseTerms(text, analyzer, statistics, limit = LIMIT) {
  const ordered = []
  for (const [term, repeats] of analyzer.countTerms(text)) {
    const weight = statistics.weight(term)
    if (weight) {
      const chosen = queryWeight(term, repeats, weight)
      const value = chosen * statistics.highestImpact(term) ** 2
      ordered.push({ term, chosen, value, isSingle: isSingle(term) })
    }
  }
  ordered.sort(
    (a, b) =>
      Number(a.isSingle) - Number(b.isSingle) ||
      b.value - a.value ||
      compareCodePoints(a.term, b.term),
  )
  const kept = isLong(text) ? ordered.slice(0, limit) : ordered
  return new Map(kept.map(({ term, chosen }) => [term, chosen]))
}

/**
 * Return the terms that a short query of a large library is looked up by.
 *
 * The best of those that the directory knows, terms of `words` first; where it knows fewer
 * than `FEW_TERMS` pairs, words and concepts, others in code point order, which some case
 * may have. Of up to `FEW_CHARACTERS` all, but no single characters; these only where there
 * is nothing else.
 *
 * @param {string} text at most `LONG_QUERY` code points
 * @param {string} words the part of the text that a case must have something of
 * @param {Analyzer} analyzer
 * @param {TermStatistics | null} directory what is known before any list is read; not needed
 *   for up to `FEW_CHARACTERS`
 */
export function fewTerms(text, words, analyzer, directory) {
  const needed = analyzer.countTerms(words)
  const neededTerms = [...needed.keys()].sort(compareCodePoints)
  const neededSingles = neededTerms.every(isSingle) ? neededTerms : []
  const terms = [...analyzer.countTerms(text).keys()].sort(compareCodePoints)
  const better = terms.filter((term) => !isSingle(term))
  if (!directory || isFew(text) || !better.length) {
    const all = better.concat(neededSingles)
    return all.length ? all : terms
  }
  const known = chooseTerms(text, analyzer, directory)
  const chosen = [...known.keys()].filter((term) => !isSingle(term))
  chosen.push(...better.filter((term) => !known.has(term)))
  chosen.sort((one, other) => Number(!needed.has(one)) - Number(!needed.has(other)))
  const singles = [...known.keys()].filter(isSingle)
  return chosen
    .slice(0, FEW_TERMS)
    .concat(neededSingles.length ? neededSingles : singles.slice(0, FEW_SINGLES))
}
