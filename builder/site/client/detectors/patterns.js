// @ts-check
/** The patterns of the detectors, as Python's `re` would look for them. */

import { PATTERNS } from './tables.js'

/** @type {Map<string, RegExp>} */
const made = new Map()

/** Return a pattern with a flag of its own. @param {string} name @param {string} flag */
function pattern(name, flag) {
  const key = flag + name
  let found = made.get(key)
  if (!found) {
    const [source, flags] = PATTERNS[name]
    found = new RegExp(source, flags + flag)
    made.set(key, found)
  }
  return found
}

/** Return every match of a pattern in a text. @param {string} name @param {string} text */
export function all(name, text) {
  return [...text.matchAll(pattern(name, 'g'))].map(withEnd)
}

/**
 * Return the match that begins at a place, or null.
 *
 * @param {string} name
 * @param {string} text
 * @param {number} [place]
 */
export function matchAt(name, text, place = 0) {
  const sticky = pattern(name, 'y')
  sticky.lastIndex = place
  const found = sticky.exec(text)
  return found && withEnd(found)
}

/**
 * Return the first match between two places, or null.
 *
 * @param {string} name
 * @param {string} text
 * @param {number} [from]
 * @param {number} [to]
 */
export function search(name, text, from = 0, to = text.length) {
  const global = pattern(name, 'g')
  global.lastIndex = from
  const found = global.exec(to < text.length ? text.slice(0, to) : text)
  return found && withEnd(found)
}

/** @param {RegExpMatchArray} match */
function withEnd(match) {
  const start = /** @type {number} */ (match.index)
  const [whole] = match
  return { whole, start, end: start + whole.length, groups: match.groups ?? {}, parts: match }
}
