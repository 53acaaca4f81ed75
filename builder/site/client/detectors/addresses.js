// @ts-check
/** Find addresses from the house number down, and homes: twin of `builder/detectors/addresses.py`. */

import { all, search } from './patterns.js'

/** @typedef {import('./numbers.js').Span} Span */

const KIND = 'address'

/** @param {string} text @returns {Span[]} */
export function findAddresses(text) {
  /** @type {Span[]} */
  const spans = []
  if (search('addresses.NUMBERED', text)) spans.push(...numbered(text))
  for (const { start, end } of all('addresses.ESTATE_NUMBER', text)) {
    spans.push({ kind: KIND, start: startOf(text, start), end })
  }
  for (const { start, end } of all('addresses.COORDINATES', text)) spans.push({ kind: KIND, start, end })
  return [...spans, ...homes(text)]
}

/** @param {string} text @returns {Span[]} */
function numbered(text) {
  /** @type {Span[]} */
  const spans = []
  for (const { start, end, groups: { road } } of all('addresses.STREET', text)) { // prettier-ignore
    const roadEnd = start + road.length
    const before = text.slice(Math.max(0, roadEnd - 14), roadEnd)
    if (isNamed(before, road) && !search('addresses.NO_STREET', before)) {
      spans.push({ kind: KIND, start: startOf(text, start), end })
    }
  }
  for (const { start, end } of all('addresses.HOUSE', text)) spans.push({ kind: KIND, start, end })
  for (const name of ['VILLAGE', 'STALL']) {
    for (const match of all(`addresses.${name}`, text)) {
      const start = startOf(text, match.start)
      const whole = text.slice(start, match.end)
      const named = match.start > start && !/^[本该全各]/.test(whole)
      if (named && !search('addresses.ANONYMOUS', whole)) spans.push({ kind: KIND, start, end: match.end })
    }
  }
  return spans
}

/** @param {string} text @returns {Span[]} */
function homes(text) {
  return all('addresses.HOME_WORD', text).flatMap((word) => {
    const place = /^[\u4e00-\u9fffA-Za-z0-9·]{1,30}/.exec(text.slice(word.end, word.end + 30))?.[0]
    const estate = place && search('addresses.ESTATE', place)
    if (!place || !estate) return []
    let name = place.slice(0, estate.start)
    const divisions = all('addresses.DIVISION', name)
    if (divisions.length) name = name.slice(divisions[divisions.length - 1].end)
    if (name.length < 1 || name.length > 10 || search('addresses.UNNAMED_ESTATE', name)) return []
    const end = word.end + estate.end
    return [{ kind: KIND, start: end - estate.whole.length - name.length, end }]
  })
}

/** @param {string} before @param {string} suffix */
function isNamed(before, suffix) {
  const name = before.slice(0, before.length - suffix.length)
  return search('addresses.HAN_BEFORE', name) !== null && !search('addresses.ANONYMOUS', name.slice(-2))
}

/** @param {string} text @param {number} place */
function startOf(text, place) {
  const before = search('addresses.HAN_BEFORE', text, Math.max(0, place - 12), place)
  if (!before) return place
  const stops = all('addresses.PROSE', before.whole)
  return before.start + (stops.length ? stops[stops.length - 1].end : 0)
}
