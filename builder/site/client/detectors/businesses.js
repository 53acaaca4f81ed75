// @ts-check
/**
 * Find names of businesses that were not anonymised: a careful part of what
 * `builder/detectors/businesses.py` finds, by its patterns and words, without a segmenter.
 */

import { all, search } from './patterns.js'
import { NOT_GIVEN, PLACES, PROSE_WORDS, TRADE } from './tables.js'

/** @typedef {import('./numbers.js').Span} Span */

const KIND = 'business-name'
const TRADES = new Set(TRADE.split(' '))
const PROSE = new Set(PROSE_WORDS.split(' '))
const GENERIC = new Set([...TRADES, ...PROSE, ...PLACES.split(' ')])
const LONGEST_WORD = 5
const OWN_NAME = 2 // characters of its own that tell which business is meant

/** @param {string} text @returns {Span[]} */
export function findBusinesses(text) {
  /** @type {Span[]} */
  const spans = []
  for (const match of all('businesses.LEGAL_FORM', text)) {
    if (text[match.start - 1] === '工') continue // 工商行政
    const start = startOfName(text, match.start)
    if (start < match.start) spans.push({ kind: KIND, start, end: match.end })
  }
  for (const { start, groups: { name, trade } } of all('businesses.QUOTED', text)) { // prettier-ignore
    const isGeneric = wordsOf(trade).every(({ word }) => TRADES.has(word))
    if (isGeneric && !trade.includes('调解') && tells(name)) {
      spans.push({ kind: KIND, start: start + 1, end: start + 1 + name.length })
    }
  }
  for (const { end, groups: { name, quote } } of all('businesses.CALLED', text)) { // prettier-ignore
    const isVenue = quote !== '' || search('businesses.ENDS_AS_VENUE', name)
    if (isVenue && tells(name) && hasOwnName(name)) spans.push({ kind: KIND, start: end - name.length, end })
  }
  for (const { start, whole, groups: { name, bare } } of all('businesses.NAMED', text)) { // prettier-ignore
    const called = name ?? bare
    const from = start + whole.lastIndexOf(called)
    if (tells(called) && hasOwnName(called)) spans.push({ kind: KIND, start: from, end: from + called.length })
  }
  return spans
}

/** Return where the name before a legal form begins; `end` where it tells nothing. @param {string} text @param {number} end */
function startOfName(text, end) {
  const before = search('businesses.NAME_BEFORE', text, Math.max(0, end - 30), end)
  if (!before) return end
  let start = end
  let own = 0
  for (const { word, isKnown } of wordsOf(before.whole).reverse()) {
    if (search('businesses.ANONYMOUS', word)) return end
    if (!TRADES.has(word) && (PROSE.has(word) || (!isKnown && NOT_GIVEN.includes(word)))) break
    start -= word.length
    if (!isKnown && !search('businesses.PLACE', word)) own += 1
  }
  const isAnonymous = search('businesses.ANONYMOUS', text.slice(Math.max(0, start - 1), end))
  return isAnonymous || text[start - 1] === '一' || own < OWN_NAME ? end : start
}

/** @param {string} name */
function hasOwnName(name) {
  return wordsOf(name).filter(({ word, isKnown }) => !isKnown && !search('businesses.PLACE', word)).length >= OWN_NAME
}

/** @param {string} name */
function tells(name) {
  return !search('businesses.ANONYMOUS', name) && !search('businesses.NO_TRADE_NAME', name)
}

/**
 * Return known words, the longest first from the end, and single characters between them.
 *
 * @param {string} text
 * @returns {{word: string, isKnown: boolean}[]}
 */
function wordsOf(text) {
  const words = []
  for (let end = text.length; end > 0; ) {
    let size = Math.min(LONGEST_WORD, end)
    while (size > 1 && !GENERIC.has(text.slice(end - size, end))) size -= 1
    const word = text.slice(end - size, end)
    words.push({ word, isKnown: GENERIC.has(word) })
    end -= size
  }
  return words.reverse()
}
