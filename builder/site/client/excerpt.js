// @ts-check
/**
 * Show where a text answers a query, an excerpt around the hits, or the whole text marked:
 * twin of `builder/text/excerpt.py`.
 *
 * Pieces of text come out; whoever renders them decides how a hit looks. Inside, places are
 * in code points, as lengths are. No DOM, no loading.
 */

import { isSingle } from './analyzer.js'

/** @typedef {import('./analyzer.js').Analyzer} Analyzer */
/** @typedef {import('./analyzer.js').Token} Token */
/** @typedef {{text: string, isHit: boolean}} Piece */
/** @typedef {[start: number, end: number]} Span */

export const ELLIPSIS = '…'
const BREAKS = new Set('。！？；，、：!?;\n') // a cut is good after one of these
const BREAKS_IN_LATIN = new Set(',.:') // ... and after these, unless a word goes on
const SPACES = new Set(' \t\r\n\u3000')
const WORD = new Set(',.:0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ')
const NEAR_SHARE = 4 // a cut may move by a quarter of the length to reach a break
const NEW_TERM_GAIN = 3 // a term not yet in the window counts for this many repeats more

/**
 * Return the whole text in pieces; joined they are the text.
 *
 * @param {string} text
 * @param {Iterable<string>} terms the terms of the query, as the analyzer gives them. Single
 *   characters are only marked where the query has nothing better
 * @param {Analyzer} analyzer
 * @param {Token[]} [tokens] those of the text, where they are at hand
 * @returns {Piece[]}
 */
export function highlight(text, terms, analyzer, tokens = analyzer.tokens(text)) {
  const characters = [...text]
  const hits = findHits(text, terms, tokens)
  return cutPieces(characters, 0, characters.length, spansOf(hits))
}

/**
 * Return about `length` code points around the densest hits, in pieces.
 *
 * Joined, the pieces are a stretch of the text of at most `length` code points, with
 * `ELLIPSIS` as a piece of its own where text was left out. Without a hit it is the
 * beginning of the text. Edges fall on punctuation where some is near.
 *
 * @param {string} text
 * @param {Iterable<string>} terms
 * @param {Analyzer} analyzer
 * @param {number} length
 * @param {Token[]} [tokens] those of the text, where they are at hand
 * @returns {Piece[]}
 */
export function excerpt(text, terms, analyzer, length, tokens = analyzer.tokens(text)) {
  const characters = [...text]
  const hits = findHits(text, terms, tokens)
  const [first, last] = findDensest(hits, length)
  const [start, end] = findWindow(characters, first, last, length)
  const pieces = cutPieces(characters, start, end, spansOf(hits))
  if (start > 0) pieces.unshift({ text: ELLIPSIS, isHit: false })
  if (end < characters.length) pieces.push({ text: ELLIPSIS, isHit: false })
  return pieces
}

/**
 * Return the tokens that answer the query, by start, with places in code points.
 *
 * @param {string} text
 * @param {Iterable<string>} terms
 * @param {Token[]} tokens
 */
function findHits(text, terms, tokens) {
  const all = [...terms]
  const strong = all.filter((term) => !isSingle(term))
  const wanted = new Set(strong.length ? strong : all)
  const hits = tokens.filter(({ term }) => wanted.has(term))
  const places = codePointPlaces(text)
  return hits.map(({ term, start, end }) => ({ term, start: places[start], end: places[end] }))
}

/**
 * Return how many code points stand before each UTF-16 place of a text, its end included.
 *
 * @param {string} text
 */
function codePointPlaces(text) {
  /** @type {number[]} */
  const places = []
  let count = 0
  for (const character of text) {
    for (let unit = 0; unit < character.length; unit += 1) places.push(count)
    count += 1
  }
  places.push(count)
  return places
}

/**
 * Return the stretches that the hits cover; those that touch become one.
 *
 * @param {Token[]} hits
 */
function spansOf(hits) {
  /** @type {Span[]} */
  const spans = []
  for (const { start, end } of hits) {
    const last = spans[spans.length - 1]
    if (last && start <= last[1]) last[1] = Math.max(last[1], end)
    else spans.push([start, end])
  }
  return spans
}

/**
 * Return the characters of [start, end) in pieces, the spans being hits.
 *
 * @param {string[]} characters
 * @param {number} start
 * @param {number} end
 * @param {Span[]} spans
 */
function cutPieces(characters, start, end, spans) {
  /** @type {Piece[]} */
  const pieces = []
  /** @param {number} from @param {number} to @param {boolean} isHit */
  const add = (from, to, isHit) => {
    pieces.push({ text: characters.slice(from, to).join(''), isHit })
  }
  let at = start
  for (const [spanStart, spanEnd] of spans) {
    const hitStart = Math.max(spanStart, at)
    const hitEnd = Math.min(spanEnd, end)
    if (hitStart >= hitEnd) continue
    if (at < hitStart) add(at, hitStart, false)
    add(hitStart, hitEnd, true)
    at = hitEnd
  }
  if (at < end) add(at, end, false)
  return pieces
}

/**
 * Return the stretch of at most `length` with the most hits, the first of equals.
 *
 * A term not seen yet in the stretch counts more than a repeat. Without hits [0, 0].
 *
 * @param {Token[]} hits
 * @param {number} length
 * @returns {Span}
 */
function findDensest(hits, length) {
  let bestScore = 0
  /** @type {Span} */
  let best = [0, 0]
  /** @type {Map<string, number>} */
  const inside = new Map()
  let last = 0
  hits.forEach((hit, first) => {
    while (last < hits.length && hits[last].end <= hit.start + length) {
      inside.set(hits[last].term, (inside.get(hits[last].term) ?? 0) + 1)
      last += 1
    }
    if (last <= first) {
      last = first + 1 // one hit is longer than the whole stretch
      return
    }
    const score = last - first + NEW_TERM_GAIN * inside.size
    if (score > bestScore) {
      bestScore = score
      best = [hit.start, Math.max(...hits.slice(first, last).map(({ end }) => end))]
    }
    const left = /** @type {number} */ (inside.get(hit.term)) - 1
    if (left) inside.set(hit.term, left)
    else inside.delete(hit.term)
  })
  return best
}

/**
 * Return where to cut so that [first, last) is inside, with its surroundings.
 *
 * @param {string[]} characters
 * @param {number} first
 * @param {number} last
 * @param {number} length
 * @returns {Span}
 */
function findWindow(characters, first, last, length) {
  const count = characters.length
  const near = Math.floor(length / NEAR_SHARE)
  const slack = Math.max(length - (last - first), 0)
  let start = Math.max(0, Math.min(first - Math.floor(slack / 2), count - length))
  if (start > 0) start = cutNear(characters, start, Math.min(first, start + near))
  let end = Math.min(count, start + length)
  if (end < count) end = cutNear(characters, end, Math.max(last, end - near, start + 1))
  while (start < first && SPACES.has(characters[start])) start += 1
  while (end > Math.max(last, start) && SPACES.has(characters[end - 1])) end -= 1
  return [start, end]
}

/**
 * Return the first place after a break, else outside a word or number, else the first.
 *
 * @param {string[]} characters
 * @param {number} from
 * @param {number} to the last place to look at, on either side
 */
function cutNear(characters, from, to) {
  const step = from <= to ? 1 : -1
  for (let at = from; at !== to + step; at += step) {
    const before = characters[at - 1]
    const goesOn = WORD.has(characters[at])
    if (BREAKS.has(before) || (BREAKS_IN_LATIN.has(before) && !goesOn)) return at
  }
  for (let at = from; at !== to + step; at += step) {
    if (!WORD.has(characters[at - 1]) || !WORD.has(characters[at])) return at
  }
  return from
}
