// @ts-check
/**
 * The views of the one file: its address says which one is shown. `#SL-2026-0001` is a case,
 * `#SL-2026-0001.facts` a section of it, `#types` a list; what a search asks for, and nothing,
 * is the search. Without scripts the views stand one below the other, and the same addresses
 * lead to the same places.
 */

import { readAddress, writeAddress } from './address.js'

const SHOWN = 'cb-shown'
const CASE_ID = /^[A-Z]{1,8}-[0-9]{4}-[0-9]{4}$/

/** Return whether an address is one of the search. @param {string} hash */
export function isSearch(hash) {
  return hash.length <= 1 || writeAddress(readAddress(hash)) !== ''
}

/** Shows one view at a time. */
export class Views {
  #search
  #shown
  /** @type {(() => void) | null} */
  #startSearch
  #title = document.title
  #isFollowing = true // a link leads to the top, the back button to where one was
  /** @type {Map<string, number>} how far down each address was read, in px */
  #places = new Map()

  /**
   * @param {HTMLElement} search the view that searches
   * @param {() => void} startSearch called once, when it is first shown
   */
  constructor(search, startSearch) {
    this.#search = search
    this.#shown = search
    this.#startSearch = startSearch
  }

  start() {
    history.scrollRestoration = 'manual'
    window.addEventListener('hashchange', () => this.#route())
    window.addEventListener('scroll', () => this.#places.set(location.hash, window.scrollY), {
      passive: true,
    })
    document.addEventListener('click', (event) => this.#clicked(event))
    this.#route()
  }

  /** @param {MouseEvent} event */
  #clicked(event) {
    const link = /** @type {Element} */ (event.target).closest('a[href^="#"]')
    if (!link) return
    this.#isFollowing = true
    if (link.hasAttribute('data-cb-skip')) {
      event.preventDefault()
      this.#focus()
    } else if (link.getAttribute('href') === (location.hash || '#')) {
      window.scrollTo(0, 0) // the address stays as it is, so nothing else would happen
    }
  }

  #route() {
    const { hash } = location
    const isFollowed = this.#isFollowing
    this.#isFollowing = false
    const target = isSearch(hash) ? this.#search : targetOf(hash)
    if (!target) return this.#missing(hash)
    const view = /** @type {HTMLElement} */ (target.closest('[data-cb-view]') ?? this.#search)
    const isOther = view !== this.#shown || !view.classList.contains(SHOWN)
    this.#show(view)
    if (!isFollowed) window.scrollTo(0, this.#places.get(hash) ?? 0)
    else if (target !== view) target.scrollIntoView()
    else if (isOther) window.scrollTo(0, 0)
    if (isFollowed && isOther && view !== this.#search) this.#focus()
    return undefined
  }

  /** @param {HTMLElement} view */
  #show(view) {
    this.#shown.classList.remove(SHOWN)
    view.classList.add(SHOWN)
    this.#shown = view
    const heading = view === this.#search ? '' : view.querySelector('h1')?.textContent
    document.title = heading ? `${heading} - ${this.#title}` : this.#title
    for (const link of document.querySelectorAll('[data-cb-nav]')) {
      if (link.getAttribute('data-cb-nav') === view.id) link.setAttribute('aria-current', 'page')
      else link.removeAttribute('aria-current')
    }
    if (view === this.#search) {
      this.#startSearch?.()
      this.#startSearch = null
    }
  }

  /** The search says that a case is not here. @param {string} hash */
  #missing(hash) {
    const id = hash.slice(1)
    this.#isFollowing = true
    location.replace(CASE_ID.test(id) ? `#q=${id}` : '#')
  }

  #focus() {
    const heading = /** @type {HTMLElement} */ (this.#shown.querySelector('h1') ?? this.#shown)
    heading.tabIndex = -1
    heading.focus({ preventScroll: true })
  }
}

/** @param {string} hash @returns {HTMLElement | null} */
function targetOf(hash) {
  try {
    return document.getElementById(decodeURIComponent(hash.slice(1)))
  } catch {
    return null // a stray %
  }
}
