// @ts-check
/**
 * Read what stands after a field's colon, ranges of amounts, dates and years, articles:
 * twin of `builder/search/values.py`.
 *
 * Each reader takes folded text and returns null for what it cannot read. No DOM, no loading.
 */

import { readAmountField } from './amount.js'
import { BLANKS, strip } from './strip.js'

/** @typedef {import('./folding.js').Folding} Folding */
/** @typedef {{low: number | null, high: number | null}} Range both included; null is open */
/** @typedef {(text: string) => number | null} Reader */

const BETWEEN = /\.{2,}|~|--|至|到/
const BETWEEN_NUMBERS = /\.{2,}|~|-{1,2}|至|到/
const AT_LEAST = /元?(?:以上|以后|之后|起)$/
const AT_MOST = /元?(?:以下|以内|以前|之前|止)$/
const DATE = /^([0-9]{4})(?:年|[-./年]([0-9]{1,2})(?:月|[-./月]([0-9]{1,2})日?)?)?$/
const YEAR = /^([0-9]{4})年?$/
const ZERO = /^0+(?:\.0+)?(?: *元)?$/
const AMOUNT =
  /^(?:¥?[0-9][0-9,]*(?:\.[0-9]+)?(?:[百千万亿][0-9]*)*[元块]?|[零〇一二两三四五六七八九十百千万亿]+[元块]?)$/
const CASE_ID = /^([a-z]{2,6})[-‐‑–—−]([0-9]{4})[-‐‑–—−]([0-9]{4,6})$/

const NUMBER = '(?:[0-9]+|[零〇一二两三四五六七八九十百千]+)'
const LONGEST_ARTICLE = 60 // code points of a statute's name and an article; the pattern is slow
const ARTICLE = new RegExp(
  '^(?<name>[^\\n]*?)[#第]?(?:(?<dotted>[0-9]+(?:-[0-9]+)?(?:\\.[0-9]+){1,2})' +
    `|(?<article>${NUMBER}(?:-[0-9]+)?)条?(?:之(?<inserted>${NUMBER}))?` +
    `(?:第(?<paragraph>${NUMBER})款)?(?:第(?<item>${NUMBER})项)?)$`,
)
const BRACKETS_AND_BLANKS = new RegExp(`[《》${BLANKS}]`, 'g')
/** @type {Map<string, bigint>} */
const DIGITS = new Map([...'零一二三四五六七八九'].map((digit, value) => [digit, BigInt(value)]))
DIGITS.set('〇', 0n).set('两', 2n)
const UNITS = new Map([
  ['十', 10n],
  ['百', 100n],
  ['千', 1000n],
])

/**
 * Return a range in fen for `1000..5000`, `1万..`, `500以下` or one amount.
 *
 * @param {string} text
 * @param {Folding} folding
 * @returns {Range | null}
 */
export function readAmountRange(text, folding) {
  /** @type {Reader} */
  const readFen = (written) => fen(written, folding)
  return readRange(text, BETWEEN_NUMBERS, readFen, readFen)
}

/**
 * Return a range of yyyymmdd for `2026-01..2026-06`, `2026年` or one day.
 *
 * A month begins with its day 0: so is a date written of which only the month is known.
 *
 * @param {string} text
 * @returns {Range | null}
 */
export function readDateRange(text) {
  /** @type {Reader} */
  const firstDay = (written) => readDay(written, 0, 0)
  /** @type {Reader} */
  const lastDay = (written) => readDay(written, 12, 31)
  return readRange(text, BETWEEN, firstDay, lastDay)
}

/**
 * Return a range of years for `2024..`, `2023-2025` or one year.
 *
 * @param {string} text
 * @returns {Range | null}
 */
export function readYearRange(text) {
  return readRange(text, BETWEEN_NUMBERS, readYear, readYear)
}

/**
 * Return the case id that the text is, however its letters and dashes are written.
 *
 * @param {string} text
 * @returns {string | null}
 */
export function readCaseId(text) {
  const match = CASE_ID.exec(text)
  return match && match.slice(1).join('-').toUpperCase()
}

/**
 * Return statute and article of `消法55`, `xiaobaofa#55.1` or `《民法典》第五百条`.
 *
 * A text without an article is the name of a statute.
 *
 * @param {string} text
 * @returns {{statute: string, article: string}} a statute as written, or '', and
 *   `article[.paragraph[.item]]`, or ''
 */
export function readArticle(text) {
  const bare = text.replace(BRACKETS_AND_BLANKS, '')
  const groups = [...bare].length <= LONGEST_ARTICLE ? ARTICLE.exec(bare)?.groups : undefined
  if (groups === undefined) return { statute: bare, article: '' }
  const { name, dotted, article, inserted, paragraph, item } = groups
  if (dotted) return { statute: name, article: dotted }
  const [main, suffix] = article.split('-')
  const added = suffix || (inserted && String(readNumber(inserted)))
  const parts = [main, paragraph, item].filter(Boolean).map((part) => String(readNumber(part)))
  if (added) parts[0] += `-${added}`
  return { statute: name, article: parts.join('.') }
}

/**
 * Return the number that Arabic or Chinese digits write, up to thousands.
 *
 * @param {string} text
 * @returns {bigint | null} of any size: digits can be read one by one
 */
export function readNumber(text) {
  if (/^[0-9]*$/.test(text)) return text ? BigInt(text) : null
  let total = 0n
  let digit = 0n
  for (const character of text) {
    const unit = UNITS.get(character)
    if (unit === undefined) {
      const written = DIGITS.get(character)
      if (written === undefined) return null
      digit = digit * 10n + written // also 一一六五
    } else {
      total += (digit || 1n) * unit
      digit = 0n
    }
  }
  return total + digit
}

/**
 * Return a range whose ends, or whose one value, the readers can read.
 *
 * @param {string} written
 * @param {RegExp} between
 * @param {Reader} readLow
 * @param {Reader} readHigh
 * @returns {Range | null}
 */
function readRange(written, between, readLow, readHigh) {
  const text = strip(written)
  if (AT_LEAST.test(text)) {
    const low = readLow(text.replace(AT_LEAST, ''))
    return low === null ? null : { low, high: null }
  }
  if (AT_MOST.test(text)) {
    const high = readHigh(text.replace(AT_MOST, ''))
    return high === null ? null : { low: null, high }
  }
  const low = readLow(text)
  const high = readHigh(text)
  if (low !== null && high !== null) return { low, high }
  const ends = text.split(between).map((end) => strip(end))
  if (ends.length !== 2 || !(ends[0] || ends[1])) return null
  return readBetween(ends[0], ends[1], readLow, readHigh)
}

/**
 * Return the range from one end to the other, in either order.
 *
 * @param {string} first
 * @param {string} second
 * @param {Reader} readLow
 * @param {Reader} readHigh
 * @returns {Range | null}
 */
function readBetween(first, second, readLow, readHigh) {
  const low = first ? readLow(first) : null
  const high = second ? readHigh(second) : null
  if ((first && low === null) || (second && high === null)) return null
  if (low !== null && high !== null && low > high) {
    return { low: readLow(second), high: readHigh(first) }
  }
  return { low, high }
}

/** @param {string} text @param {Folding} folding */
function fen(text, folding) {
  if (ZERO.test(text)) return 0
  if (!AMOUNT.test(text)) return null
  const amount = readAmountField(text, folding) ?? readAmountField(`${text}元`, folding)
  if (amount === null) return null
  const [yuan, cents = '00'] = amount.split('.')
  return Number(yuan) * 100 + Number(cents)
}

/**
 * Return a date as a number, `month` and `day` standing for what is not written.
 *
 * @param {string} text
 * @param {number} month
 * @param {number} day
 */
function readDay(text, month, day) {
  const match = DATE.exec(strip(text))
  if (match === null) return null
  const [, year, writtenMonth, writtenDay] = match
  const monthIn = writtenMonth ? Number(writtenMonth) : month
  const dayIn = writtenDay ? Number(writtenDay) : day
  if (writtenMonth && !(monthIn >= 1 && monthIn <= 12)) return null
  if (writtenDay && !(dayIn >= 1 && dayIn <= 31)) return null
  return Number(year) * 10_000 + monthIn * 100 + dayIn
}

/** @param {string} text */
function readYear(text) {
  const match = YEAR.exec(strip(text))
  return match && Number(match[1])
}
