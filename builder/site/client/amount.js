// @ts-check
/**
 * Read amounts of money as people write them, 3,000元, 1.2万元, 三千五百元, 叁仟元整:
 * twin of `builder/text/amount.py`.
 *
 * Only what is written is read: an amount that is loose, or can be read in two ways, gives
 * nothing. Amounts are text in yuan with no or two decimals, so that nothing is rounded.
 * No DOM, no loading.
 */

import { strip } from './strip.js'

/** @typedef {import('./folding.js').Folding} Folding */
/** @typedef {{coefficient: bigint, decimals: number}} Decimal coefficient / 10 ** decimals */

/** @type {Map<string, bigint>} */
const DIGITS = new Map([...'零一二三四五六七八九'].map((digit, value) => [digit, BigInt(value)]))
/** @type {Map<string, bigint>} */
const UNITS = new Map([
  ['', 1n],
  ['十', 10n],
  ['百', 100n],
  ['千', 1000n],
  ['万', 10_000n],
  ['亿', 100_000_000n],
])
// After folding: other ways to write the same, among them the capitals of receipts.
const SAME_FROM = [...'〇两壹贰叁肆伍陆柒捌玖拾佰仟圆']
const SAME_TO = [...'零二一二三四五六七八九十百千元']
const SAME = new Map(SAME_FROM.map((character, at) => [character, SAME_TO[at]]))
const HAS_SAME = new RegExp(`[${SAME_FROM.join('')}]`, 'g')
const BOUND = 10n ** 10n // yuan; no dispute at a counter is about as much
const PRECISION = 28 // digits that Python's decimal arithmetic keeps

const NUMBER = '(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:[.][0-9]+)?'
const UNIT = '[百千万亿]'
const ARABIC = `(?:${NUMBER} *${UNIT} *)+(?:${NUMBER})?|${NUMBER}`
const CHINESE = '[零一二三四五六七八九十百千万亿]+'
// 块 also counts tiles and watches: it is money only where no such thing can follow.
const YUAN = '(?:元|块(?:钱|(?=[ \\n,.;:、。!?)])|$))'
const SMALL = '([0-9一二三四五六七八九])'
const AMOUNT = new RegExp(
  `(¥ *)?(?:(${ARABIC})|(${CHINESE}))( *${YUAN}(?:${SMALL}角)?(?:${SMALL}分)?)?`,
  'g',
)
const STEP = new RegExp(`(${NUMBER}) *(${UNIT}?)`, 'g')
const WHOLE_NUMBER = new RegExp(`^(?:${NUMBER})$`)
// What stands right before or after an amount that is not exact, or not a whole amount.
const LOOSE_BEFORE =
  /(?:约|大概|将近|(?:^|[^最附])近|超过?|不足|不到|[几数十百千万亿]|[0-9][,.、]?) *(?=\n?$)/
const LOOSE_AFTER =
  / *(?:左右|上下|以上|以下|以内|出头|多(?:钱|[ \n]*(?:[,.;、。!?]|$)))/y
const CUT_SHORT = /[,.、]?[0-9]|[多余几来]/y // ¥3,0000 or ¥3000多

/**
 * Return the amounts in yuan that the text states, in order, repeats included.
 *
 * An amount has 元, 圆 or 块 after it, or ¥ before it.
 *
 * @param {string} text
 * @param {Folding} folding
 * @returns {string[]}
 */
export function readAmounts(text, folding) {
  // A full-width comma never parts thousands: 2，500元 may be two things.
  const plain = folding
    .foldText(text.replaceAll('，', '、'))
    .replace(HAS_SAME, (character) => SAME.get(character) ?? character)
  const found = []
  for (const match of plain.matchAll(AMOUNT)) {
    const [all, sign, arabic, chinese, yuan, jiao, fen] = match
    const start = /** @type {number} */ (match.index)
    const end = start + all.length
    if (!(sign || yuan) || LOOSE_BEFORE.test(plain.slice(Math.max(start - 4, 0), start))) continue
    if (matchesAt(LOOSE_AFTER, plain, end)) continue
    if (!yuan && matchesAt(CUT_SHORT, plain, end)) continue
    const whole = arabic ? readArabic(arabic) : readChinese(chinese)
    if (whole === null) continue
    const small = { coefficient: readDigit(jiao) * 10n + readDigit(fen), decimals: 2 }
    const amount = asMoney(sum(whole, small))
    if (amount !== null) found.push(amount)
  }
  return found
}

/**
 * Return the first amount in a field that asks for one: 元 may be missing there.
 *
 * @param {string} text
 * @param {Folding} folding
 * @returns {string | null}
 */
export function readAmountField(text, folding) {
  const plain = strip(folding.foldText(text))
  const number = strip(plain.replace(/^人民币/, '').replace(/^rmb/, ''))
  if (WHOLE_NUMBER.test(number)) return asMoney(readDecimal(number))
  return readAmounts(text, folding)[0] ?? null
}

/**
 * Return whether a sticky pattern matches at a place.
 *
 * @param {RegExp} pattern
 * @param {string} text
 * @param {number} at
 */
function matchesAt(pattern, text, at) {
  pattern.lastIndex = at
  return pattern.test(text)
}

/**
 * Return a positive amount with no or two decimals; null for what is no money.
 *
 * @param {Decimal} value
 */
function asMoney({ coefficient, decimals }) {
  const one = 10n ** BigInt(decimals)
  if (coefficient <= 0n || coefficient >= BOUND * one) return null
  if ((coefficient * 100n) % one) return null
  const yuan = coefficient / one
  const cents = ((coefficient % one) * 100n) / one
  return cents ? `${yuan}.${String(cents).padStart(2, '0')}` : String(yuan)
}

/**
 * Return 1,234.50 exactly.
 *
 * @param {string} written
 * @returns {Decimal}
 */
function readDecimal(written) {
  const [whole, fraction = ''] = written.replaceAll(',', '').split('.')
  return { coefficient: BigInt(whole + fraction), decimals: fraction.length }
}

/**
 * Return the sum as Python's decimals give it.
 *
 * @param {Decimal} one
 * @param {Decimal} other
 */
function sum(one, other) {
  const decimals = Math.max(one.decimals, other.decimals)
  const [first, second] = [one, other].map(
    (value) => value.coefficient * 10n ** BigInt(decimals - value.decimals),
  )
  return rounded({ coefficient: first + second, decimals })
}

/**
 * Return a value with at most `PRECISION` digits, a half going to the even neighbour.
 *
 * @param {Decimal} value
 * @returns {Decimal}
 */
function rounded({ coefficient, decimals }) {
  const excess = String(coefficient).length - PRECISION
  if (excess <= 0) return { coefficient, decimals }
  const unit = 10n ** BigInt(excess)
  const kept = coefficient / unit
  const twice = 2n * (coefficient % unit)
  const up = twice > unit || (twice === unit && kept % 2n === 1n)
  const near = up ? kept + 1n : kept
  if (excess <= decimals) return { coefficient: near, decimals: decimals - excess }
  return { coefficient: near * 10n ** BigInt(excess - decimals), decimals: 0 }
}

/**
 * Return one digit of either kind; nothing written is 0.
 *
 * @param {string | undefined} written
 */
function readDigit(written) {
  if (written === undefined) return 0n
  return DIGITS.get(written) ?? BigInt(written)
}

/**
 * Return 3,000 or 1.2万 or 1万2千; null where the units do not fall, or for 1万2.
 *
 * @param {string} written
 * @returns {Decimal | null}
 */
function readArabic(written) {
  /** @type {Decimal} */
  let total = { coefficient: 0n, decimals: 0 }
  let lastUnit = BOUND
  for (const [, number, name] of written.matchAll(STEP)) {
    const unit = /** @type {bigint} */ (UNITS.get(name))
    const isFirst = total.coefficient === 0n
    if (unit >= lastUnit || (!isFirst && unit === 1n && number.length === 1)) return null
    const { coefficient, decimals } = readDecimal(number)
    total = sum(total, rounded({ coefficient: coefficient * unit, decimals }))
    lastUnit = unit
  }
  return total
}

/**
 * Return 三千五百 as a number; null for what can be read in two ways.
 *
 * @param {string} written
 * @returns {Decimal | null}
 */
function readChinese(written) {
  let total = 0n
  let rest = written
  for (const name of ['亿', '万']) {
    const at = rest.indexOf(name)
    if (at < 0) continue
    const value = readSection(rest.slice(0, at))
    if (!value) return null
    total += value * /** @type {bigint} */ (UNITS.get(name))
    rest = rest.slice(at + 1)
  }
  const value = readSection(rest)
  if (value === null || (total && rest.length === 1)) return null // 一万二
  return { coefficient: total + value, decimals: 0 }
}

/**
 * Return the value of up to four digits with their units: 三千零五十.
 *
 * @param {string} section
 * @returns {bigint | null}
 */
function readSection(section) {
  let total = 0n
  let lastUnit = 10_000n
  /** @type {bigint | null} */
  let digit = null
  for (let at = 0; at < section.length; at += 1) {
    const written = DIGITS.get(section[at])
    if (written !== undefined) {
      if (digit) return null // 二三千
      digit = written
      continue
    }
    const unit = /** @type {bigint} */ (UNITS.get(section[at]))
    if (at === 0 && unit === 10n) digit = 1n // 十五
    if (!digit || unit >= lastUnit) return null
    total += digit * unit
    lastUnit = unit
    digit = null
  }
  const isCutShort = digit && (lastUnit === 100n || lastUnit === 1000n)
  if (isCutShort && section[section.length - 2] !== '零') return null // 三百五
  return total + (digit ?? 0n)
}
