// @ts-check
/** The card of a hit: first what the index gives at once, then why it was found. */

import { el, marked } from './dom.js'

/** @typedef {import('./engine.js').Hit} Hit */
/** @typedef {import('./explain.js').Explained} Explained */

const WORDS_SHOWN = 4

/**
 * @param {Hit} hit
 * @param {boolean} apart whether the case opens in a tab of its own
 */
export function hitCard({ id, href, card }, apart) {
  /** @type {Record<string, string>} */
  const target = { href }
  if (apart) Object.assign(target, { target: '_blank', rel: 'noopener', title: '在新标签页打开' })
  const facts = [
    card.types.join('、'),
    card.industry,
    card.outcomes.join('、'),
    amountsInWords(card),
    monthInWords(card.date),
  ]
  return el(
    'li',
    { class: 'cb-hit', 'data-id': id },
    el('h2', { class: 'cb-card__title' }, el('a', target, card.title)),
    el('p', { class: 'cb-hit__snippet' }),
    el(
      'ul',
      { class: 'cb-card__facts' },
      el('li', { class: 'cb-id' }, id),
      card.sample && el('li', { class: 'cb-mark' }, '示例'),
      card.status !== '' && el('li', { class: 'cb-mark cb-mark--status' }, card.status),
      ...facts.filter(Boolean).map((fact) => el('li', {}, fact)),
    ),
    el('p', { class: 'cb-hit__why' }),
  )
}

/** Fill in why a hit was found. @param {HTMLElement} item @param {Explained} explained */
export function fillIn(item, { title, snippet, matched }) {
  const part = (/** @type {string} */ selector) =>
    /** @type {HTMLElement} */ (item.querySelector(selector))
  if (title.length) part('h2 a').replaceChildren(...marked(title))
  if (snippet) {
    const name = el('span', { class: 'cb-hit__section' }, snippet.name)
    part('.cb-hit__snippet').replaceChildren(name, ...marked(snippet.pieces))
  }
  if (!matched.length) return
  part('.cb-hit__why').textContent = `命中：${matched.slice(0, WORDS_SHOWN).map(inWords).join('；')}`
}

/** @param {[string, string[]]} match */
function inWords([word, sections]) {
  return `${word}（${sections.slice(0, 3).join('、')}${sections.length > 3 ? '等' : ''}）`
}

/** @param {import('./case_blocks.js').Card} card */
function amountsInWords({ disputed, claimed, recovered }) {
  if (disputed && recovered) return `争议 ${yuan(disputed)}，追回 ${yuan(recovered)}`
  if (disputed) return `争议 ${yuan(disputed)}`
  if (claimed) return `请求 ${yuan(claimed)}`
  return recovered && `追回 ${yuan(recovered)}`
}

/** Return a sum as people read it: 3600.00 is 3,600 元. @param {string} amount */
function yuan(amount) {
  const [whole, small = ''] = amount.split('.')
  const grouped = whole.replace(/\B(?=(?:\d{3})+$)/g, ',')
  return `${grouped}${/[1-9]/.test(small) ? `.${small.padEnd(2, '0')}` : ''} 元`
}

/** @param {string} date */
function monthInWords(date) {
  const [year, month] = date.split('-')
  return month ? `${year}年${Number(month)}月` : date && `${year}年`
}
