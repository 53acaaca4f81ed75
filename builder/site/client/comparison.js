// @ts-check
/**
 * How a precedent is like what was asked, on three axes, and where it differs: twin of
 * `builder/search/comparison.py`.
 */

import { compareCodePoints } from './analyzer.js'
import { highlight } from './excerpt.js'

/** @typedef {import('./analyzer.js').Analyzer} Analyzer */
/** @typedef {import('./asked.js').Asked} Asked */
/** @typedef {import('./case_blocks.js').Comparable} Comparable */
/** @typedef {import('./words.js').Words} Words */
/** @typedef {{level: number, evidence: string[]}} Axis */
/**
 * @typedef {object} Comparison
 * @property {Axis} facts
 * @property {Axis} issues
 * @property {Axis} law
 * @property {string[]} differences
 */

export const LEVELS = ['不像', '有些像', '比较像', '很像']
const EVIDENCE_SHOWN = 3
const HIGHEST_LEVEL = 3
const SHARES = [8, 18, 30] // per cent of the weight of a story's terms in the facts of a case
const ISSUE_LENGTH = 40 // code points
const FAR_APART = 10 // times
const APART = 3
const FACTS = ['title', 'summary', 'facts']

/** Return the three axes with what people call them. @param {Comparison} comparison */
export function axesOf({ facts, issues, law }) {
  return /** @type {[string, Axis][]} */ ([
    ['事实', facts],
    ['争议焦点', issues],
    ['法律适用', law],
  ])
}

/**
 * Return how a case of the library is like what was asked.
 *
 * @param {Asked} asked
 * @param {Comparable} other
 * @param {Map<string, string>} sections of the other case; read for stories only
 * @param {Words} words
 * @returns {Comparison}
 */
export function compare(asked, other, sections, words) {
  const line = asked.compared
    ? ''
    : nearestIssue(asked.weights, sections.get('issues') ?? '', words.analyzer)
  return {
    facts: asked.compared
      ? sharedFacts(asked.compared, other, words)
      : toldFacts(asked.weights, sections, words.analyzer),
    issues: issuesOf(asked, other, line, words),
    law: lawOf(asked, other, words),
    differences: differences(asked, other, words),
  }
}

/**
 * Return where a case differs in what matters, in words.
 *
 * @param {Asked} asked
 * @param {Comparable} other
 * @param {Words} words
 */
export function differences(asked, other, words) {
  const found = [amountDiffers(asked.amount, other.disputed || other.claimed)]
  const shares = asked.types.some((id) => other.types.includes(id))
  if (asked.types.length && other.types.length && !shares) {
    found.push(`那件主要是${words.label('dispute_types', other.types[0])}`)
  }
  if (asked.online !== other.online) found.push(other.online ? '那件在网上买的' : '那件在店里买的')
  if (asked.group !== other.group) found.push(other.group ? '那件是群体投诉' : '那件只有一户')
  if (asked.compared) {
    found.push(outcomeDiffers(asked.compared, other))
    if (asked.compared.industry !== other.industry && other.industry) {
      found.push(`那件是${words.label('industries', other.industry)}`)
    }
  } else if (other.settled < 0) {
    found.push('那件没有调成')
  }
  if (other.law_changed) found.push('那件引的有旧规定，条号或内容已变')
  return found.filter(Boolean)
}

/** @param {number | null} asked @param {number | null} other */
function amountDiffers(asked, other) {
  if (!asked || !other) return ''
  if (other >= asked * FAR_APART || asked >= other * FAR_APART) {
    return `金额差十倍以上，那件 ${inYuan(other)} 元`
  }
  if (other >= asked * APART || asked >= other * APART) {
    return `金额差得多，那件 ${inYuan(other)} 元`
  }
  return ''
}

/** Return whole fen as yuan with thousands marked: 360050 is 3,600.50. @param {number} fen */
export function inYuan(fen) {
  const small = fen % 100
  const grouped = String((fen - small) / 100).replace(/\B(?=(?:\d{3})+$)/g, ',')
  return small ? `${grouped}.${String(small).padStart(2, '0')}` : grouped
}

/** @param {Comparable} one @param {Comparable} other */
function outcomeDiffers(one, other) {
  if (one.settled * other.settled !== -1) return ''
  return other.settled < 0 ? '那件没有调成' : '那件调成了'
}

/** @param {Comparable} one @param {Comparable} other @param {Words} words @returns {Axis} */
function sharedFacts(one, other, words) {
  const shared = one.keywords.filter((word) => other.keywords.includes(word))
  if (one.industry && one.industry === other.industry) {
    shared.push(words.label('industries', one.industry))
  }
  return { level: Math.min(HIGHEST_LEVEL, shared.length), evidence: shared.slice(0, EVIDENCE_SHOWN) }
}

/**
 * Return how much of a story stands in the facts of a case, and its weightiest words.
 *
 * @param {Map<string, number>} weights
 * @param {Map<string, string>} sections
 * @param {Analyzer} analyzer
 * @returns {Axis}
 */
function toldFacts(weights, sections, analyzer) {
  /** @type {Set<string>} */
  const found = new Set()
  /** @type {Map<string, number>} */
  const weightOf = new Map()
  for (const name of FACTS) {
    const pieces = highlight(sections.get(name) ?? '', weights.keys(), analyzer)
    for (const { text, isHit } of pieces) {
      if (!isHit) continue
      const terms = [...analyzer.countTerms(text).keys()].filter((term) => weights.has(term))
      for (const term of terms) found.add(term)
      weightOf.set(text.split(/\s+/).filter(Boolean).join(' '), sumOf(terms, weights))
    }
  }
  const total = sumOf(weights.keys(), weights)
  const share = total ? Math.floor((100 * sumOf(found, weights)) / total) : 0
  const best = [...weightOf].sort(
    ([one, weight], [other, otherWeight]) => otherWeight - weight || compareCodePoints(one, other),
  )
  return {
    level: SHARES.filter((least) => share >= least).length,
    evidence: best.slice(0, EVIDENCE_SHOWN).map(([word]) => word),
  }
}

/** @param {Iterable<string>} terms @param {Map<string, number>} weights */
function sumOf(terms, weights) {
  let sum = 0
  for (const term of terms) sum += weights.get(term) ?? 0
  return sum
}

/**
 * Return the issue that says most of the story, the first of equals, or ''.
 *
 * @param {Map<string, number>} weights
 * @param {string} issues
 * @param {Analyzer} analyzer
 */
function nearestIssue(weights, issues, analyzer) {
  let best = ''
  let most = 0
  for (const line of issues.split('\n')) {
    const weight = sumOf(analyzer.countTerms(line).keys(), weights)
    if (weight > most) {
      best = line
      most = weight
    }
  }
  const characters = [...best]
  return characters.length <= ISSUE_LENGTH ? best : `${characters.slice(0, ISSUE_LENGTH).join('')}…`
}

/**
 * @param {Asked} asked
 * @param {Comparable} other
 * @param {string} line
 * @param {Words} words
 * @returns {Axis}
 */
function issuesOf(asked, other, line, words) {
  const shared = other.types.filter((id) => asked.types.includes(id))
  const above = other.parents.filter((id) => asked.parents.includes(id))
  const level = shared.length ? (other.types[0] === asked.types[0] ? 3 : 2) : above.length ? 1 : 0
  const labels = (shared.length ? shared : above).map((id) => words.label('dispute_types', id))
  const evidence = labels.map((label) => `同为${label}`)
  if (line) evidence.push(`那件争的是：${line}`)
  return { level, evidence: evidence.slice(0, EVIDENCE_SHOWN) }
}

/** @param {Asked} asked @param {Comparable} other @param {Words} words @returns {Axis} */
function lawOf(asked, other, words) {
  const shared = other.law.filter((citation) => asked.law.has(citation))
  return {
    level: Math.min(HIGHEST_LEVEL, shared.length),
    evidence: shared.slice(0, EVIDENCE_SHOWN).map((citation) => words.provision(citation)),
  }
}
