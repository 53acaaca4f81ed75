// @ts-check
/** Searching an index: what the search page and the header box ask for. No DOM but the loader's. */

import { isSingle } from './analyzer.js'
import { conditionLabels, fitsByText } from './conditions.js'
import { makeBrief } from './brief.js'
import { explain } from './explain.js'
import { cleanFilters, facetGroups, filterMasks } from './facet_counts.js'
import { FITS, MAY_FIT } from './fitting.js'
import { pagesNamed } from './found_pages.js'
import { openLibrary } from './library.js'
import { scriptLoader } from './loader.js'
import { isSameType, lookUp, lookUpLike, nearOf, wordsOf } from './look_up.js'
import { parse } from './query.js'
import { arranged, chosenNumbers, sameType } from './same_type.js'
import { suggest } from './spelling.js'
import { strip } from './strip.js'
import { secondLook } from './two_looks.js'

/** @typedef {import('./case_blocks.js').Card} Card */
/** @typedef {import('./explain.js').Explained} Explained */
/** @typedef {import('./facet_counts.js').FacetGroup} FacetGroup */
/** @typedef {import('./facet_counts.js').Filters} Filters */
/** @typedef {import('./library.js').Library} Library */
/** @typedef {import('./look_up.js').Found} Found */
/** @typedef {import('./query.js').Query} Query */
/** @typedef {import('./ranking.js').Ranked} Ranked */
/** @typedef {import('./same_type.js').Choice} Choice */
/** @typedef {import('./same_type.js').SameType} SameType */
/**
 * @typedef {object} Request
 * @property {string} text
 * @property {string} [like] id of a case: cases like it instead of those of a text
 * @property {Choice | null} [choice] what the reader took out and kept of same-type cases
 * @property {Record<string, unknown>} [filters]
 * @property {'relevance' | 'newest' | 'amount'} [sort]
 * @property {number} [offset]
 * @property {number} [limit]
 */
/** @typedef {{id: string, caseNo: number, href: string, score: number, card: Card}} Hit */
/**
 * @typedef {object} Result
 * @property {'all' | 'id' | 'words' | 'complaint' | 'like'} kind
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
 * Where results lead.
 *
 * @typedef {object} Addresses
 * @property {(id: string) => string} ofCase
 * @property {(path: string) => string} ofPage a page as the index names it
 */
/**
 * What stands behind a result.
 *
 * @typedef {object} Behind
 * @property {Found} found
 * @property {Filters} filters
 * @property {Ranked[]} ordered before the reader's choice
 * @property {import('./same_type.js').ChosenNumbers} chosen
 */

const SITE_ROOT = '../../' // from the folder of the index
const MOST_LOOKED_INTO = 200 // cases whose text is read to tell whether a phrase is there
/** @type {Choice} */
const NOTHING_CHOSEN = { removed: [], pinned: [] }
const SHORT_WORD = 4 // code points; a longer run is rather a phrase than a misspelt word

/**
 * Open the index below an address.
 *
 * @param {string} base folder of the manifest, with a slash at its end
 * @param {import('./loader.js').Load} [load]
 * @param {Addresses} [addresses] those of a site's pages unless given
 * @returns {Promise<Engine>} rejects with `IndexFault`
 */
export async function openIndex(base, load = scriptLoader(document), addresses = inSite(base)) {
  return new Engine(await openLibrary(base, load), addresses)
}

/** @param {string} base @returns {Addresses} */
function inSite(base) {
  const root = new URL(SITE_ROOT, base).href
  return { ofCase: (id) => `${root}cases/${id}.html`, ofPage: (path) => root + path }
}

/** Answers queries from one index. */
export class Engine {
  #library
  #addresses
  /** @type {WeakMap<Result, Behind>} */
  #behind = new WeakMap()
  /** @type {{key: string, found: Promise<Found>} | null} the last text: filters and pages go on from it */
  #last = null

  /** @param {Library} library @param {Addresses} addresses */
  constructor(library, addresses) {
    this.#library = library
    this.#addresses = addresses
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
  async search({ text, like = '', choice, filters: asked = {}, ...rest }) {
    const { sort = 'relevance', offset = 0, limit = 10 } = rest
    const filters = cleanFilters(asked)
    const found = await this.#find(text, like)
    const masks = [...(await filterMasks(filters, this.#library)).values()]
    const passes = (/** @type {Ranked} */ { caseNo }) => masks.every((mask) => mask[caseNo] === FITS)
    const passing = masks.length ? found.look.hits.filter(passes) : found.look.hits
    const near = await this.#ordered(found, passing, sort)
    const chosen = await chosenNumbers(this.#library, choice ?? NOTHING_CHOSEN)
    const isArranged = Boolean(choice) && sort === 'relevance' && isSameType(found)
    const ordered = isArranged ? await arranged(this.#library, near, chosen) : near
    const { hits, rejected, isUnsure } = await this.#checked(found, ordered, offset, limit)
    const cards = await Promise.all(hits.map(({ caseNo }) => this.#library.blocks.card(caseNo)))
    const total = ordered.length - rejected
    const suggestion = await this.#suggestion(found, total, filters)
    /** @type {Result} */
    const result = {
      kind: found.like === null ? kindOf(found.query) : 'like',
      hits: hits.map((hit, at) => ({
        ...hit,
        id: cards[at].id,
        href: this.caseAddress(cards[at].id),
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
    this.#behind.set(result, { found, filters, ordered: near, chosen })
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
    const { weights } = found.look
    return Promise.all(
      result.hits.map(async ({ caseNo }) =>
        explain(library, await library.blocks.text(caseNo), weights),
      ),
    )
  }

  /**
   * Return what the cases of a pasted complaint, or those like a case, say of it: likely type,
   * how each hit is like it, what they add up to. Null for other results.
   *
   * @param {Result} result
   * @returns {Promise<SameType | null>} rejects with `IndexFault`
   */
  async sameType(result) {
    const { found, ordered, chosen } = this.#of(result)
    if (!isSameType(found)) return null
    const start = {
      story: found.like === null ? wordsOf(found) : '',
      amount: found.query.ticket?.amount ?? null,
      weights: found.look.weights,
      near: await nearOf(this.#library, found),
      itself: found.like,
    }
    const shown = result.hits.map(({ caseNo }) => caseNo)
    return sameType(this.#library, start, ordered, shown, chosen)
  }

  /** Return case number -> id. @param {number[]} numbers */
  async idsOf(numbers) {
    const { blocks } = this.#library
    const cards = await Promise.all(numbers.map((caseNo) => blocks.card(caseNo)))
    return new Map(numbers.map((caseNo, at) => [caseNo, cards[at].id]))
  }

  /** Return the address of a case's page. @param {string} id */
  caseAddress(id) {
    return this.#addresses.ofCase(id)
  }

  /**
   * Return the brief for what `sameType` said of a result.
   *
   * @param {Result} result
   * @param {SameType} told
   * @param {import('./brief.js').Days} days
   */
  brief(result, told, days) {
    const { found } = this.#of(result)
    const searched = {
      shown: result.hits.map(({ caseNo }) => caseNo),
      caseId: found.like === null ? null : found.query.text,
      conditions: result.conditions,
      total: result.total,
      atLeast: result.atLeast,
    }
    return makeBrief(this.#library, told, searched, days)
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

  /** @param {string} text @param {string} like @returns {Promise<Found>} */
  #find(text, like) {
    const key = like ? `\0${like}` : text
    if (this.#last?.key === key) return this.#last.found
    const found = like ? lookUpLike(this.#library, like) : lookUp(this.#library, text)
    this.#last = { key, found }
    found.catch(() => {
      if (this.#last?.found === found) this.#last = null // so that it can be tried again
    })
    return found
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
    if (hits === found.look.hits) return nearOf(this.#library, found)
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
      href: this.#addresses.ofPage(path),
    }))
  }
}

/** @param {Query} query @returns {Result['kind']} */
function kindOf(query) {
  if (query.caseId) return 'id'
  if (query.ticket) return 'complaint'
  return strip(query.text) ? 'words' : 'all'
}
