// @ts-check
/** The form that writes minutes in the browser and hands them over as a file. Nothing is kept. */

import { byId, el } from './dom.js'
import { engine } from './site.js'
import { faultsOf, idsIn, minutesText } from './minutes_file.js'

/** @typedef {import('./minutes_file.js').Minutes} Minutes */

const SUGGESTED = 5
const WEEK = 7 * 86_400_000

/** Make the form work. @param {HTMLFormElement} form */
export function startMinutesForm(form) {
  new MinutesForm(form).start()
}

class MinutesForm {
  #form
  /** @type {Set<string>} */
  #known = new Set()

  /** @param {HTMLFormElement} form */
  constructor(form) {
    this.#form = form
    for (const id of (form.dataset.cases ?? '').split(' ')) if (id) this.#known.add(id)
  }

  start() {
    if (!byId('cb-m-date').value) byId('cb-m-date').value = nextTuesday(new Date())
    this.#form.addEventListener('input', () => this.#check())
    this.#form.addEventListener('submit', (event) => {
      event.preventDefault()
      this.#save()
    })
    byId('cb-m-add').addEventListener('click', () => {
      this.#addAction()
      this.#check()
    })
    byId('cb-m-find').addEventListener('input', () => this.#suggest())
    this.#addAction()
    this.#form.hidden = false
    this.#check()
  }

  #addAction() {
    const rows = byId('cb-m-actions')
    const number = rows.children.length + 1
    const field = (/** @type {string} */ label, /** @type {string} */ name, /** @type {string} */ type) =>
      el('label', {}, label, el('input', { type, 'data-action': name, 'aria-label': `整改第 ${number} 项，${label}` }))
    rows.append(
      el('div', { class: 'cb-form__action' }, field('做什么', 'what', 'text'), field('谁负责（角色）', 'owner', 'text'), field('哪天前', 'due', 'date')),
    )
  }

  /** @returns {Minutes} */
  #minutes() {
    const lines = (/** @type {string} */ id) =>
      byId(id).value.split('\n').map((/** @type {string} */ line) => line.trim()).filter(Boolean)
    const actions = [...byId('cb-m-actions').children].map((row) => {
      const value = (/** @type {string} */ name) => row.querySelector(`[data-action=${name}]`).value.trim()
      return { what: value('what'), owner: value('owner'), due: value('due') }
    })
    return {
      date: byId('cb-m-date').value,
      title: byId('cb-m-title').value,
      host: byId('cb-m-host').value.trim(),
      audience: 'internal',
      cases: idsIn(byId('cb-m-cases').value),
      lessons: lines('cb-m-lessons'),
      weaknesses: lines('cb-m-weak'),
      actions: actions.filter(({ what, owner, due }) => what || owner || due),
      body: byId('cb-m-body').value,
    }
  }

  #check() {
    const faults = faultsOf(this.#minutes(), this.#known)
    byId('cb-m-faults').replaceChildren(...faults.map((fault) => el('li', {}, fault)))
    byId('cb-m-save').disabled = faults.length > 0
    byId('cb-m-state').textContent = faults.length ? `还差 ${faults.length} 处：` : '可以存了。'
  }

  #save() {
    const minutes = this.#minutes()
    if (faultsOf(minutes, this.#known).length) return
    const file = new Blob([minutesText(minutes)], { type: 'text/markdown' })
    const address = URL.createObjectURL(file)
    const link = el('a', { href: address, download: `${minutes.date}.md` })
    document.body.append(link)
    link.click()
    link.remove()
    setTimeout(() => URL.revokeObjectURL(address), 60_000)
    byId('cb-m-state').textContent = `已存成 ${minutes.date}.md，请放进 docs/study 文件夹。`
  }

  /** Suggest cases for words, and take the one that is chosen into the list. */
  async #suggest() {
    const text = byId('cb-m-find').value.trim()
    const list = byId('cb-m-found')
    if (!text) return list.replaceChildren()
    const opened = await engine()
    const { hits } = await opened.search({ text, limit: SUGGESTED })
    if (byId('cb-m-find').value.trim() !== text) return undefined
    return list.replaceChildren(
      ...hits.map(({ id, card }) =>
        el('li', {}, el('button', { type: 'button', class: 'cb-pill', click: () => this.#take(id) }, `${id} ${card.title}`)),
      ),
    )
  }

  /** @param {string} id */
  #take(id) {
    const field = byId('cb-m-cases')
    field.value = [...idsIn(field.value).filter((one) => one !== id), id].join(' ')
    byId('cb-m-find').value = ''
    byId('cb-m-found').replaceChildren()
    byId('cb-m-find').focus()
    this.#check()
  }
}

/** Return this day if it is a Tuesday, else the next one, as the device has it. @param {Date} now */
function nextTuesday(now) {
  const days = (9 - now.getDay()) % 7
  const day = new Date(now.getTime() + (days * WEEK) / 7)
  const two = (/** @type {number} */ part) => String(part).padStart(2, '0')
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`
}
