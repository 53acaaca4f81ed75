// @ts-check
/** Searching an index: what the search page and the header box ask for. No DOM but the loader's. */

import { isSingle } from './analyzer.js'
import { conditionLabels, fitsByText, fitting, understand } from './conditions.js'
import { explain, reasons, storyOf } from './explain.js'
import { cleanFilters, facetGroups, filterMasks } from './facet_counts.js'
import { FITS, MAY_FIT } from './fitting.js'
import { pagesNamed } from './found_pages.js'
import { openLibrary } from './library.js'
import { scriptLoader } from './loader.js'
import { parse } from './query.js'
import { suggest } from './spelling.js'
import { strip } from './strip.js'
import { firstLook, secondLook } from './two_looks.js'

/** @typedef {import('./case_blocks.js').Card} Card */
/** @typedef {import('./explain.js').Explained} Explained */
/** @typedef {import('./facet_counts.js').FacetGroup} FacetGroup */
/** @typedef {import('./facet_counts.js').Filters} Filters */
/** @typedef {import('./library.js').Library} Library */
/** @typedef {import('./query.js').Query} Query */
/** @typedef {import('./ranking.js').Ranked} Ranked */
/**
 * @typedef {object} Request
 * @property {string} text
 * @property {Record<string, unknown>} [filters]
 * @property {'relevance' | 'newest' | 'amount'} [sort]
 * @property {number} [offset]
 * @property {number} [limit]
 */
/** @typedef {{id: string, caseNo: number, href: string, score: number, card: Card}} Hit */
/**
 * @typedef {object} Result
 * @property {'all' | 'id' | 'words' | 'complaint'} kind
 * @property {Hit[]} hits
 * @property {number} total
 * @property {boolean} atLeast counted over cut lists: there may be more
 * @property {boolean} atMost some were not looked into yet: there may be fewer
 * @property {string[]} hints what was not understood as it was perhaps meant
 * @property {string[]} conditions what a hit has to have, as people read it
 * @property {string} suggestion a query to try instead, or ''
 * @property {'' | 'spelling' | 'pinyin'} suggestionKind
 * @property {import('./ticket.js').Ticket | null} ticket
 * @property {{title: string, href: string}[]} pages
 */
/**
 * What a text asks for, worked out before anything is filtered or sorted.
 *
 * @typedef {object} Found
 * @property {Query} query
 * @property {import('./conditions.js').Understood} understood
 * @property {Uint8Array | null} fits how cases fit the conditions
 * @property {import('./two_looks.js').Look} look
 * @property {(caseNo: number) => boolean} isFound
 */

const SITE_ROOT = '../../' // from the folder of the index
const MOST_LOOKED_INTO = 200 // cases whose text is read to tell whether a phrase is there
const SHORT_WORD = 4 // code points; a longer run is rather a phrase than a misspelt word

/**
 * Open the index below an address.
 *
 * @param {string} base folder of the manifest, with a slash at its end
 * @param {import('./loader.js').Load} [load]
 * @returns {Promise<Engine>} rejects with `IndexFault`
 */
export async function openIndex(base, load = scriptLoader(document)) {
  return new Engine(await openLibrary(base, load), new URL(SITE_ROOT, base).href)
}

/** Answers queries from one index. */
export class Engine {
  #library
  #root
  /** @type {WeakMap<Result, {found: Found, filters: Filters}>} */
  #behind = new WeakMap()
  /** @type {{text: string, found: Promise<Found>} | null} the last text: filters and pages go on from it */
  #last = null

  /** @param {Library} library @param {string} root address of the site, with a slash */
  constructor(library, root) {
    this.#library = library
    this.#root = root
  }

  get caseCount() {
    return this.#library.caseCount
  }

  get audience() {
    return this.#library.audience
  }

  get title() {
    return this.#library.title
  }

  /** Load ahead what a pasted complaint needs first; a failure shows when it is asked for. */
  prepare() {
    this.#library.directory().catch(() => {})
  }

  /**
   * Return what a text would be searched as, without loading anything.
   *
   * @param {string} text
   * @returns {{kind: 'empty' | 'id' | 'words' | 'complaint', caseId: string | null}}
   */
  recognise(text) {
    if (!strip(text)) return { kind: 'empty', caseId: null }
    const query = parse(text, this.#library.folding)
    if (query.caseId) return { kind: 'id', caseId: query.caseId }
    return { kind: query.ticket ? 'complaint' : 'words', caseId: null }
  }

  /**
   * Return the cases that answer a text.
   *
   * @param {Request} request
   * @returns {Promise<Result>} rejects with `IndexFault`
   */
  async search({ text, filters = {}, sort = 'relevance', offset = 0, limit = 10 }) {
    const chosen = cleanFilters(filters)
    const found = await this.#find(text)
    const masks = [...(await filterMasks(chosen, this.#library)).values()]
    const passes = (/** @type {Ranked} */ { caseNo }) => masks.every((mask) => mask[caseNo] === FITS)
    const passing = masks.length ? found.look.hits.filter(passes) : found.look.hits
    const ordered = await this.#ordered(found, passing, sort)
    const { hits, rejected, isUnsure } = await this.#checked(found, ordered, offset, limit)
    const cards = await Promise.all(hits.map(({ caseNo }) => this.#library.blocks.card(caseNo)))
    const total = ordered.length - rejected
    const suggestion = await this.#suggestion(found, total, chosen)
    /** @type {Result} */
    const result = {
      kind: kindOf(found.query),
      hits: hits.map((hit, at) => ({
        ...hit,
        id: cards[at].id,
        href: `${this.#root}cases/${cards[at].id}.html`,
        card: cards[at],
      })),
      total,
      atLeast: found.look.atLeast,
      atMost: isUnsure,
      hints: found.understood.hints,
      conditions: conditionLabels(found.understood),
      suggestion: suggestion.text,
      suggestionKind: suggestion.kind,
      ticket: found.query.ticket?.labels.length ? found.query.ticket : null,
      pages: this.#pages(found),
    }
    this.#behind.set(result, { found, filters: chosen })
    return result
  }

  /**
   * Return why each hit of a result was found, in the order of its hits.
   *
   * @param {Result} result
   * @returns {Promise<Explained[]>} rejects with `IndexFault`
   */
  async explain(result) {
    const { found } = this.#of(result)
    const library = this.#library
    const { weights, longText } = found.look
    const story = longText || found.query.ticket ? storyOf(library, wordsOf(found)) : null
    return Promise.all(
      result.hits.map(async ({ caseNo }) => {
        const caseText = await library.blocks.text(caseNo)
        const shared = story ? reasons(library, caseText, story) : []
        return { ...explain(library, caseText, weights), reasons: shared }
      }),
    )
  }

  /**
   * Return the values that a result can be narrowed by.
   *
   * @param {Result} result
   * @returns {Promise<FacetGroup[]>} rejects with `IndexFault`
   */
  facets(result) {
    const { found, filters } = this.#of(result)
    return facetGroups(found.isFound, filters, this.#library)
  }

  /** @param {Result} result */
  #of(result) {
    const behind = this.#behind.get(result)
    if (!behind) throw new TypeError('not a result of this engine')
    return behind
  }

  /** @param {string} text @returns {Promise<Found>} */
  #find(text) {
    if (this.#last?.text === text) return this.#last.found
    const found = this.#lookUp(text)
    this.#last = { text, found }
    found.catch(() => {
      if (this.#last?.found === found) this.#last = null // so that it can be tried again
    })
    return found
  }

  /** @param {string} text @returns {Promise<Found>} */
  async #lookUp(text) {
    const library = this.#library
    const query = parse(text, library.folding)
    const understood = understand(query, library)
    if (query.caseId) return this.#lookUpId(query, understood, query.caseId)
    const fits = await fitting(understood.groups, library)
    const isAllowed = fits && ((/** @type {number} */ caseNo) => fits[caseNo] > 0)
    const words = understood.words.join(' ')
    const look =
      !strip(text) || !(strip(words) || fits)
        ? await this.#everything(strip(text) === '')
        : await firstLook(library, words, understood.moreWords.join(' '), isAllowed)
    const found = new Uint8Array(library.caseCount)
    for (const { caseNo } of look.hits) found[caseNo] = 1
    return { query, understood, fits, look, isFound: (caseNo) => found[caseNo] === 1 }
  }

  /**
   * @param {Query} query
   * @param {import('./conditions.js').Understood} understood
   * @param {string} caseId
   * @returns {Promise<Found>}
   */
  async #lookUpId(query, understood, caseId) {
    const caseNo = (await this.#library.ids()).indexOf(caseId)
    const hits = caseNo < 0 ? [] : [{ caseNo, score: 0 }]
    if (caseNo < 0) understood.hints.push(`这个版本的案例库里没有编号 ${caseId}。`)
    const look = { hits, weights: new Map(), atLeast: false, longText: '' }
    return { query, understood, fits: null, look, isFound: (other) => other === caseNo }
  }

  /** Return every case, newest first, or none. @param {boolean} isWanted */
  async #everything(isWanted) {
    const count = isWanted ? this.#library.caseCount : 0
    const hits = Array.from({ length: count }, (_, caseNo) => ({ caseNo, score: 0 }))
    return { hits, weights: new Map(), atLeast: false, longText: '' }
  }

  /**
   * @param {Found} found
   * @param {Ranked[]} hits by relevance
   * @param {string} sort
   */
  async #ordered(found, hits, sort) {
    if (sort === 'newest') return [...hits].sort((one, other) => one.caseNo - other.caseNo)
    if (sort === 'amount') {
      const disputed = await this.#library.facets.column('disputed')
      const most = (/** @type {Ranked} */ one, /** @type {Ranked} */ other) =>
        disputed[other.caseNo] - disputed[one.caseNo] || one.caseNo - other.caseNo
      return [...hits].sort(most)
    }
    const { longText } = found.look
    return longText ? secondLook(this.#library, longText, hits) : hits
  }

  /**
   * Return a page of hits, those that only may fit looked into.
   *
   * @param {Found} found
   * @param {Ranked[]} ordered
   * @param {number} offset
   * @param {number} limit
   */
  async #checked({ fits, understood }, ordered, offset, limit) {
    const isDoubtful = (/** @type {Ranked} */ { caseNo }) => fits !== null && fits[caseNo] === MAY_FIT
    const doubtful = fits ? ordered.filter(isDoubtful) : []
    if (!doubtful.length) {
      return { hits: ordered.slice(offset, offset + limit), rejected: 0, isUnsure: false }
    }
    const looksIntoAll = doubtful.length <= MOST_LOOKED_INTO
    /** @type {Ranked[]} */
    const kept = []
    let rejected = 0
    for (let at = 0; at < ordered.length; at += limit) {
      if (!looksIntoAll && kept.length >= offset + limit) break
      const part = ordered.slice(at, at + (looksIntoAll ? ordered.length : limit))
      const fitting = await Promise.all(
        part.map((hit) => !isDoubtful(hit) || this.#fits(understood.groups, hit.caseNo)),
      )
      kept.push(...part.filter((_, place) => fitting[place]))
      rejected += fitting.filter((fit) => !fit).length
      if (looksIntoAll) break
    }
    const isUnsure = !looksIntoAll && kept.length + rejected < ordered.length
    return { hits: kept.slice(offset, offset + limit), rejected, isUnsure }
  }

  /** @param {import('./conditions.js').Meaning[][]} groups @param {number} caseNo */
  async #fits(groups, caseNo) {
    return fitsByText(groups, this.#library, caseNo, await this.#library.blocks.text(caseNo))
  }

  /**
   * Return what may have been meant: where nothing was found, and for one short word that no
   * case has as it is written.
   *
   * @param {Found} found
   * @param {number} total
   * @param {Filters} filters
   * @returns {Promise<import('./spelling.js').Suggestion>}
   */
  async #suggestion({ query, understood, look }, total, filters) {
    const { words } = understood
    const isOther = query.ticket || query.caseId || (look.hits.length && words.length > 1)
    if (isOther || !words.length || (Object.keys(filters).length && look.hits.length)) {
      return { text: '', kind: '' }
    }
    const unknown = []
    for (const word of words) {
      const mayBe = !total || [...word].length <= SHORT_WORD
      if (mayBe && (await this.#isUnknown(word))) unknown.push(word)
    }
    return unknown.length ? suggest(this.#library, query.text, unknown) : { text: '', kind: '' }
  }

  /** Return whether a word has something no case has, and no other meaning. @param {string} word */
  async #isUnknown(word) {
    const { analyzer, terms, vocabulary } = this.#library
    const wanted = [...analyzer.countTerms(word).keys()].filter((term) => !isSingle(term))
    if (!wanted.length) return false
    const entries = await terms.entries(wanted)
    return entries.size < wanted.length && !vocabulary.has(word)
  }

  /** @param {Found} found */
  #pages({ query, understood }) {
    if (query.caseId || query.ticket) return []
    const words = [...understood.words, ...understood.moreWords]
    return pagesNamed(this.#library, words).map(([title, path]) => ({
      title,
      href: this.#root + path,
    }))
  }
}

/** @param {Query} query @returns {Result['kind']} */
function kindOf(query) {
  if (query.caseId) return 'id'
  if (query.ticket) return 'complaint'
  return strip(query.text) ? 'words' : 'all'
}

/** @param {Found} found */
function wordsOf({ understood, look }) {
  return look.longText || understood.words.join(' ')
}
