// @ts-check
/** What the search page says when it has no list of hits: the cause, and what to do. */

import { el } from './dom.js'

/** @typedef {(text: string) => void} SearchFor */

/** @param {...import('./dom.js').Child} children */
function block(...children) {
  return el('div', { class: 'cb-state' }, ...children)
}

/** @param {string} label @param {() => void} act */
function action(label, act) {
  return el('button', { type: 'button', class: 'cb-button', click: act }, label)
}

export function loading() {
  return block(el('p', {}, '正在打开检索数据……'))
}

/** @param {{message: string}} fault @param {() => void} again */
export function failed({ message }, again) {
  return block(
    el('p', {}, el('strong', {}, '现在不能查找。'), message),
    el('p', {}, action('重试', again)),
  )
}

/** The text of a pasted complaint is kept nowhere, so it is not here after a reload. */
export function pasteAgain() {
  return block(
    el('p', {}, el('strong', {}, '粘贴的诉求没有保存。'), '为了不留下当事人的信息，它只在打开的页面里，请在上面重新粘贴。'),
  )
}

/**
 * @param {import('./engine.js').Result} result
 * @param {boolean} isFiltered
 * @param {{clearFilters: () => void, searchFor: SearchFor}} acts
 */
export function nothingFound(result, isFiltered, { clearFilters, searchFor }) {
  const tips = [
    '换短一些、常见一些的词，如“退卡”“跑路”；',
    '去掉引号和“-”，或者少写几个条件；',
    '把整段诉求粘贴进来，按同类案例查找。',
  ]
  return block(
    el('p', {}, el('strong', {}, '没有找到案例。'), isFiltered && '筛选条件可能太窄。'),
    isFiltered && el('p', {}, action('去掉筛选条件再找', clearFilters)),
    didYouMean(result, searchFor),
    el('p', {}, '可以这样再试：'),
    el('ul', {}, ...tips.map((tip) => el('li', {}, tip))),
  )
}

/** @param {import('./engine.js').Result} result @param {SearchFor} searchFor */
export function didYouMean({ suggestion, suggestionKind }, searchFor) {
  if (!suggestion) return null
  const asked = suggestionKind === 'pinyin' ? '按拼音，您要找的可能是：' : '您要找的是不是：'
  const again = { type: 'button', class: 'cb-link', click: () => searchFor(suggestion) }
  return el('p', { class: 'cb-mean' }, asked, el('button', again, suggestion))
}

/** What was read from a pasted ticket. @param {NonNullable<import('./engine.js').Result['ticket']>} ticket */
export function ticketLine({ amount, claims, occurred, merchantRemoved }) {
  const read = [
    amount && `金额 ${amount} 元`,
    occurred && `时间 ${occurred}`,
    claims.length && `诉求 ${claims.slice(0, 3).join('、')}`,
    merchantRemoved && '商户名称已略去',
  ].filter(Boolean)
  return read.length ? `从工单里读到：${read.join('；')}。` : ''
}
