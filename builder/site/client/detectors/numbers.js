// @ts-check
/**
 * Find the numbers of persons and businesses: twin of `builder/detectors/numbers.py`. Whether
 * a foreign number is in use is not looked up here: every one of a possible length counts.
 */

import { places, readings } from './digit_runs.js'
import * as identifiers from './identifiers.js'
import { all, matchAt } from './patterns.js'

/** @typedef {import('./digit_runs.js').Reading} Reading */
/** @typedef {import('./digit_runs.js').Run} Run */
/** @typedef {{kind: string, start: number, end: number}} Span */
/** @typedef {{keyword: string, direct: boolean}} Context what stands before a run */

const BEFORE = 24
const STOPS = [...'。；;！!？?']
const UNIT = 'numbers.UNIT'
/** @type {(groups: number[][]) => Set<string>} */
const groupSet = (groups) => new Set(groups.map((lengths) => lengths.join()))
const MOBILE_GROUPS = groupSet([
  [3, 4, 4], [3, 8], [7, 4], Array(11).fill(1), [1, 2, 2, 2, 2, 2], [3, 2, 2, 2, 2],
  [2, 2, 2, 2, 2, 1], [3, 2, 2, 4], [3, 2, 3, 3],
]) // prettier-ignore
const DOUBTFUL_GROUPS = groupSet([[3, 3, 5], [4, 3, 4], [4, 4, 3]]) // prettier-ignore
const ANNOUNCING = ['phone', 'bank', 'id', 'qq']
/** @type {Object<string, {kind: string, shortest: number}>} */
const CODES = {
  order: { kind: 'order-number', shortest: 8 },
  courier: { kind: 'courier-number', shortest: 8 },
  ticket: { kind: 'ticket-number', shortest: 10 },
  device: { kind: 'device-number', shortest: 8 },
  certificate: { kind: 'certificate-number', shortest: 6 },
}

/** @param {string} text @returns {Span[]} overlaps included */
export function findNumbers(text) {
  /** @type {Span[]} */
  const spans = []
  for (const { runs, shorter } of places(text)) {
    const found = runs.flatMap((run) => inRun(text, run))
    spans.push(...(found.length ? found : shorter.flatMap((run) => inRun(text, run))))
  }
  spans.push(...mixedCodes(text), ...tails(text))
  for (const { start, end } of all('numbers.FOREIGN', text)) spans.push({ kind: 'foreign-phone', start, end })
  return spans
}

/** @param {string} text @param {Run} given @returns {Span[]} */
function inRun(text, given) {
  let run = given
  let context = contextOf(text, run.chunks[0].start)
  const stuck = matchAt('numbers.STUCK_KEYWORD', run.chunks[0].text)
  if (stuck) {
    const { text: written, code, start, end } = run.chunks[0]
    const rest = { text: written.slice(stuck.end), code: code.slice(stuck.end), start: start + stuck.end, end }
    run = { chunks: [rest, ...run.chunks.slice(1)], gaps: run.gaps }
    context = contextOf(text, rest.start)
  }
  /** @type {Span[]} */
  const spans = []
  let takenTo = -1
  for (const number of readings(run)) {
    if (number.first <= takenTo) continue
    const followsAnother = number.first === takenTo + 1 && takenTo + 1 > 0
    const kind = kindOf(text, run, number, context, followsAnother)
    if (kind) {
      takenTo = number.last
      spans.push({ kind, start: number.start, end: number.end })
    }
  }
  if (context.direct && CODES[context.keyword]) spans.push(...codeOf(text, run, CODES[context.keyword]))
  return spans
}

/** @param {string} text @param {number} start @returns {Context} */
function contextOf(text, start) {
  let window = text.slice(Math.max(0, start - BEFORE), start)
  window = window.slice(Math.max(...STOPS.map((stop) => window.lastIndexOf(stop))) + 1)
  const found = all('numbers.KEYWORDS', window)
  const last = found[found.length - 1]
  if (!last) return { keyword: '', direct: false }
  const keyword = Object.keys(last.groups).find((name) => last.groups[name] !== undefined) ?? ''
  return { keyword, direct: matchAt('numbers.LINK', window, last.end) !== null }
}

/**
 * @param {string} text
 * @param {Run} run
 * @param {Reading} number
 * @param {Context} context
 * @param {boolean} followsAnother
 * @returns {string | null}
 */
function kindOf(text, run, number, context, followsAnother) {
  const stuck = matchAt('numbers.LETTERS_BEFORE_DIGITS', number.text)
  const digits = stuck ? number.text.slice(stuck.end) : number.text
  const { code } = number
  const sure = withCheckDigit(digits.toUpperCase(), code, context.keyword)
  if (sure || digits.includes('*')) return sure ?? masked(digits, context, number)
  const single = number.lengths.length === 1
  if (context.keyword === 'neutral' && context.direct && !(single && identifiers.isMobile(digits))) return null
  const announced = context.direct && ANNOUNCING.includes(context.keyword) && number.first === 0
  if (!announced) {
    const openBefore = number.openBefore && !followsAnother
    const openAfter = number.openAfter && !anotherFollows(run, number)
    const inColumn = number.broken && !breaksProse(text, number)
    const amount = !single && matchAt(UNIT, text, number.end)
    if (openBefore || openAfter || inColumn || amount || isList(number)) return null
  }
  if (identifiers.isCourierNumber(code)) return 'courier-number'
  if (!identifiers.isDigits(digits)) {
    const near = context.keyword === 'passport' || context.keyword === 'id'
    return near && identifiers.looksLikePassport(code) ? 'passport' : null
  }
  if (stuck && !identifiers.isMobile(digits)) return null
  return digits.length >= 5 ? phoneOrCard(text, number, digits, context) : null
}

/** @param {string} digits @param {string} code @param {string} keyword */
function withCheckDigit(digits, code, keyword) {
  if (digits.length < 17) return null
  if (identifiers.isIdCard(digits)) return 'id-card'
  if (identifiers.isCreditCode(code)) return 'credit-code'
  if (keyword === 'id' && identifiers.looksLikeIdCard(digits)) return 'id-card'
  if (keyword === 'credit' && identifiers.looksLikeCreditCode(code)) return 'credit-code'
  if (identifiers.isVin(code) || (keyword === 'vin' && identifiers.looksLikeVin(code))) return 'vin'
  return null
}

/** @param {string} text @param {Reading} number @param {string} digits @param {Context} context */
function phoneOrCard(text, number, digits, { keyword, direct }) {
  const size = digits.length
  const single = number.lengths.length === 1
  const first = direct && number.first === 0
  const amount = matchAt(UNIT, text, number.end) !== null
  if (identifiers.isMobile(digits) && groupedAsMobile(number, keyword)) return 'mobile'
  if (identifiers.isOldIdCard(digits) && !CODES[keyword]) return 'id-card'
  if (keyword === 'credit' && size === 15) return 'credit-code'
  if (identifiers.isBankCard(digits) && (single || groupedAsCard(number, keyword))) return 'bank-card'
  const whole = number.first === 0 && !number.openAfter
  if (keyword === 'bank' && whole && size >= (first ? 9 : 12) && size <= 25) {
    return amount || isList(number) ? null : 'bank-card'
  }
  if (identifiers.isLandline(digits) && groupedAsLandline(number, digits)) return 'landline'
  if (identifiers.isHotline(digits) && [1, 3, 10].includes(number.lengths[0])) return amount ? null : 'hotline'
  if (keyword === 'phone' && first && identifiers.isLocalPhone(digits)) return amount ? null : 'landline'
  if (keyword === 'qq' && first && whole && size <= 11) return 'account'
  if (keyword === 'passport' && first && size >= 8 && size <= 10) return 'passport'
  if (single && size >= 15 && identifiers.beginsAsTicket(digits)) return 'ticket-number'
  return null
}

/** @param {string} digits @param {Context} context @param {Reading} number */
function masked(digits, context, number) {
  const kind = identifiers.maskedKind(digits)
  const shown = digits.replace(/\*/g, '').length
  const announced = context.direct && number.first === 0 && !number.openAfter
  if (kind || !(announced && shown >= 4 && digits.includes('**'))) return kind
  /** @type {Object<string, string>} */
  const kinds = { phone: 'mobile', bank: 'bank-card', id: 'id-card' }
  return kinds[context.keyword] ?? null
}

/** @param {Run} run @param {Reading} number */
function anotherFollows(run, number) {
  const following = run.chunks.slice(number.last + 1, number.last + 1 + number.lengths.length)
  const same = following.map(({ text }) => text.length).join() === number.lengths.join()
  return same && identifiers.isMobile(following.map(({ text }) => text).join(''))
}

/** @param {Reading} number @param {string} keyword */
function groupedAsMobile(number, keyword) {
  if (number.lengths.length === 1 || number.broken || keyword === 'phone') return true
  let { lengths } = number
  const extra = lengths.reduce((sum, length) => sum + length, 0) - 11
  if (extra > 0) {
    const own = lengths[0] === extra
    lengths = own ? lengths.slice(1) : [lengths[0] - extra, ...lengths.slice(1)]
  }
  if (MOBILE_GROUPS.has(lengths.join()) || '-_·'.includes(number.gap)) return true
  return DOUBTFUL_GROUPS.has(lengths.join()) && './'.includes(number.gap)
}

/** @param {Reading} number */
function isList(number) {
  let place = 0
  const leadingZero = number.lengths.slice(0, -1).some((length) => {
    place += length
    return number.text[place] === '0'
  })
  const isSetOff = number.gap !== '' && '、,，。'.includes(number.gap)
  return isSetOff && !leadingZero && !number.lengths.every((length) => length === 1)
}

/** @param {Reading} number @param {string} keyword */
function groupedAsCard(number, keyword) {
  if (number.broken || keyword === 'bank') return true
  const { lengths } = number
  const before = lengths.slice(0, -1)
  if (before.length && before.every((length) => length === 4) && lengths[lengths.length - 1] <= 4) {
    const groups = number.text.match(/.{1,4}/g) ?? []
    return !groups.every((group) => group[0] !== '0' && group[group.length - 1] === '0')
  }
  return lengths.every((length) => length === 1) || lengths[0] === 6
}

/** @param {Reading} number @param {string} given */
function groupedAsLandline(number, given) {
  let { lengths } = number
  let digits = given
  if (lengths.length === 1 || lengths.every((length) => length === 1) || number.broken) return true
  if (/^(86|0086)/.test(digits) && (lengths[0] === 2 || lengths[0] === 4)) {
    digits = digits.slice(lengths[0])
    lengths = lengths.slice(1)
    if (digits[0] !== '0') {
      digits = `0${digits}`
      lengths = [lengths[0] + 1, ...lengths.slice(1)]
    }
  }
  return identifiers.isAreaCode(digits.slice(0, lengths[0])) && lengths.length <= 3
}

/** @param {string} text @param {Reading} number */
function breaksProse(text, number) {
  const lineStart = text.lastIndexOf('\n', number.start - 1) + 1
  return number.start > 0 && text.slice(lineStart, number.start).trim().length >= 4
}

/** @param {string} text @param {Run} run @param {{kind: string, shortest: number}} rule @returns {Span[]} */
function codeOf(text, run, rule) {
  let last = 0
  if (run.gaps.length && '-_ ./·'.includes(run.gaps[0])) {
    while (last < run.gaps.length && run.gaps[last] === run.gaps[0]) last += 1
  }
  const code = run.chunks.slice(0, last + 1).map((chunk) => chunk.text).join('')
  const { end } = run.chunks[last]
  const figures = code.replace(/[^0-9]/g, '').length
  if (code.length < rule.shortest || figures < 4 || matchAt(UNIT, text, end)) return []
  const known = matchAt('numbers.CASE_ID', code) || matchAt('numbers.SERVICE_LINE', code) || identifiers.isDate(code)
  return known ? [] : [{ kind: rule.kind, start: run.chunks[0].start, end }]
}

/** @param {string} text @returns {Span[]} */
function mixedCodes(text) {
  return all('numbers.MIXED_CODE', text).flatMap(({ whole, start, end }) => {
    const code = whole.toUpperCase().replace(/-/g, '')
    const figures = code.replace(/[^0-9]/g, '').length
    if (figures < 4 || figures === code.length || matchAt('numbers.CASE_ID', code)) return []
    const { keyword, direct } = contextOf(text, start)
    if (keyword === 'vin' && identifiers.looksLikeVin(code)) return [{ kind: 'vin', start, end }]
    const rule = direct && CODES[keyword]
    return rule && code.length >= Math.max(rule.shortest, 8) ? [{ kind: rule.kind, start, end }] : []
  })
}

/** @param {string} text @returns {Span[]} */
function tails(text) {
  if (!/[尾位]/.test(text)) return []
  return all('numbers.TAIL', text).map(({ start, end, whole, groups }) => {
    const before = text.slice(Math.max(0, start - 12), start)
    const around = before + text.slice(end, end + 8)
    let kind = 'bank-card'
    if (/身份证|证件/.test(before)) kind = 'id-card'
    else if (!around.includes('卡') && /手机|电话/.test(around)) kind = 'mobile'
    return { kind, start: start + whole.length - groups.digits.length, end }
  })
}
