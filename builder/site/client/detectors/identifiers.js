// @ts-check
/**
 * What numbers of persons and businesses look like, and their check digits: twin of
 * `builder/detectors/identifiers.py`. Numbers come without separators.
 */

import { matchAt } from './patterns.js'
import { PROVINCES as PROVINCE_LIST } from './tables.js'

const PROVINCES = new Set(PROVINCE_LIST.split(' '))
const CREDIT_LETTERS = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const VIN_WEIGHTS = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2]
const VIN_LETTERS = 'ABCDEFGHJKLMNPRSTUVWXYZ'
const VIN_VALUES = '12345678123457923456789'

const has = (/** @type {string} */ name, /** @type {string} */ number) =>
  matchAt(`identifiers.${name}`, number) !== null

/** @param {string} number */
export function looksLikeIdCard(number) {
  return has('ID_CARD', number) && PROVINCES.has(number.slice(0, 2)) && isBirthDate(number.slice(6, 14))
}

/** ISO 7064 MOD 11-2. @param {string} number */
export function isIdCard(number) {
  if (!looksLikeIdCard(number)) return false
  let check = 0
  for (const digit of number) check = (2 * check + (digit === 'X' ? 10 : Number(digit))) % 11
  return check === 1
}

/** @param {string} number */
export function isOldIdCard(number) {
  const isShaped = has('OLD_ID_CARD', number) && PROVINCES.has(number.slice(0, 2))
  return isShaped && isBirthDate(`19${number.slice(6, 12)}`)
}

/** @param {string} number */
export function looksLikeCreditCode(number) {
  return has('CREDIT_CODE', onlyCodeLetters(number))
}

/** GB 32100-2015. @param {string} written */
export function isCreditCode(written) {
  const number = onlyCodeLetters(written)
  if (!has('CREDIT_CODE', number)) return false
  let total = 0
  let weight = 1
  for (const character of number.slice(0, -1)) {
    total += CREDIT_LETTERS.indexOf(character) * weight
    weight = (weight * 3) % 31
  }
  return CREDIT_LETTERS[(31 - (total % 31)) % 31] === number[17]
}

/** @param {string} number */
export function isBankCard(number) {
  return isDigits(number) && hasCardPrefix(number) && luhn(number)
}

/** @param {string} number */
function hasCardPrefix(number) {
  const size = number.length
  if (number.startsWith('62')) return size >= 16 && size <= 19
  if (number.startsWith('34') || number.startsWith('37')) return size === 15
  return size === 16 && ['4', '5', '35'].some((start) => number.startsWith(start))
}

/** @param {string} number */
function luhn(number) {
  let total = 0
  for (let at = 0; at < number.length; at += 1) {
    const digit = Number(number[number.length - 1 - at]) * (1 + (at % 2))
    total += digit > 9 ? digit - 9 : digit
  }
  return total % 10 === 0
}

/** @param {string} number */
export const isMobile = (number) => has('MOBILE', number)
/** @param {string} number */
export const isLandline = (number) => has('LANDLINE', number)
/** @param {string} number */
export const isAreaCode = (number) => has('AREA_CODE', number)
/** @param {string} number */
export const isLocalPhone = (number) => has('SHORT_PHONE', number) && !isDate(number)
/** @param {string} number */
export const isHotline = (number) => has('HOTLINE', number)
/** @param {string} number */
export const looksLikePassport = (number) => has('PASSPORT', number)
/** @param {string} number */
export const isCourierNumber = (number) => has('COURIER', number)

/** @param {string} number */
export function looksLikeVin(number) {
  const letters = number.replace(/[^A-Za-z]/g, '').length
  return has('VIN', number) && letters >= 2 && letters <= 13
}

/** GB 16735. @param {string} number */
export function isVin(number) {
  if (!(looksLikeVin(number) && number[0] === 'L' && isDigits(number.slice(13)))) return false
  const total = [...number].reduce((sum, character, at) => {
    const letter = VIN_LETTERS.indexOf(character)
    return sum + VIN_WEIGHTS[at] * Number(letter < 0 ? character : VIN_VALUES[letter])
  }, 0)
  return number[8] === '0123456789X'[total % 11]
}

/** Say whether eight digits are a day of the 20th or 21st century. @param {string} number */
export function isDate(number) {
  if (number.length !== 8 || !['19', '20'].includes(number.slice(0, 2))) return false
  return isDay(number)
}

/** @param {string} number */
export function beginsAsTicket(number) {
  if (looksLikeIdCard(number)) return false
  const afterDistrict = PROVINCES.has(number.slice(0, 2)) ? number.slice(6, 14) : ''
  return [number.slice(0, 8), afterDistrict].some(
    (digits) => ['201', '202', '203'].includes(digits.slice(0, 3)) && isDate(digits),
  )
}

/** Return the kind of a number with masked places that still shows too much. @param {string} number */
export function maskedKind(number) {
  const masked = number.split('*').length - 1
  const shown = number.length - masked
  if (masked < 2 || shown < 4 || !number.includes('**')) return null
  const first = /^[0-9]*/.exec(number)?.[0] ?? ''
  const last = /[0-9X]*$/.exec(number)?.[0] ?? ''
  if (shown !== first.length + last.length) return null
  const size = number.length
  if (size >= 9 && size <= 13 && /^1[3-9]/.test(first) && shown >= 5) return 'mobile'
  const isCard = /^[3-6]/.test(first) && last.length >= 3
  if (isCard && (size === 16 || size === 19)) return 'bank-card'
  const isId = PROVINCES.has(first.slice(0, 2)) && (first.length >= 6 || last.length >= 3)
  if (size >= 14 && size <= 20 && isId) return 'id-card'
  const shortest = first.startsWith('62') ? 10 : 13
  return isCard && size >= shortest && size <= 21 ? 'bank-card' : null
}

/** @param {string} text */
export function isDigits(text) {
  return /^[0-9]+$/.test(text)
}

/** @param {string} number */
function onlyCodeLetters(number) {
  return number.replace(/O/g, '0').replace(/I/g, '1')
}

/** @param {string} digits */
function isBirthDate(digits) {
  const year = Number(digits.slice(0, 4))
  return year >= 1880 && year <= 2099 && isDay(digits)
}

/** @param {string} digits */
function isDay(digits) {
  if (!isDigits(digits)) return false
  const [year, month, day] = [digits.slice(0, 4), digits.slice(4, 6), digits.slice(6, 8)].map(Number)
  const made = new Date(Date.UTC(2000, 0, 1))
  made.setUTCFullYear(year, month - 1, day)
  return year >= 1 && made.getUTCFullYear() === year && made.getUTCMonth() === month - 1 && made.getUTCDate() === day
}
