// @ts-check
/**
 * By which day a complaint must be answered, mediated and closed, and which article says so:
 * twin of `builder/search/deadlines.py`, which names the sources.
 */

import { dayNumber, isoDate } from './calendar.js'

/** @typedef {import('./calendar.js').Calendar} Calendar */
/**
 * @typedef {object} Deadline
 * @property {string} step
 * @property {string} day ISO
 * @property {string} counted
 * @property {string} citation
 * @property {string} note
 * @property {boolean} isProvisional
 * @property {boolean} isKnown
 */

const ACCEPT_WORKING_DAYS = 7
const OLD_WORKING_DAYS = 45
const DAYS = 60
const BANFA_FROM = dayNumber('2026-04-15')
const TIAOLI_FROM = dayNumber('2024-07-01')

/**
 * @param {string} received ISO
 * @param {string | null} accepted ISO, or null while that is open
 * @param {Calendar} calendar
 * @returns {Deadline[]}
 */
export function deadlines(received, accepted, calendar) {
  const came = dayNumber(received)
  const by = calendar.workingDaysAfter(came, ACCEPT_WORKING_DAYS)
  return [
    {
      step: '决定是否受理并告知',
      day: isoDate(by),
      counted: `收到次日起 ${ACCEPT_WORKING_DAYS} 个工作日`,
      citation: by >= BANFA_FROM ? 'tsjb-banfa#15' : 'tsjb-zanxing#14',
      note: '',
      isProvisional: false,
      isKnown: calendar.knows(came, by),
    },
    ...ends(accepted ? dayNumber(accepted) : by, !accepted, calendar),
  ]
}

/** @param {number} start @param {boolean} isProvisional @param {Calendar} calendar @returns {Deadline[]} */
function ends(start, isProvisional, calendar) {
  const end = (
    /** @type {number} */ day,
    /** @type {string} */ citation,
    /** @type {number} */ count,
    /** @type {string} */ note,
  ) => ({
    step: '达成协议，或者终止调解',
    day: isoDate(day),
    counted: `受理次日起 ${count} ${count === OLD_WORKING_DAYS ? '个工作日' : '日'}`,
    citation,
    note,
    isProvisional,
    isKnown: calendar.knows(start, day),
  })
  const plain = start + DAYS
  if (start >= BANFA_FROM) {
    const moved = calendar.firstAfterHoliday(plain)
    const note = moved === plain ? '' : '第六十日在法定节假日里，顺延到节后第一日。'
    return [end(moved, 'tsjb-banfa#23', DAYS, note)]
  }
  const old = calendar.workingDaysAfter(start, OLD_WORKING_DAYS)
  const found = [end(old, 'tsjb-zanxing#21', OLD_WORKING_DAYS, '')]
  if (start >= TIAOLI_FROM) {
    const note =
      '条例的六十日与暂行办法的四十五个工作日同时有效，条例位阶高；先到的那天前办结最稳妥。'
    found.push(end(plain, 'xbf-tiaoli#46', DAYS, note))
  }
  return found
}
