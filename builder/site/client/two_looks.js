// @ts-check
/**
 * From words to cases in order: twin of `builder/search/two_looks.py`.
 *
 * A look at posting lists, and for long texts a second one at the cases' own words.
 */

import { isSingle } from './analyzer.js'
import { WantedTerms, exactScore } from './exact.js'
import { rank } from './ranking.js'
import { strip } from './strip.js'
import { chooseTerms, fewTerms, isFew, isLong, weighTerms } from './term_choice.js'

/** @typedef {import('./library.js').Library} Library */
/** @typedef {import('./ranking.js').PostingList} PostingList */
/** @typedef {import('./ranking.js').Ranked} Ranked */
/**
 * @typedef {object} Look
 * @property {Ranked[]} hits every case that was found, best first
 * @property {Map<string, number>} weights the terms of the text -> weight; of a long one
 *   those that found them
 * @property {boolean} atLeast counted over cut lists: there may be more
 * @property {string} longText what the second look goes by, or ''
 */

// In a large library a short query is looked up by its best terms.
const LARGE_LIBRARY = 2000 // cases
const BLOCKS_READ = 22
const CASES_LOOKED_AT = 48

/**
 * Return the cases that have one of the words, best first by the posting lists.
 *
 * @param {Library} library
 * @param {string} words one of them a hit must have
 * @param {string} moreWords count for the order alone
 * @param {((caseNo: number) => boolean) | null} isAllowed null: all may be shown
 * @returns {Promise<Look>}
 */
export async function firstLook(library, words, moreWords, isAllowed) {
  const both = strip(`${words} ${moreWords}`)
  return isLong(both)
    ? lookLong(library, both, words || both, isAllowed)
    : lookShort(library, both, words, isAllowed)
}

/**
 * @param {Library} library
 * @param {string} text
 * @param {string} words
 * @param {((caseNo: number) => boolean) | null} isAllowed
 * @returns {Promise<Look>}
 */
async function lookShort(library, text, words, isAllowed) {
  const { analyzer, terms, caseCount } = library
  const all = [...analyzer.countTerms(text).keys()]
  const isLarge = caseCount > LARGE_LIBRARY
  const readsWhole = isAllowed !== null || !isLarge || isFew(text)
  const directory = isLarge && !isFew(text) ? await library.directory() : null
  let asked = isLarge ? fewTerms(text, words, analyzer, directory) : all
  let entries = await terms.entries(asked)
  if (!entries.size && isLarge) {
    asked = all
    entries = await terms.entries(asked)
  }
  const isAsked = new Set(asked)
  const marks = (/** @type {string} */ term) => !isAsked.has(term) && !isSingle(term)
  const weights = chooseTerms(text, analyzer, {
    weight: (term) => entries.get(term)?.weight ?? (marks(term) ? directory?.weight(term) ?? 0 : 0),
    highestImpact: (term) => entries.get(term)?.highest ?? 0,
  })
  /** @type {Map<string, PostingList>} */
  const lists = new Map()
  await Promise.all(
    [...entries].map(async ([term, entry]) => {
      lists.set(term, readsWhole ? await terms.whole(entry) : entry.head)
    }),
  )
  if (strip(words)) {
    const needed = neededTerms(analyzer, words)
    const isFound = foundBy(needed, lists, caseCount)
    const hits = rank(lists, weights, caseCount, both(isFound, isAllowed))
    const isCut = needed.some(
      (term) =>
        !isAsked.has(term) || ((isSingle(term) || !readsWhole) && entries.get(term)?.isCut),
    )
    return { hits, weights, atLeast: isCut, longText: '' }
  }
  if (!isAllowed) return { hits: [], weights, atLeast: false, longText: '' }
  const ranked = rank(lists, weights, caseCount, isAllowed)
  const seen = new Set(ranked.map(({ caseNo }) => caseNo))
  for (let caseNo = 0; caseNo < caseCount; caseNo += 1) {
    if (isAllowed(caseNo) && !seen.has(caseNo)) ranked.push({ caseNo, score: 0 })
  }
  return { hits: ranked, weights, atLeast: false, longText: '' }
}

/**
 * @param {Library} library
 * @param {string} text
 * @param {string} words
 * @param {((caseNo: number) => boolean) | null} isAllowed
 * @returns {Promise<Look>}
 */
async function lookLong(library, text, words, isAllowed) {
  const { analyzer, terms, caseCount, termLimit } = library
  const directory = await library.directory()
  const weights = chooseTerms(text, analyzer, directory, termLimit)
  const entries = await terms.entries(weights.keys())
  /** @type {Map<string, PostingList>} */
  const lists = new Map()
  for (const [term, entry] of entries) lists.set(term, entry.head)
  const isFound = foundBy(neededTerms(analyzer, words), lists, caseCount)
  const hits = rank(lists, weights, caseCount, both(isFound, isAllowed))
  const isCut = weights.size === termLimit || [...entries.values()].some((entry) => entry.isCut)
  return { hits, weights, atLeast: isCut && hits.length < caseCount, longText: text }
}

/**
 * Return the cases with the first of them in the order of their exact scores.
 *
 * @param {Library} library
 * @param {string} text
 * @param {Ranked[]} ranked
 * @returns {Promise<Ranked[]>}
 */
export async function secondLook(library, text, ranked) {
  const { analyzer, blocks } = library
  const directory = await library.directory()
  /** @type {number[]} */
  const chosen = []
  /** @type {Set<number>} */
  const read = new Set()
  /** @type {Ranked[]} */
  const passedOver = []
  for (const hit of ranked.slice(0, CASES_LOOKED_AT)) {
    const block = blocks.blockOf(hit.caseNo)
    if (read.has(block) || read.size < BLOCKS_READ) {
      read.add(block)
      chosen.push(hit.caseNo)
    } else {
      passedOver.push(hit)
    }
  }
  const weights = weighTerms(text, analyzer, directory, library.rareWeight)
  const wanted = new WantedTerms(weights.keys(), analyzer)
  const texts = await Promise.all(chosen.map((caseNo) => blocks.text(caseNo)))
  const again = texts.map((caseText, at) => ({
    caseNo: chosen[at],
    score: exactScore(wanted, weights, library.fieldTexts(caseText), caseText.lengths, library),
  }))
  again.sort((one, other) => other.score - one.score || one.caseNo - other.caseNo)
  return again.concat(passedOver, ranked.slice(CASES_LOOKED_AT))
}

/** @param {import('./analyzer.js').Analyzer} analyzer @param {string} words */
function neededTerms(analyzer, words) {
  const all = [...analyzer.countTerms(words).keys()]
  const better = all.filter((term) => !isSingle(term))
  return better.length ? better : all
}

/**
 * @param {string[]} needed
 * @param {Map<string, PostingList>} lists
 * @param {number} caseCount
 */
function foundBy(needed, lists, caseCount) {
  const found = new Uint8Array(caseCount)
  for (const term of needed) {
    const list = lists.get(term)
    if (!list) continue
    for (let at = 0; at < list.caseNos.length; at += 1) found[list.caseNos[at]] = 1
  }
  return (/** @type {number} */ caseNo) => found[caseNo] === 1
}

/**
 * @param {(caseNo: number) => boolean} one
 * @param {((caseNo: number) => boolean) | null} other
 */
function both(one, other) {
  return other ? (/** @type {number} */ caseNo) => one(caseNo) && other(caseNo) : one
}
