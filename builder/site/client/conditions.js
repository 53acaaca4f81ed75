// @ts-check
/**
 * What a query asks for, given a meaning by the vocabularies, and which cases fit it. Twin
 * of `builder/search/filters.py`.
 *
 * A shard says which characters a case has, not where: of a longer phrase, and of a phrase
 * in one section, the lists only tell which cases may have it. So a case fits, does not
 * fit, or may fit; and whoever shows one that may looks into its text first.
 */

import { FITS, MAY_FIT, not } from './fitting.js'
import { phraseIn, phraseTerms, readPhrase } from './phrase.js'
import { isWish } from './query.js'

/** @typedef {import('./case_blocks.js').CaseText} CaseText */
/** @typedef {import('./library.js').Library} Library */
/** @typedef {import('./query.js').Clause} Clause */
/** @typedef {{clause: Clause, ids: string[], label: string}} Meaning */
/**
 * @typedef {object} Understood
 * @property {string[]} words plain words; a hit must have one of them
 * @property {string[]} moreWords words that count for the order alone
 * @property {Meaning[][]} groups what must hold, one of each group
 * @property {string[]} hints
 */

/** @type {Record<string, string>} facet of the index -> vocabulary of its values */
export const VOCABULARIES = {
  types: 'dispute_types',
  industry: 'industries',
  claims: 'claims',
  outcomes: 'outcomes',
  methods: 'methods',
  departments: 'departments',
  channel: 'channels',
  station: 'stations',
  district: 'districts',
}
/** @type {Record<string, string>} */
const NUMBERS = { disputed: '金额', recovered: '追回', date: '日期', year: '年份' }

/**
 * Return the query with its values given a meaning.
 *
 * @param {import('./query.js').Query} query
 * @param {Library} library
 * @returns {Understood}
 */
export function understand(query, library) {
  const hints = [...query.hints]
  if (query.ticket) {
    return { words: [query.ticket.narrative.trim() || query.text], moreWords: [], groups: [], hints }
  }
  /** @type {Understood} */
  const understood = { words: [], moreWords: [], groups: [], hints }
  for (const group of query.groups) {
    const meanings = group.map((clause) => meaningOf(clause, library, hints))
    if (isWish(meanings.map(({ clause }) => clause))) {
      understood.words.push(...meanings.map(({ clause }) => clause.text))
      continue
    }
    understood.groups.push(meanings)
    for (const { clause } of meanings) {
      if (isText(clause) && !clause.negated) understood.moreWords.push(clause.text)
    }
  }
  return understood
}

/** Return what must hold, each group as people read it. @param {Understood} understood */
export function conditionLabels({ groups }) {
  return groups.map((group) => group.map(({ label }) => label).join(' 或 '))
}

/** @param {Clause} clause */
function isText(clause) {
  return clause.kind === 'word' || clause.kind === 'phrase'
}

/**
 * @param {Clause} clause
 * @param {Library} library
 * @param {string[]} hints
 * @returns {Meaning}
 */
function meaningOf(clause, library, hints) {
  if (clause.kind === 'facet') {
    const terms = library.vocabulary.matching(VOCABULARIES[clause.field], clause.text)
    if (!terms.length) return asWord(clause, clause.text, hints)
    const labels = terms.map(({ label }) => label).join('、')
    return { clause, ids: terms.map(({ id }) => id), label: signed(clause, `${clause.name}：${labels}`) }
  }
  if (clause.kind === 'law') return lawOf(clause, library, hints)
  return { clause, ids: [], label: signed(clause, description(clause)) }
}

/**
 * @param {Clause} clause
 * @param {Library} library
 * @param {string[]} hints
 * @returns {Meaning}
 */
function lawOf(clause, library, hints) {
  const suffix = clause.field ? `#${clause.field}` : ''
  const article = clause.field ? `第${clause.field}条` : ''
  if (!clause.text) {
    return { clause, ids: [suffix], label: signed(clause, `${clause.name}：${article}`) }
  }
  const statutes = library.vocabulary.matching('statutes', clause.text)
  if (!statutes.length) return asWord(clause, clause.text + article, hints)
  const names = statutes.map(({ label }) => label).join('、')
  return {
    clause,
    ids: statutes.map(({ id }) => id + suffix),
    label: signed(clause, `${clause.name}：${names}${article}`),
  }
}

/**
 * Return a clause whose value means nothing as the plain word that it then is.
 *
 * @param {Clause} clause
 * @param {string} text
 * @param {string[]} hints
 * @returns {Meaning}
 */
function asWord(clause, text, hints) {
  hints.push(`词表里没有“${text}”这个${clause.name}，已当作普通词查找。`)
  /** @type {Clause} */
  const word = { ...clause, kind: 'word', text, field: '', name: '', low: null, high: null }
  return { clause: word, ids: [], label: signed(word, description(word)) }
}

/** @param {Clause} clause */
function description(clause) {
  if (clause.kind === 'range') return `${NUMBERS[clause.field]}：${clause.text}`
  if (clause.kind === 'id') return `${clause.name}：${clause.text}`
  return `${clause.name ? `${clause.name}：` : ''}“${clause.text}”`
}

/** @param {Clause} clause @param {string} label */
function signed(clause, label) {
  return clause.negated ? `不要 ${label}` : label
}

/**
 * Return how each case fits the groups, or null when there are none.
 *
 * @param {Meaning[][]} groups
 * @param {Library} library
 * @returns {Promise<Uint8Array | null>} 0, `MAY_FIT` or `FITS` by case number
 */
export async function fitting(groups, library) {
  if (!groups.length) return null
  const all = await Promise.all(
    groups.map(async (group) => {
      const each = await Promise.all(group.map((meaning) => fittingOne(meaning, library)))
      return each.reduce((one, other) => one.map((fit, caseNo) => Math.max(fit, other[caseNo])))
    }),
  )
  return all.reduce((one, other) => one.map((fit, caseNo) => Math.min(fit, other[caseNo])))
}

/**
 * Return whether a case that may fit the groups does.
 *
 * @param {Meaning[][]} groups
 * @param {Library} library
 * @param {number} caseNo
 * @param {CaseText} caseText
 */
export async function fitsByText(groups, library, caseNo, caseText) {
  for (const group of groups) {
    const fits = await Promise.all(
      group.map(async (meaning) => {
        const { clause } = meaning
        if (isText(clause)) return hasPhrase(clause, library, caseText) !== clause.negated
        return (await fittingOne(meaning, library))[caseNo] === FITS
      }),
    )
    if (!fits.includes(true)) return false
  }
  return true
}

/** @param {Clause} clause @param {Library} library @param {CaseText} caseText */
function hasPhrase(clause, { folding }, caseText) {
  const phrase = readPhrase(clause.text, folding)
  const texts = clause.field
    ? [caseText.sections.get(clause.field) ?? '']
    : [...caseText.sections.values()]
  return texts.some((text) => phraseIn(phrase, folding.foldText(text)))
}

/**
 * @param {Meaning} meaning
 * @param {Library} library
 * @returns {Promise<Uint8Array>}
 */
async function fittingOne({ clause, ids }, library) {
  const fits = new Uint8Array(library.caseCount)
  if (isText(clause)) await fitPhrase(clause, library, fits)
  else if (clause.kind === 'id') {
    const caseNo = (await library.ids()).indexOf(clause.text)
    if (caseNo >= 0) fits[caseNo] = FITS
  } else if (clause.kind === 'range') {
    const column = await library.facets.column(clause.field)
    column.forEach((value, caseNo) => {
      if (isInRange(clause, value)) fits[caseNo] = FITS
    })
  } else {
    const lists = await library.facets.lists(clause.kind === 'law' ? 'statutes' : clause.field)
    for (const id of ids) lists.get(id)?.forEach((caseNo) => (fits[caseNo] = FITS))
  }
  return clause.negated ? fits.map(not) : fits
}

/** @param {Clause} clause @param {number} value -1 for none */
function isInRange({ field, low, high }, value) {
  if (value < 0) return false
  if ((low === null || value >= low) && (high === null || value <= high)) return true
  // Of some cases only the month may be known: a part of it may be meant.
  return field === 'date' && low !== null && low % 100 > 0 && value === low - (low % 100)
}

/** @param {Clause} clause @param {Library} library @param {Uint8Array} fits */
async function fitPhrase(clause, { terms, folding }, fits) {
  const wanted = phraseTerms(readPhrase(clause.text, folding))
  if (!wanted.length) return // only marks: nothing has them
  const entries = await terms.entries(wanted)
  if (entries.size < wanted.length) return
  const lists = await Promise.all([...entries.values()].map((entry) => terms.whole(entry)))
  // Of a single character only the best cases are known: any other may have it too.
  const known = lists.filter((_, at) => !isCutShort([...entries.values()][at]))
  if (!known.length) fits.fill(MAY_FIT)
  const counts = new Uint16Array(fits.length)
  for (const { caseNos } of known) {
    for (let at = 0; at < caseNos.length; at += 1) counts[caseNos[at]] += 1
  }
  const isSure = wanted.length === 1 && known.length === 1 && !clause.field
  counts.forEach((count, caseNo) => {
    if (count === known.length) fits[caseNo] = isSure ? FITS : MAY_FIT
  })
}

/** @param {import('./term_lists.js').TermEntry} entry */
function isCutShort(entry) {
  return entry.isCut && entry.tail < 0
}
