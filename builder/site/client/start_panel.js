// @ts-check
/** What the search page shows before anything is typed: recent searches on this device. */

import { byId, el } from './dom.js'
import { forgetAll, recentSearches, remembers, setRemembers } from './remembered.js'

/** Fill in the recent searches. @param {(text: string) => void} searchFor */
export function fillStart(searchFor) {
  const texts = recentSearches()
  const buttons = texts.map((text) =>
    el('li', {}, el('button', { type: 'button', class: 'cb-pill', click: () => searchFor(text) }, text)),
  )
  byId('cb-recent').hidden = !texts.length
  byId('cb-recent-list').replaceChildren(...buttons)
}

/** Listen to the switch and to 清除, and to the examples. @param {(text: string) => void} searchFor */
export function startPanel(searchFor) {
  const box = byId('cb-remember')
  box.checked = remembers()
  box.addEventListener('change', () => {
    setRemembers(box.checked)
    box.checked = remembers() // storage may be switched off
    fillStart(searchFor)
  })
  byId('cb-forget').addEventListener('click', () => {
    forgetAll()
    fillStart(searchFor)
  })
  byId('cb-settings').hidden = false
  for (const example of document.querySelectorAll('[data-cb-example]')) {
    example.addEventListener('click', () => searchFor(example.textContent ?? ''))
  }
}
