// @ts-check
/** The search page: what is typed and ticked becomes hits, and an address to come back to. */

import { emptyState, readAddress, writeAddress } from './address.js'
import { byId, el } from './dom.js'
import { facetPanel, pills } from './facet_panel.js'
import { fillIn, hitCard } from './hit_card.js'
import { IndexFault } from './loader.js'
import { remember, takeOver } from './remembered.js'
import { SameTypePanel } from './same_type_panel.js'
import { fillStart, startPanel } from './start_panel.js'
import * as states from './states.js'
import { isLong } from './term_choice.js'
import { isComposing, onTyped } from './typing.js'

/** @typedef {import('./address.js').State} State */
/** @typedef {import('./engine.js').Result} Result */

const PAGE = 10 // hits
const MANY = 300 // hits beyond which filters are worth pointing out
const WIDE = '(min-width: 60em)'

/**
 * Where a search page stands: a page of a site, or a part of the one file.
 *
 * @typedef {object} Place
 * @property {() => Promise<import('./engine.js').Engine>} engine
 * @property {boolean} leaves opening a case leaves this page, and with it a pasted complaint
 * @property {string} bare address of the page where nothing is asked for
 * @property {(hash: string) => boolean} isAsked whether an address is one of a search
 */

/** @param {Place} place */
export function startSearchPage(place) {
  new SearchPage(place).start()
}

/** The page and its state. */
class SearchPage {
  #place
  #field = byId('cb-q')
  #state = emptyState()
  #asked = 0 // answers to older questions are dropped
  /** @type {string} the pasted text: kept here and nowhere else */
  #pasted = ''
  #running = Promise.resolve()
  #wide = window.matchMedia(WIDE)
  #wasAsked = false
  #sameType

  /** @param {Place} place */
  constructor(place) {
    this.#place = place
    this.#sameType = new SameTypePanel(() => this.#run(), place.leaves)
  }

  start() {
    const now = onTyped(this.#field, (text) => this.#typed(text))
    this.#field.addEventListener('input', () => this.#fit())
    this.#field.addEventListener('keydown', (/** @type {KeyboardEvent} */ event) => this.#key(event, now))
    byId('cb-ask').addEventListener('submit', (/** @type {Event} */ event) => {
      event.preventDefault()
      now()
      this.#commit()
    })
    byId('cb-clear').addEventListener('click', () => {
      this.#searchFor('')
      this.#field.focus()
    })
    byId('cb-sort').addEventListener('change', (/** @type {any} */ event) => {
      this.#change({ ...this.#state, sort: event.target.value, pages: 1 }, true)
    })
    byId('cb-more').addEventListener('click', () => this.#showMore())
    byId('cb-list').addEventListener('keydown', (/** @type {KeyboardEvent} */ event) => this.#walk(event))
    window.addEventListener('popstate', () => this.#restore())
    window.addEventListener('hashchange', () => this.#restore())
    this.#wide.addEventListener('change', () => this.#unfold())
    byId('cb-facets').addEventListener('toggle', () => {
      if (byId('cb-facets').open && !this.#isAsked) this.#run()
    })
    startPanel(this.#searchFor)
    this.#takeFirst()
  }

  /** Search for a text from anew. @param {string} text */
  #searchFor = (text) => {
    this.#field.value = text
    this.#fit()
    this.#sameType.reset()
    this.#change({ ...emptyState(), text, isLong: isPasted(text) }, true)
  }

  /** Begin with what another page handed over, or with the address. */
  #takeFirst() {
    const handed = takeOver()
    const state = readAddress(location.hash)
    if (handed && state.isLong) this.#pasted = handed
    this.#show(state)
    if (!state.text && !state.isLong && this.#wide.matches) this.#field.focus()
  }

  #restore() {
    if (!this.#place.isAsked(location.hash)) return
    const state = readAddress(location.hash)
    if (writeAddress(state) !== writeAddress(this.#state)) this.#show(state)
  }

  /** Put a state from an address on the page. @param {State} state */
  #show(state) {
    this.#sameType.reset()
    this.#field.value = state.isLong ? this.#pasted : state.text
    this.#fit()
    this.#state = state
    this.#run()
  }

  /** @param {string} text */
  #typed(text) {
    if (text === (this.#state.isLong ? this.#pasted : this.#state.text)) return
    const { filters, sort } = this.#state
    this.#sameType.reset()
    this.#change({ text, like: '', isLong: isPasted(text), filters, sort, pages: 1 }, false)
  }

  /**
   * @param {State} state
   * @param {boolean} isStep worth coming back to with the back button
   */
  #change(state, isStep) {
    this.#pasted = state.isLong ? state.text : ''
    this.#state = { ...state, text: state.isLong ? '' : state.text }
    if (isStep) history.pushState(null, '', this.#address)
    else history.replaceState(null, '', this.#address)
    this.#run()
  }

  /** The reader is content with what is typed: worth coming back to, worth remembering. */
  #commit() {
    if (this.#state.isLong) return
    remember(this.#state.text)
    history.pushState(null, '', this.#address)
  }

  /** @param {string} facet @param {string} id @param {boolean} isChosen */
  #choose = (facet, id, isChosen) => {
    const others = (this.#state.filters[facet] ?? []).filter((one) => one !== id)
    const filters = { ...this.#state.filters, [facet]: isChosen ? [...others, id] : others }
    this.#change({ ...this.#state, text: this.#text, filters, pages: 1 }, true)
  }

  #clearFilters = () => {
    this.#change({ ...this.#state, text: this.#text, filters: {}, pages: 1 }, true)
  }

  get #text() {
    return this.#state.isLong ? this.#pasted : this.#state.text
  }

  /** A pasted complaint is kept nowhere, and a page opened from a folder has lost it on return. */
  get #opensApart() {
    return this.#place.leaves && (this.#state.isLong || Boolean(this.#state.like))
  }

  get #isFiltered() {
    return Object.values(this.#state.filters).some((ids) => ids.length)
  }

  get #isAsked() {
    return Boolean(this.#text.trim() || this.#state.like) || this.#isFiltered
  }

  /** Filters stand open beside hits where there is room; before a question they cost a wait. */
  #unfold() {
    byId('cb-facets').open = this.#isAsked && this.#wide.matches
  }

  async #showMore() {
    const first = this.#state.pages * PAGE
    this.#change({ ...this.#state, text: this.#text, pages: this.#state.pages + 1 }, false)
    await this.#running
    byId('cb-list').children[first]?.querySelector('a')?.focus()
  }

  #run() {
    this.#running = this.#answer()
  }

  /** Ask the engine and show what it answers, unless something else was asked meanwhile. */
  async #answer() {
    this.#asked += 1
    const mine = this.#asked
    const isStale = () => mine !== this.#asked
    const { filters, sort, pages, like, isLong: wasPasted } = this.#state
    const { choice } = this.#sameType
    const text = this.#text
    byId('cb-sort').value = sort
    if (wasPasted && !text) return this.#say('ready', states.pasteAgain())
    if (document.body.dataset.cbState === undefined) this.#say('loading', states.loading())
    byId('cb-search').setAttribute('aria-busy', 'true')
    try {
      const opened = await this.#place.engine()
      const result = await opened.search({ text, like, choice, filters, sort, limit: pages * PAGE })
      if (isStale()) return
      this.#settle(text, result.kind === 'complaint')
      this.#put(result)
      if (!this.#isAsked) opened.prepare()
      if (!this.#isAsked && !byId('cb-facets').open) return
      const [groups, explained, told] = await Promise.all([
        opened.facets(result),
        opened.explain(result),
        opened.sameType(result),
      ])
      if (isStale()) return
      this.#putFacets(groups)
      const items = byId('cb-list').children
      explained.forEach((one, at) => fillIn(/** @type {HTMLElement} */ (items[at]), one))
      if (told && result.hits.length) await this.#sameType.put(opened, result, told)
      else this.#sameType.hide()
    } catch (error) {
      if (isStale()) return
      if (!(error instanceof IndexFault)) throw error
      this.#say('failed', states.failed(error, () => this.#run()))
    } finally {
      if (!isStale()) byId('cb-search').removeAttribute('aria-busy')
    }
  }

  /**
   * Keep a complaint out of the address, and a long query that is none in it: which of the
   * two a text is, is known for sure only now.
   *
   * @param {string} text
   * @param {boolean} isComplaint
   */
  #settle(text, isComplaint) {
    if (this.#state.isLong === isComplaint) return
    this.#pasted = isComplaint ? text : ''
    this.#state = { ...this.#state, isLong: isComplaint, text: isComplaint ? '' : text }
    history.replaceState(null, '', this.#address)
  }

  get #address() {
    return writeAddress(this.#state) || this.#place.bare
  }

  /** @param {Result} result */
  #put(result) {
    const isAsked = this.#isAsked
    if (isAsked !== this.#wasAsked) {
      this.#wasAsked = isAsked
      this.#unfold()
    }
    const notes = [
      ...result.hints,
      result.kind === 'complaint' && '按整段诉求查找同类案例；粘贴的文字不离开这台设备，也不保存。',
      result.kind === 'like' && `和 ${this.#state.like} 同类的案例，最像的在前。`,
      result.ticket && states.ticketLine(result.ticket),
    ].filter(Boolean)
    byId('cb-notes').replaceChildren(...notes.map((note) => el('p', {}, String(note))))
    byId('cb-conditions').replaceChildren(...result.conditions.map((one) => el('li', {}, one)))
    byId('cb-pages').replaceChildren(
      ...result.pages.map(({ title, href }) => el('li', {}, el('a', { href }, title))),
    )
    byId('cb-pages-block').hidden = !result.pages.length
    byId('cb-start').hidden = isAsked
    if (!isAsked) fillStart(this.#searchFor)
    byId('cb-print').textContent = `查找：${this.#text.trim() || (this.#state.like && `和 ${this.#state.like} 同类`) || '全部案例'}`
    if (!result.hits.length) {
      const isFiltered = this.#isFiltered
      const acts = { clearFilters: this.#clearFilters, searchFor: this.#searchFor }
      return this.#say('none', states.nothingFound(result, isFiltered, acts))
    }
    document.body.dataset.cbState = isAsked ? 'results' : 'ready'
    byId('cb-mean').replaceChildren(states.didYouMean(result, this.#searchFor) ?? '')
    byId('cb-message').replaceChildren()
    byId('cb-found').hidden = false
    byId('cb-status').textContent = isAsked ? countInWords(result) : `共 ${result.total} 个案例，最近的在前`
    byId('cb-list').replaceChildren(
      ...result.hits.map((hit) => hitCard(hit, this.#opensApart)),
    )
    byId('cb-more').hidden = result.hits.length >= result.total
  }

  /** @param {import('./facet_counts.js').FacetGroup[]} groups */
  #putFacets(groups) {
    const chosen = pills(groups, this.#choose, this.#clearFilters)
    byId('cb-pills').replaceChildren(...chosen)
    const count = Object.values(this.#state.filters).flat().length
    byId('cb-facets-title').textContent = count ? `筛选（已选 ${count} 项）` : '筛选'
    const focused = /** @type {HTMLInputElement | null} */ (document.activeElement)
    const group = focused?.closest('[data-facet]')?.getAttribute('data-facet')
    byId('cb-facet-groups').replaceChildren(...facetPanel(groups, this.#choose))
    if (!group) return
    for (const box of document.querySelectorAll(`[data-facet="${group}"] input`)) {
      if (/** @type {HTMLInputElement} */ (box).value === focused?.value) {
        /** @type {HTMLInputElement} */ (box).focus() // ticking must not lose one's place
      }
    }
  }

  /**
   * Show a message in place of hits.
   *
   * @param {'loading' | 'ready' | 'none' | 'failed'} state
   * @param {HTMLElement} message
   */
  #say(state, message) {
    document.body.dataset.cbState = state
    byId('cb-found').hidden = !(state === 'none' && this.#isFiltered)
    byId('cb-list').replaceChildren()
    byId('cb-mean').replaceChildren()
    byId('cb-more').hidden = true
    byId('cb-status').textContent = ''
    this.#sameType.hide()
    byId('cb-message').replaceChildren(message)
  }

  /** @param {KeyboardEvent} event @param {() => void} now */
  #key(event, now) {
    if (isComposing(event)) return
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault()
      now()
      this.#commit()
    } else if (event.key === 'Escape') {
      if (this.#field.value) this.#searchFor('')
      else this.#field.blur()
    } else if (event.key === 'ArrowDown' && !this.#field.value.includes('\n')) {
      const first = byId('cb-list').querySelector('h2 a')
      if (!first) return
      event.preventDefault()
      first.focus()
    }
  }

  /** Arrows go from hit to hit, and back to the field. @param {KeyboardEvent} event */
  #walk(event) {
    if (event.key === 'Escape') return this.#field.focus()
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return undefined
    const links = [...byId('cb-list').querySelectorAll('h2 a')]
    const at = links.indexOf(document.activeElement)
    if (at < 0) return undefined
    event.preventDefault()
    const next = links[at + (event.key === 'ArrowDown' ? 1 : -1)]
    return (next ?? (event.key === 'ArrowUp' ? this.#field : links[at])).focus()
  }

  /** Let the field grow with what is in it. */
  #fit() {
    byId('cb-clear').hidden = !this.#field.value
    this.#field.style.height = 'auto'
    this.#field.style.height = `${this.#field.scrollHeight + 2}px`
  }
}

/** @param {string} text */
function isPasted(text) {
  return isLong(text.trim()) || text.trim().includes('\n')
}

/** @param {Result} result */
function countInWords({ total, atLeast, atMost, kind }) {
  const count = `${atLeast ? '至少 ' : atMost ? '至多 ' : ''}${total.toLocaleString('en')} 个案例`
  if (kind === 'complaint' || kind === 'like') return `${count}有相同之处，最像的在前`
  if (kind === 'id') return '这个编号的案例'
  return total > MANY ? `找到 ${count}，可以用筛选缩小范围` : `找到 ${count}`
}
