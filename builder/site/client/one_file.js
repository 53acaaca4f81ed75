// @ts-check
/** What runs in the one-file edition: everything is in the page, the address says what is shown. */

import { embeddedLoader } from './embedded.js'
import { byId } from './dom.js'
import { openIndex } from './engine.js'
import { listenForKeys } from './keys.js'
import { startSearchPage } from './search_page.js'
import { putTools } from './tools.js'
import { Views, isSearch } from './views.js'

const addresses = {
  ofCase: (/** @type {string} */ id) => `#${id}`,
  ofPage: (/** @type {string} */ path) => `#${path}`,
}
const load = embeddedLoader(byId('cb-index'))
/** @type {Promise<import('./engine.js').Engine> | null} */
let opened = null
const engine = () => (opened ??= openIndex('', load, addresses))

const views = new Views(byId('search'), () =>
  startSearchPage({ engine, leaves: false, bare: '#', isAsked: isSearch }),
)
views.start()
listenForKeys(
  () => (byId('cb-q').offsetParent === null ? null : byId('cb-q')),
  () => {
    location.hash = ''
  },
)
putTools()
document.documentElement.classList.add('cb-ready')
