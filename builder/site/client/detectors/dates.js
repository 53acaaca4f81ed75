// @ts-check
/** Find dates to the day in prose: twin of `builder/detectors/dates.py`. */

import { all, matchAt, search } from './patterns.js'

const KIND = 'day-date'

/** @param {string} text @returns {import('./numbers.js').Span[]} */
export function findDates(text) {
  const days = all('dates.DAY', text).flatMap(({ start, end }) => {
    const month = search('dates.MONTH_BEFORE', text, Math.max(0, start - 12), start)
    return month && !isOfLaw(text, month.start, end) ? [{ kind: KIND, start: month.start, end }] : []
  })
  const numbered = all('dates.BY_NUMBERS', text).flatMap(({ start, end }) => {
    const joined = start > 0 && /[A-Za-z0-9.-]/.test(text[start - 1])
    return joined || isOfLaw(text, start, end) ? [] : [{ kind: KIND, start, end }]
  })
  return [...days, ...numbered]
}

/** @param {string} text @param {number} start @param {number} end */
function isOfLaw(text, start, end) {
  const before = text.slice(Math.max(0, start - 64), start)
  return matchAt('dates.LAW_FOLLOWS', text, end) !== null || search('dates.TITLE_BEFORE', before) !== null
}
