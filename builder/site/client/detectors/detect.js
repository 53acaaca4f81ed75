// @ts-check
/**
 * Find what would tell who is meant: twin of `builder/detectors/detect.py`, but for names.
 *
 * Python tells names from words by a dictionary that a page cannot carry; here
 * `names.js` and `businesses.js` know surnames and trades only, and the library has the last
 * word. All other kinds are found alike (`tests/detectors/test_browser_twin.py`).
 */

import { findAccounts, findEmails, findLinks } from './accounts.js'
import { findAddresses } from './addresses.js'
import { findBusinesses } from './businesses.js'
import { findDates } from './dates.js'
import { fold } from './disguises.js'
import { findNames } from './names.js'
import { findNumbers } from './numbers.js'
import { findPlates } from './plates.js'
import { KINDS } from './tables.js'

export { KINDS }

/** @typedef {import('./numbers.js').Span} Span */
/** @typedef {{kind: string, start: number, end: number, excerpt: string}} Finding excerpt masked */

const RANKS = new Map(Object.keys(KINDS).map((kind, rank) => [kind, rank]))
const FINDERS = [
  findNumbers, findPlates, findEmails, findLinks, findAccounts, findAddresses, findNames, findBusinesses, findDates,
] // prettier-ignore
const LONGEST_MASK = 8

/** @param {string} text @returns {Finding[]} by place, without overlaps */
export function detect(text) {
  if (!text) return []
  const folded = fold(text)
  const spans = FINDERS.flatMap((find) => find(folded.text))
  return withoutOverlaps(spans).map(({ kind, start, end }) => {
    const [from, to] = folded.original(start, end)
    return { kind, start: from, end: to, excerpt: masked(kind, text.slice(from, to)) }
  })
}

/** @param {string} kind */
function rank(kind) {
  return /** @type {number} */ (RANKS.get(kind))
}

/** @param {Span[]} spans @returns {Span[]} */
function withoutOverlaps(spans) {
  /** @type {Span[]} */
  const kept = []
  const ordered = [...spans].sort(
    (one, other) => one.start - other.start || rank(one.kind) - rank(other.kind) || other.end - one.end,
  )
  for (const span of ordered) {
    const last = kept[kept.length - 1]
    if (!last || span.start >= last.end) kept.push(span)
    else if (span.kind === last.kind) {
      kept[kept.length - 1] = { ...last, end: Math.max(span.end, last.end) }
    } else if (rank(span.kind) < rank(last.kind)) kept[kept.length - 1] = span
  }
  return kept
}

/** @param {string} kind @param {string} found */
function masked(kind, found) {
  const characters = [...found]
  const stars = '*'.repeat(Math.max(1, Math.min(characters.length - 1, LONGEST_MASK)))
  if (characters.length === 1) return stars
  if (characters.length < 8 || kind === 'person-name') return characters[0] + stars
  return characters[0] + stars.slice(1) + characters[characters.length - 1]
}
