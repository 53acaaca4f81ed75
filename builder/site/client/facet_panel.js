// @ts-check
/** The facets of a result as groups of boxes to tick, and the chosen ones as pills. */

import { el } from './dom.js'

/** @typedef {import('./facet_counts.js').FacetGroup} FacetGroup */
/** @typedef {import('./facet_counts.js').FacetValue} FacetValue */
/** @typedef {(facet: string, id: string, isChosen: boolean) => void} Choose */

const SHOWN = 6

/** @type {Set<string>} groups that the reader has unfolded */
const unfolded = new Set()

/**
 * @param {FacetGroup[]} groups
 * @param {Choose} choose
 */
export function facetPanel(groups, choose) {
  return groups.map((group) => groupElement(group, choose))
}

/**
 * @param {FacetGroup[]} groups
 * @param {Choose} choose
 * @param {() => void} clearAll
 */
export function pills(groups, choose, clearAll) {
  const chosen = groups.flatMap(({ name, title, values }) =>
    values.filter(({ selected }) => selected).map((value) => ({ name, title, ...value })),
  )
  const buttons = chosen.map(({ name, title, id, label }) =>
    el(
      'li',
      {},
      el(
        'button',
        {
          type: 'button',
          class: 'cb-pill',
          'aria-label': `去掉筛选条件 ${title}：${label}`,
          click: () => choose(name, id, false),
        },
        `${title}：${label}`,
        el('span', { class: 'cb-pill__off', 'aria-hidden': 'true' }, '×'),
      ),
    ),
  )
  if (chosen.length > 1) {
    const all = { type: 'button', class: 'cb-pill cb-pill--all', click: clearAll }
    buttons.push(el('li', {}, el('button', all, '清除全部')))
  }
  return buttons
}

/** @param {FacetGroup} group @param {Choose} choose */
function groupElement({ name, title, values }, choose) {
  const rows = inOrder(values)
  const list = el('ul', { class: 'cb-facet__values' })
  const fill = () => {
    const shown = unfolded.has(name)
      ? rows
      : rows.filter(({ value }, place) => place < SHOWN || value.selected)
    list.replaceChildren(...shown.map(({ value, level }) => row(name, value, level, choose)))
  }
  fill()
  const more = el('button', { type: 'button', class: 'cb-facet__more' })
  const label = () => {
    more.textContent = unfolded.has(name) ? '收起' : `更多（共 ${rows.length} 项）`
    more.setAttribute('aria-expanded', String(unfolded.has(name)))
  }
  more.addEventListener('click', () => {
    if (!unfolded.delete(name)) unfolded.add(name)
    fill()
    label()
  })
  label()
  return el(
    'fieldset',
    { class: 'cb-facet', 'data-facet': name },
    el('legend', {}, title),
    list,
    rows.length > SHOWN && more,
  )
}

/**
 * Return values with their children under them.
 *
 * @param {FacetValue[]} values
 * @returns {{value: FacetValue, level: number}[]}
 */
function inOrder(values) {
  const ids = new Set(values.map(({ id }) => id))
  const isTop = (/** @type {FacetValue} */ { parent }) => !parent || !ids.has(parent)
  return values.filter(isTop).flatMap((value) => [
    { value, level: 0 },
    ...values
      .filter(({ parent }) => parent === value.id && ids.has(parent))
      .map((child) => ({ value: child, level: 1 })),
  ])
}

/** @param {string} name @param {FacetValue} value @param {number} level @param {Choose} choose */
function row(name, { id, label, count, selected }, level, choose) {
  const box = el('input', {
    type: 'checkbox',
    value: id,
    change: (event) => choose(name, id, event.target.checked),
  })
  box.checked = selected
  return el(
    'li',
    { class: level ? 'cb-facet__child' : '' },
    el('label', {}, box, el('span', {}, label), el('span', { class: 'cb-count' }, String(count))),
  )
}
