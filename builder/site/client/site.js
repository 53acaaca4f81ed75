// @ts-check
/** Where things are, seen from the page that this script is on. */

import { writeAddress, emptyState } from './address.js'
import { openIndex } from './engine.js'
import { handOver } from './remembered.js'
import { isLong } from './term_choice.js'

const script = /** @type {HTMLScriptElement | null} */ (document.currentScript)
// From assets/casebook/search.js up to the folder of the site.
export const ROOT = new URL('../../', script?.src ?? document.baseURI)

export const SEARCH_PAGE = new URL('search/index.html', ROOT).href
export const INDEX = new URL('assets/search/', ROOT).href

/** @type {Promise<import('./engine.js').Engine> | null} */
let opened = null

/** Return the engine; a failure is forgotten, so that it can be tried again. */
export function engine() {
  if (!opened) {
    opened = openIndex(INDEX)
    opened.catch(() => {
      opened = null
    })
  }
  return opened
}

/** Go to the search page with a text. @param {string} text */
export function searchFor(text) {
  const isPasted = isLong(text) || text.includes('\n')
  if (isPasted) handOver(text)
  location.href = SEARCH_PAGE + writeAddress({ ...emptyState(), text, isLong: isPasted })
}
