// @ts-check
/**
 * Same-type lookup, from cases in order to what they add up to: twin of
 * `builder/search/same_type.py`.
 */

import { askedOfCase, askedOfStory } from './asked.js'
import { compare } from './comparison.js'
import { likelyTypes } from './likely_types.js'
import { outlookOf } from './outlook.js'
import { outlookLines } from './outlook_lines.js'
import { varied } from './variety.js'
import { Words } from './words.js'

/** @typedef {import('./asked.js').Asked} Asked */
/** @typedef {import('./case_blocks.js').CaseText} CaseText */
/** @typedef {import('./comparison.js').Comparison} Comparison */
/** @typedef {import('./library.js').Library} Library */
/** @typedef {import('./likely_types.js').LikelyType} LikelyType */
/** @typedef {import('./ranking.js').Ranked} Ranked */
/** @typedef {{removed: string[], pinned: string[]}} Choice ids of cases, as the reader chose them */
/** @typedef {{removed: Set<number>, pinned: number[]}} ChosenNumbers */
/**
 * What a lookup starts from: a story with the cases near to it, or a case.
 *
 * @typedef {object} Start
 * @property {string} story '' for a case
 * @property {string | null} amount yuan
 * @property {Map<string, number>} weights
 * @property {Ranked[]} near in order, before any filter
 * @property {number | null} itself number of the case
 */
/**
 * @typedef {object} SameType
 * @property {Asked} asked
 * @property {LikelyType[]} likely likeliest first; of a case none
 * @property {Comparison[]} comparisons of the cases shown, in their order
 * @property {import('./outlook.js').Outlook} outlook
 * @property {import('./outlook_lines.js').Line[]} lines the outlook in words
 * @property {Words} words
 */

const POOL = 20 // nearest cases that are looked at; their texts are read in any case
const USUAL_LAW = 2 // cases of the likely type that make a provision usual for it

/** @param {Library} library @param {Choice} choice @returns {Promise<ChosenNumbers>} */
export async function chosenNumbers(library, { removed, pinned }) {
  if (!removed.length && !pinned.length) return { removed: new Set(), pinned: [] }
  const ids = await library.ids()
  const numbers = (/** @type {string[]} */ some) =>
    some.map((id) => ids.indexOf(id)).filter((caseNo) => caseNo >= 0)
  return { removed: new Set(numbers(removed)), pinned: [...new Set(numbers(pinned))] }
}

/**
 * Return hits in the order that a lookup shows: what was pinned, then a varied pool, then the
 * rest; without what was removed.
 *
 * @param {Library} library
 * @param {Ranked[]} hits
 * @param {ChosenNumbers} chosen
 * @returns {Promise<Ranked[]>}
 */
export async function arranged(library, hits, chosen) {
  const scores = new Map(hits.map((hit) => [hit.caseNo, hit.score]))
  const others = othersOf(hits, chosen)
  const pool = await casesOf(library, others.slice(0, POOL))
  const order = [...chosen.pinned, ...varied(pool), ...others.slice(POOL)]
  return order.map((caseNo) => ({ caseNo, score: scores.get(caseNo) ?? 0 }))
}

/**
 * Return what the nearest cases say of a dispute.
 *
 * @param {Library} library
 * @param {Start} start
 * @param {Ranked[]} hits in order, filtered
 * @param {number[]} shown numbers of the cases that are shown
 * @param {ChosenNumbers} chosen
 * @returns {Promise<SameType>}
 */
export async function sameType(library, start, hits, shown, chosen) {
  const words = new Words(library, await library.handbook())
  const { likely, asked } = await askedFrom(library, start, chosen)
  const pool = await casesOf(library, [...chosen.pinned, ...othersOf(hits, chosen).slice(0, POOL)])
  const cases = await casesOf(library, shown)
  const isOfType = (/** @type {CaseText} */ { compared }) =>
    !asked.types.length || compared.types.includes(asked.types[0])
  const outlook = outlookOf(
    pool.filter(({ caseNo, text }) => chosen.pinned.includes(caseNo) || isOfType(text)),
  )
  return {
    asked,
    likely,
    comparisons: cases.map(({ compared, sections }) => compare(asked, compared, sections, words)),
    outlook,
    lines: outlookLines(outlook, words),
    words,
  }
}

/** @param {Library} library @param {Start} start @param {ChosenNumbers} chosen */
async function askedFrom(library, { story, amount, weights, near, itself }, { removed }) {
  if (itself !== null) {
    const { compared } = await library.blocks.text(itself)
    return { likely: [], asked: askedOfCase(compared) }
  }
  const nearest = near.filter(({ caseNo }) => !removed.has(caseNo)).slice(0, POOL)
  const cases = await casesOf(
    library,
    nearest.map(({ caseNo }) => caseNo),
  )
  const votes = nearest.map(({ caseNo, score }, at) => ({
    caseNo,
    score,
    types: cases[at].compared.types,
  }))
  const likely = likelyTypes(story, votes, library)
  const likeliest = likely[0]?.id ?? ''
  const law = usualLaw(cases, likeliest)
  return {
    likely,
    asked: askedOfStory(library, { story, amount, likely: likeliest, law, weights }),
  }
}

/**
 * Return the provisions that at least two of the cases of a type stand on.
 *
 * @param {{compared: import('./case_blocks.js').Comparable}[]} cases
 * @param {string} type
 */
function usualLaw(cases, type) {
  /** @type {Map<string, number>} */
  const counted = new Map()
  for (const { compared } of cases) {
    if (!compared.types.includes(type)) continue
    for (const one of compared.law) counted.set(one, (counted.get(one) ?? 0) + 1)
  }
  return new Set([...counted].filter(([, count]) => count >= USUAL_LAW).map(([one]) => one))
}

/** @param {Ranked[]} hits @param {ChosenNumbers} chosen */
function othersOf(hits, { removed, pinned }) {
  const numbers = hits.map(({ caseNo }) => caseNo)
  return numbers.filter((caseNo) => !removed.has(caseNo) && !pinned.includes(caseNo))
}

/** @param {Library} library @param {number[]} numbers */
function casesOf(library, numbers) {
  return Promise.all(
    numbers.map(async (caseNo) => {
      const text = await library.blocks.text(caseNo)
      return { caseNo, text, compared: text.compared, sections: text.sections }
    }),
  )
}
