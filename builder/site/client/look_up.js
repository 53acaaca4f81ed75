// @ts-check
/** From a text, or the id of a case, to every case that answers it; nothing filtered or sorted yet. */

import { fitting, understand } from './conditions.js'
import { parse } from './query.js'
import { strip } from './strip.js'
import { firstLook, secondLook } from './two_looks.js'

/** @typedef {import('./library.js').Library} Library */
/** @typedef {import('./query.js').Query} Query */
/** @typedef {import('./ranking.js').Ranked} Ranked */
/**
 * What a text asks for, and every case that answers it.
 *
 * @typedef {object} Found
 * @property {Query} query
 * @property {import('./conditions.js').Understood} understood
 * @property {Uint8Array | null} fits how cases fit the conditions
 * @property {import('./two_looks.js').Look} look
 * @property {(caseNo: number) => boolean} isFound
 * @property {number | null} like number of the case whose likes they are
 * @property {Promise<Ranked[]> | null} near all hits in order, once somebody asked
 */

const NEIGHBOURS = 30 // most alike cases that the index keeps of each case

/** @param {Library} library @param {string} text @returns {Promise<Found>} */
export async function lookUp(library, text) {
  const query = parse(text, library.folding)
  const understood = understand(query, library)
  if (query.caseId) return lookUpId(library, query, understood, query.caseId)
  const fits = await fitting(understood.groups, library)
  const isAllowed = fits && ((/** @type {number} */ caseNo) => fits[caseNo] > 0)
  const words = understood.words.join(' ')
  const look =
    !strip(text) || !(strip(words) || fits)
      ? everything(strip(text) ? 0 : library.caseCount)
      : await firstLook(library, words, understood.moreWords.join(' '), isAllowed)
  const found = new Uint8Array(library.caseCount)
  for (const { caseNo } of look.hits) found[caseNo] = 1
  const isFound = (/** @type {number} */ caseNo) => found[caseNo] === 1
  return { query, understood, fits, look, isFound, like: null, near: null }
}

/** Return the cases most like one of the library. @param {Library} library @param {string} caseId @returns {Promise<Found>} */
export async function lookUpLike(library, caseId) {
  const query = { ...parse('', library.folding), text: caseId }
  const understood = understand(query, library)
  const caseNo = (await library.ids()).indexOf(caseId)
  if (caseNo < 0) return lookUpId(library, query, understood, caseId)
  const { like } = await library.blocks.text(caseNo)
  const hits = like.map((other) => ({ caseNo: other, score: 0 }))
  const look = { hits, weights: new Map(), atLeast: like.length === NEIGHBOURS, longText: '' }
  const isFound = (/** @type {number} */ other) => like.includes(other)
  return { query, understood, fits: null, look, isFound, like: caseNo, near: null }
}

/**
 * @param {Library} library
 * @param {Query} query
 * @param {import('./conditions.js').Understood} understood
 * @param {string} caseId
 * @returns {Promise<Found>}
 */
async function lookUpId(library, query, understood, caseId) {
  const caseNo = (await library.ids()).indexOf(caseId)
  const hits = caseNo < 0 ? [] : [{ caseNo, score: 0 }]
  if (caseNo < 0) understood.hints.push(`这个版本的案例库里没有编号 ${caseId}。`)
  const look = { hits, weights: new Map(), atLeast: false, longText: '' }
  const isFound = (/** @type {number} */ other) => other === caseNo
  return { query, understood, fits: null, look, isFound, like: null, near: null }
}

/** Return cases newest first. @param {number} count */
function everything(count) {
  const hits = Array.from({ length: count }, (_, caseNo) => ({ caseNo, score: 0 }))
  return { hits, weights: new Map(), atLeast: false, longText: '' }
}

/** Return all hits in order, worked out once. @param {Library} library @param {Found} found @returns {Promise<Ranked[]>} */
export function nearOf(library, found) {
  const { longText, hits } = found.look
  found.near ??= longText ? secondLook(library, longText, hits) : Promise.resolve(hits)
  return found.near
}

/** Return whether hits are same-type cases. @param {Found} found */
export function isSameType({ query, like }) {
  return Boolean(query.ticket) || like !== null
}

/** Return the words that cases were found by. @param {Found} found */
export function wordsOf({ understood, look }) {
  return look.longText || understood.words.join(' ')
}
