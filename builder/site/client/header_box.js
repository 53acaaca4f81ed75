// @ts-check
/** The search box in the header of every page: suggestions as one types, Enter for all hits. */

import { el } from './dom.js'
import { IndexFault } from './loader.js'
import { engine, searchFor } from './site.js'
import { isLong } from './term_choice.js'
import { isComposing, onTyped } from './typing.js'

const MOST = 6

/** @param {HTMLFormElement} form */
export function startHeaderBox(form) {
  const field = /** @type {HTMLInputElement} */ (form.querySelector('input'))
  const list = /** @type {HTMLElement} */ (form.querySelector('[role=listbox]'))
  /** @type {HTMLElement[]} */
  let options = []
  let chosen = -1
  let asked = 0

  /** @param {Node[]} children */
  const show = (...children) => {
    list.replaceChildren(...children)
    list.hidden = !children.length
    field.setAttribute('aria-expanded', String(!list.hidden))
    choose(-1)
  }
  /** @param {number} place */
  const choose = (place) => {
    chosen = place
    options.forEach((option, at) => option.setAttribute('aria-selected', String(at === place)))
    if (place >= 0) field.setAttribute('aria-activedescendant', options[place].id)
    else field.removeAttribute('aria-activedescendant')
  }
  const close = () => {
    asked += 1
    options = []
    show()
  }
  /** @param {string} text */
  const suggest = async (text) => {
    if (!text.trim() || isLong(text)) return close()
    asked += 1
    const mine = asked
    try {
      const result = await (await engine()).search({ text, limit: MOST })
      if (mine !== asked) return
      options = [
        ...result.hits.map(({ href, card }, at) => option(at, href, card.title, card.types[0] ?? '')),
        ...result.pages.map(({ href, title }, at) =>
          option(result.hits.length + at, href, title, '页面'),
        ),
      ]
      if (options.length) show(...options)
      else show(remark('没有找到，按回车看看可以怎样再找。'))
    } catch (error) {
      if (mine !== asked) return
      if (!(error instanceof IndexFault)) throw error
      options = []
      show(remark(error.message))
    }
  }
  onTyped(field, (text) => {
    if (document.activeElement === field) suggest(text)
  })
  field.addEventListener('focus', () => {
    engine().catch(() => {}) // what is wrong is said when something is typed
  })
  field.addEventListener('keydown', (event) => {
    if (isComposing(event)) return
    if (event.key === 'Escape') {
      if (list.hidden) field.blur()
      close()
    } else if ((event.key === 'ArrowDown' || event.key === 'ArrowUp') && options.length) {
      event.preventDefault()
      const step = event.key === 'ArrowDown' ? 1 : -1
      choose(((chosen + step + 1 + options.length + 1) % (options.length + 1)) - 1)
    } else if (event.key === 'Enter' && chosen >= 0) {
      event.preventDefault()
      options[chosen].click()
    }
  })
  // A one-line field would paste a complaint's lines into one: it is taken as it came.
  field.addEventListener('paste', (event) => {
    const text = event.clipboardData?.getData('text') ?? ''
    if (!isLong(text) && !text.includes('\n')) return
    event.preventDefault()
    searchFor(text)
  })
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    searchFor(field.value)
  })
  list.addEventListener('mousedown', (event) => event.preventDefault()) // keeps the field focused
  form.addEventListener('focusout', (event) => {
    if (!form.contains(/** @type {Node | null} */ (event.relatedTarget))) close()
  })
}

/** @param {number} place @param {string} href @param {string} title @param {string} about */
function option(place, href, title, about) {
  const follow = () => {
    location.href = href
  }
  return el(
    'li',
    { role: 'option', id: `cb-box-option-${place}`, 'aria-selected': 'false', click: follow },
    title,
    about && el('span', { class: 'cb-note' }, about),
  )
}

/** @param {string} text */
function remark(text) {
  return el('li', { role: 'option', 'aria-disabled': 'true', class: 'cb-box__remark' }, text)
}
