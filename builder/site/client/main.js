// @ts-check
/** What runs on every page: the box in the header, the box on the home page, the search page. */

import { openIndex } from './engine.js'
import { startHeaderBox } from './header_box.js'
import { listenForKeys } from './keys.js'
import { startMinutesForm } from './minutes_form.js'
import { keepOffline } from './offline.js'
import { startSearchPage } from './search_page.js'
import { ROOT, SEARCH_PAGE, engine, searchFor } from './site.js'
import { startSlides } from './slides.js'

const header = /** @type {HTMLFormElement | null} */ (document.querySelector('[data-cb-box]'))
const home = /** @type {HTMLFormElement | null} */ (document.querySelector('[data-cb-find]'))
const page = document.getElementById('cb-search')

if (header) startHeaderBox(header)
if (home) {
  const field = /** @type {HTMLTextAreaElement} */ (home.querySelector('textarea'))
  home.addEventListener('submit', (event) => {
    event.preventDefault()
    searchFor(field.value)
  })
  field.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
    event.preventDefault()
    searchFor(field.value)
  })
}
if (page) {
  const bare = location.pathname + location.search
  startSearchPage({ engine, leaves: true, bare, isAsked: () => true })
}
const deck = document.getElementById('cb-slides')
if (deck) startSlides(deck)
const minutes = /** @type {HTMLFormElement | null} */ (document.getElementById('cb-minutes'))
if (minutes) startMinutesForm(minutes)

listenForKeys(
  () =>
    [document.getElementById('cb-q'), home?.querySelector('textarea'), header?.querySelector('input')]
      .find((field) => field && field.offsetParent !== null) ?? null,
  () => {
    location.href = SEARCH_PAGE
  },
)

keepOffline(ROOT)

/** For measuring, and for pages that want to search by themselves. */
Object.assign(window, { casebook: { open: openIndex, engine } })
