// @ts-check
/** Fold disguised writing to plain writing: twin of `builder/detectors/disguises.py`. */

import { CHINESE_NUMERALS, FOLDED_FROM, FOLDED_TO, NUMERAL_VALUES, UNSEEN } from './tables.js'

/** A text in plain writing; `original` leads back to places in the text as given. */
/** @typedef {{text: string, original: (start: number, end: number) => [number, number]}} Folded */

const TO = [...FOLDED_TO]
/** @type {Map<string, string>} */
const PLAIN = new Map([...FOLDED_FROM].map((character, at) => [character, TO[at]]))
const INVISIBLE = new RegExp(`^${UNSEEN}$`, 'u')
const VALUES = new Map([...CHINESE_NUMERALS].map((numeral, at) => [numeral, NUMERAL_VALUES[at]]))
const BEYOND = '\ue0ff' // stands for a character of two units, so that each takes one

/** @param {string} text @returns {Folded} */
export function fold(text) {
  /** @type {string[]} */
  const kept = []
  /** @type {number[]} */
  const starts = []
  /** @type {number[]} */
  const ends = []
  let place = 0
  for (const character of text) {
    const next = place + character.length
    if (!INVISIBLE.test(character)) {
      const plain = PLAIN.get(character) ?? character
      kept.push(plain.length > 1 ? BEYOND : plain)
      starts.push(place)
      ends.push(next)
    }
    place = next
  }
  return { text: kept.join(''), original: (start, end) => [starts[start], ends[end - 1]] }
}

/** Return the text with each Chinese numeral written as a digit. @param {string} text */
export function plainDigits(text) {
  return [...text].map((character) => VALUES.get(character) ?? character).join('')
}

/** Return the text with the letters that pass for 0 and 1 written as digits. @param {string} text */
export function lettersToDigits(text) {
  return text.replace(/[Oo]/g, '0').replace(/[lIi]/g, '1')
}
