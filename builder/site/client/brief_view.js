// @ts-check
/** The brief in place of the hits: dates to fill in, one page to print. Nothing is kept. */

import { byId, el } from './dom.js'

/** @typedef {import('./brief.js').Brief} Brief */
/** @typedef {import('./brief.js').Part} Part */
/** @typedef {import('./engine.js').Engine} Engine */
/** @typedef {import('./engine.js').Result} Result */
/** @typedef {import('./same_type.js').SameType} SameType */

const BRIEFING = 'cb-briefing' // on the body while a brief stands there

export class BriefView {
  /** @type {(() => Promise<void>) | null} */
  #draw = null

  constructor() {
    for (const id of ['cb-received', 'cb-accepted']) {
      byId(id).addEventListener('change', () => this.#draw?.())
    }
    byId('cb-brief-print').addEventListener('click', () => window.print())
    byId('cb-brief-close').addEventListener('click', () => {
      this.close()
      byId('cb-brief-open').focus()
    })
  }

  /** @param {Engine} engine @param {Result} result @param {SameType} told */
  async open(engine, result, told) {
    const received = byId('cb-received')
    const accepted = byId('cb-accepted')
    if (!received.value) received.value = today()
    this.#draw = async () => {
      const isLate = accepted.value && received.value && accepted.value < received.value
      byId('cb-brief-fault').textContent = isLate ? '受理早于收到，请核对两个日期。' : ''
      const days = {
        searched: today(),
        received: received.value || null,
        accepted: (!isLate && received.value && accepted.value) || null,
      }
      byId('cb-brief-sheet').replaceChildren(sheet(await engine.brief(result, told, days)))
    }
    await this.#draw()
    byId('cb-brief').hidden = false
    document.body.classList.add(BRIEFING)
    window.scrollTo(0, 0)
    byId('cb-received').focus()
  }

  close() {
    byId('cb-brief').hidden = true
    document.body.classList.remove(BRIEFING)
    this.#draw = null
  }
}

/** Return this day as the device has it. */
function today() {
  const now = new Date()
  const two = (/** @type {number} */ part) => String(part).padStart(2, '0')
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`
}

/** @param {Brief} brief */
function sheet({ title, parts }) {
  return el(
    'article',
    { class: 'cb-brief' },
    el('h1', {}, title),
    el('div', { class: 'cb-brief__parts' }, ...parts.map(partBlock)),
  )
}

/** @param {Part} part */
function partBlock({ id, title, kind, rows }) {
  const list =
    kind === 'checks'
      ? el('ul', { class: 'cb-brief__checks' }, ...rows.map(({ text }) => el('li', {}, text)))
      : el(
          'dl',
          { class: `cb-brief__${kind}` },
          ...rows.map(({ label, text }) =>
            el('div', {}, label && el('dt', {}, label), el('dd', {}, text)),
          ),
        )
  return el('section', { class: 'cb-brief__part', 'data-part': id }, el('h2', {}, title), list)
}
