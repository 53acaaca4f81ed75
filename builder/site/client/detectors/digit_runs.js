// @ts-check
/**
 * Find runs of digits and put back together what separators have pulled apart: twin of
 * `builder/detectors/digit_runs.py`.
 */

import { lettersToDigits, plainDigits } from './disguises.js'
import { isAreaCode, isDigits } from './identifiers.js'
import { matchAt, search } from './patterns.js'

/** @typedef {{text: string, code: string, start: number, end: number}} Chunk */
/** @typedef {{chunks: Chunk[], gaps: string[]}} Run */
/**
 * @typedef {object} Reading consecutive chunks of a run read as one number
 * @property {string} text
 * @property {string} code
 * @property {number[]} lengths
 * @property {string} gap
 * @property {boolean} broken
 * @property {number} first
 * @property {number} last
 * @property {number} start
 * @property {number} end
 * @property {boolean} openBefore
 * @property {boolean} openAfter
 */

const SHORTEST = 5
const WITHIN_LISTS = [11, 17, 18]
const LONGEST = 32
const IS_CODE = /[A-Za-z0-9]/

/** @param {string} text @returns {Generator<{runs: Run[], shorter: Run[]}>} */
export function* places(text) {
  let end = 0
  for (;;) {
    const found = search('digit_runs.ENOUGH_DIGITS', text, end)
    if (!found) return
    let { start } = found
    while (start > end && belongsBefore(text, start)) start -= 1
    const run = matchAt('digit_runs.RUN', text, start)
    end = run ? Math.max(run.end, found.end) : found.end
    const runs = divided(text, start, end, 'CHUNK')
    /** @type {Run[]} */
    let shorter = []
    if (search('digit_runs.CHINESE', text, start, end)) {
      if (search('digit_runs.ASCII_DIGITS', text, start, end)) {
        runs.push(...divided(text, start, end, 'ASCII_CHUNK'))
      } else {
        shorter = [...divided(text, start, end - 1, 'CHUNK'), ...divided(text, start + 1, end, 'CHUNK')]
      }
    }
    yield { runs, shorter }
  }
}

/** @param {Run} run @returns {Generator<Reading>} */
export function* readings(run) {
  for (let first = 0; first < run.chunks.length; first += 1) {
    const chunk = run.chunks[first]
    /** @type {number[]} */
    const lengths = []
    let text = ''
    let code = ''
    let gap = ''
    let broken = false
    for (let last = first; last < run.chunks.length; last += 1) {
      if (last > first) {
        const joint = run.gaps[last - 1]
        if (joint === '\n' && !broken) broken = true
        else if (last === first + 1 && isAreaCode(chunk.text)) {
          // (029) 8888 8888
        } else if (joint !== '\n' && (gap === '' || gap === joint)) gap = joint
        else break
      }
      text += run.chunks[last].text
      code += run.chunks[last].code
      lengths.push(run.chunks[last].text.length)
      if (text.length > LONGEST) break
      if (text.length < SHORTEST) continue
      const [openBefore, openAfter] = openEnds(run, first, last, gap || (broken ? '\n' : ''))
      if (openBefore && openAfter && !WITHIN_LISTS.includes(text.length)) continue
      yield {
        text, code, lengths: [...lengths], gap, broken, first, last,
        start: chunk.start, end: run.chunks[last].end, openBefore, openAfter,
      } // prettier-ignore
    }
  }
}

/** @param {string} text @param {number} start */
function belongsBefore(text, start) {
  const before = text[start - 1]
  if (before === '-' || before === '_') return start > 1 && IS_CODE.test(text[start - 2])
  return IS_CODE.test(before)
}

/** @param {string} text @param {number} start @param {number} end @param {string} word @returns {Run[]} */
function divided(text, start, end, word) {
  /** @type {Run[]} */
  const runs = []
  let before = start
  for (;;) {
    const match = search(`digit_runs.${word}`, text, before, end)
    if (!match) return runs
    const gap = gapOf(text.slice(before, match.start))
    if (runs.length && gap) {
      runs[runs.length - 1].gaps.push(gap)
      runs[runs.length - 1].chunks.push(chunkOf(match))
    } else {
      runs.push({ chunks: [chunkOf(match)], gaps: [] })
    }
    before = match.end
  }
}

/** @param {{whole: string, start: number, end: number}} match @returns {Chunk} */
function chunkOf({ whole, start: from, end: to }) {
  let [start, end] = [from, to]
  let code = plainDigits(whole).toUpperCase()
  let text = ''
  let place = 0
  const plain = plainDigits(whole)
  for (let mask = search('digit_runs.MASKED', plain); mask; mask = search('digit_runs.MASKED', plain, place)) {
    text += plain.slice(place, mask.start) + '*'.repeat(mask.whole.length)
    place = mask.end
  }
  text += plain.slice(place)
  if (text.length > 12 && text[0] === '*' && text[text.length - 1] === '*' && /[^*]/.test(text)) {
    const left = text.replace(/\*+$/, '')
    end -= text.length - left.length
    const both = left.replace(/^\*+/, '')
    start += left.length - both.length
    text = both
    code = code.replace(/^\*+|\*+$/g, '')
  }
  if (text && !isDigits(text)) {
    const body = lettersToDigits(text.slice(0, -1))
    const final = text[text.length - 1]
    const last = /[xX]/.test(final) ? 'X' : lettersToDigits(final)
    const digits = text.replace(/[^0-9]/g, '').length
    if (digits * 5 >= text.length * 2 && isDigits(body.replace(/\*/g, ''))) text = body + last
  }
  return { text, code, start, end }
}

/** Return the one separator that stands for what is written, or ''. @param {string} written */
function gapOf(written) {
  const kinds = new Set(written.replace(/[ \t\r]/g, ''))
  if (!kinds.size) return written.length > 0 && written.length <= 3 ? ' ' : ''
  if (kinds.has('\n')) return kinds.size === 1 && written.split('\n').length === 2 ? '\n' : ''
  return kinds.size === 1 && written.length <= 3 ? [...kinds][0] : ''
}

/** @param {Run} run @param {number} first @param {number} last @param {string} gap @returns {[boolean, boolean]} */
function openEnds(run, first, last, gap) {
  const before = first ? run.gaps[first - 1] : ''
  const after = last < run.gaps.length ? run.gaps[last] : ''
  if (gap) return [gap === before, gap === after]
  const openBefore = before === '.' && isDigits(run.chunks[first - 1].text)
  return [openBefore, after === '.' && run.chunks[last + 1].text.length <= 2]
}
