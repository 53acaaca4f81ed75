// @ts-check
/**
 * Find full names of persons where the text says that somebody is meant: a careful part of
 * what `builder/detectors/names.py` finds. Without a dictionary a name counts where its
 * characters are those of names, or a label stands before it.
 */

import { all, matchAt, search } from './patterns.js'
import {
  AFTER_NAME,
  COMMON_SURNAMES,
  COMPOUND_SURNAMES,
  FUNCTION_SURNAMES,
  GIVEN_CHARACTERS,
  NOT_GIVEN,
  ORDINARY_WORDS,
  RARE_SURNAMES,
} from './tables.js'

/** @typedef {import('./numbers.js').Span} Span */

const KIND = 'person-name'
const COMPOUND = new Set(COMPOUND_SURNAMES.split(' '))
const ORDINARY = new Set(ORDINARY_WORDS.split(' '))
const LONGEST_BEFORE_TITLE = 4
const SIZES = [3, 2, 4]

/** @param {string} text @returns {Span[]} the same place perhaps twice */
export function findNames(text) {
  /** @type {Span[]} */
  const spans = []
  for (const role of all('names.IN_ROLE', text)) {
    spans.push(...namesFrom(text, role.end, /[:：]/.test(role.whole)))
  }
  for (const title of all('names.TITLE', text)) {
    const size = sizeBefore(wordsBefore(text, title.start), false)
    if (size) spans.push({ kind: KIND, start: title.start - size, end: title.start })
  }
  for (const sex of all('names.SEX', text)) {
    const mark = search('names.SET_OFF', text, Math.max(0, sex.start - 2), sex.start)
    const size = mark ? sizeBefore(wordsBefore(text, mark.start), true) : 0
    if (mark && size) spans.push({ kind: KIND, start: mark.start - size, end: mark.start })
  }
  for (const { start } of all('names.CASE_TITLE', text)) {
    const name = wordsBefore(text, start)
    const isName = name.length >= 2 && name.length <= 3 && COMMON_SURNAMES.includes(name[0])
    if (isName && sizeOf(name, false) === name.length) spans.push({ kind: KIND, start: start - name.length, end: start })
  }
  return spans
}

/** @param {string} text @param {number} from @param {boolean} labelled @returns {Span[]} */
function namesFrom(text, from, labelled) {
  /** @type {Span[]} */
  const spans = []
  let place = from
  for (;;) {
    const size = sizeAt(text, place, labelled)
    if (!size) return spans
    if (!matchAt('names.PSEUDONYM', text, place + size)) {
      spans.push({ kind: KIND, start: place, end: place + size })
    }
    place += size
    if (!matchAt('names.JOINED', text, place)) return spans
    place += 1
  }
}

/** @param {string} text @param {number} place @param {boolean} labelled */
function sizeAt(text, place, labelled) {
  for (const [pattern, none] of [['ETHNIC', 'ANONYMOUS'], ['LATIN', 'BRANDS']]) { // prettier-ignore
    const whole = matchAt(`names.${pattern}`, text, place)
    if (whole) return search(`names.${none}`, whole.whole) ? 0 : whole.whole.length
  }
  const words = matchAt('names.WORDS', text, place)
  return words ? sizeOf(words.whole, labelled) : 0
}

/**
 * Return how many characters are a full name, 0 where they begin with none.
 *
 * @param {string} words at most 7 Chinese characters
 * @param {boolean} labelled a colon stands before
 */
function sizeOf(words, labelled) {
  const surname = COMPOUND.has(words.slice(0, 2)) ? words.slice(0, 2) : words.slice(0, 1)
  const given = words.slice(surname.length)
  if (!given || NOT_GIVEN.includes(given[0]) || matchAt('names.AFTER_SURNAME', given)) return 0
  const isCommon = surname.length === 2 || COMMON_SURNAMES.includes(surname)
  if (!isCommon && !RARE_SURNAMES.includes(surname)) return 0
  if (labelled && words.length <= 3 && ![...given].some((one) => NOT_GIVEN.includes(one))) return words.length
  if (ORDINARY.has(words.slice(0, 2)) || (!isCommon && FUNCTION_SURNAMES.includes(surname))) return 0
  if (!GIVEN_CHARACTERS.includes(given[0])) return 0
  const isLong = given.length >= 2 && GIVEN_CHARACTERS.includes(given[1])
  if (isLong && ends(words, surname.length + 2)) return surname.length + 2
  return isCommon && ends(words, surname.length + 1) ? surname.length + 1 : 0
}

/** Return the length of the full name that words end with. @param {string} words @param {boolean} labelled */
function sizeBefore(words, labelled) {
  for (const size of SIZES) {
    const name = words.slice(-size)
    const given = name.slice(COMPOUND.has(name.slice(0, 2)) ? 2 : 1)
    if (name.length < size || given.length < 1 || given.length > 2) continue
    const isKnown = COMPOUND.has(name.slice(0, 2)) || COMMON_SURNAMES.includes(name[0])
    const isRare = size === 3 && RARE_SURNAMES.includes(name[0])
    if ((isKnown || isRare) && sizeOf(name, labelled) === size) return size
  }
  return 0
}

/** @param {string} text @param {number} place */
function wordsBefore(text, place) {
  const from = Math.max(0, place - LONGEST_BEFORE_TITLE)
  return search('names.WORDS_AT_END', text, from, place)?.whole ?? ''
}

/** @param {string} words @param {number} size */
function ends(words, size) {
  return words.length <= size || AFTER_NAME.includes(words[size])
}
