// @ts-check
/**
 * Same-type cases on the search page: the likely type, what the cases add up to, how each is
 * like the complaint, and the reader's choice among them. The choice is kept nowhere.
 */

import { typeEvidence } from './brief.js'
import { BriefView } from './brief_view.js'
import { LEVELS, axesOf } from './comparison.js'
import { byId, el } from './dom.js'

/** @typedef {import('./comparison.js').Comparison} Comparison */
/** @typedef {import('./engine.js').Engine} Engine */
/** @typedef {import('./engine.js').Result} Result */
/** @typedef {import('./same_type.js').Choice} Choice */
/** @typedef {import('./same_type.js').SameType} SameType */

export class SameTypePanel {
  #changed
  #apart
  #brief = new BriefView()
  /** @type {Choice} */
  choice = { removed: [], pinned: [] }

  /**
   * @param {() => void} changed called after the reader took a case out or kept one
   * @param {boolean} apart whether cases open in a tab of their own
   */
  constructor(changed, apart) {
    this.#changed = changed
    this.#apart = apart
  }

  /** Forget the choice: something else is asked. */
  reset() {
    this.choice = { removed: [], pinned: [] }
    this.hide()
  }

  hide() {
    byId('cb-same').hidden = true
    this.#brief.close()
  }

  /**
   * Show what the cases say, above the hits and on each.
   *
   * @param {Engine} engine
   * @param {Result} result
   * @param {SameType} told
   */
  async put(engine, result, told) {
    const numbers = [...told.lines, ...told.likely].flatMap(({ cases }) => cases)
    const ids = await engine.idsOf(numbers)
    const open = () => this.#brief.open(engine, result, told)
    byId('cb-same').replaceChildren(
      ...likelyBlock(told),
      sumBlock(told, (caseNo) => caseLink(ids.get(caseNo) ?? '', engine, this.#apart)),
      el(
        'p',
        { class: 'cb-same__acts' },
        el('button', { type: 'button', class: 'cb-button', id: 'cb-brief-open', click: open }, '出一页调解准备单'),
      ),
      this.#removedBlock(),
    )
    byId('cb-same').hidden = false
    const items = byId('cb-list').children
    told.comparisons.forEach((comparison, at) => {
      items[at]?.append(comparisonBlock(comparison), this.#acts(result.hits[at].id))
    })
  }

  /** @param {string} id */
  #acts(id) {
    const isPinned = this.choice.pinned.includes(id)
    const act = (/** @type {string} */ label, /** @type {string} */ name, /** @type {() => void} */ does) =>
      el(
        'button',
        { type: 'button', class: 'cb-link', 'aria-label': `${label} ${id}`, 'data-cb-act': name, click: does },
        label,
      )
    return el(
      'p',
      { class: 'cb-hit__acts' },
      act(isPinned ? '不再留住' : '留住', 'pin', () => this.#pin(id, !isPinned)),
      act('不像，拿掉', 'remove', () => this.#remove(id, true)),
    )
  }

  #removedBlock() {
    const { removed } = this.choice
    if (!removed.length) return ''
    const back = removed.map((id) =>
      el(
        'button',
        { type: 'button', class: 'cb-pill', click: () => this.#remove(id, false) },
        id,
        el('span', { class: 'cb-pill__off' }, '放回'),
      ),
    )
    return el('p', { class: 'cb-same__removed' }, '拿掉的：', ...back)
  }

  /** @param {string} id @param {boolean} isWanted */
  #pin(id, isWanted) {
    const others = this.choice.pinned.filter((one) => one !== id)
    this.choice = { ...this.choice, pinned: isWanted ? [...others, id] : others }
    this.#changed()
  }

  /** @param {string} id @param {boolean} isWanted */
  #remove(id, isWanted) {
    const others = this.choice.removed.filter((one) => one !== id)
    this.choice = {
      pinned: this.choice.pinned.filter((one) => one !== id),
      removed: isWanted ? [...others, id] : others,
    }
    this.#changed()
  }
}

/** @param {SameType} told */
function likelyBlock({ likely }) {
  if (!likely.length) return []
  const [first, ...others] = likely
  const also = others.map(({ label }) => label).join('、')
  return [
    el(
      'p',
      { class: 'cb-same__type' },
      `${first.confidence}是`,
      el('strong', {}, first.label),
      typeEvidence(first),
      also && `；也要想到：${also}`,
      '。',
    ),
  ]
}

/** @param {SameType} told @param {(caseNo: number) => Node} link */
function sumBlock({ lines }, link) {
  const rows = lines.map(({ label, text, cases }) =>
    el(
      'div',
      {},
      el('dt', {}, label),
      el('dd', {}, text, cases.length > 0 && el('span', { class: 'cb-same__cases' }, ...cases.map(link))),
    ),
  )
  const brief = lines
    .filter(({ label }) => ['同类案例', '谈成', '没谈成'].includes(label))
    .map(({ label, text }) => `${label} ${text}`)
  return el(
    'details',
    { class: 'cb-same__sum' },
    el('summary', {}, brief.join('；')),
    el('dl', {}, ...rows),
  )
}

/** @param {string} id @param {Engine} engine @param {boolean} apart */
function caseLink(id, engine, apart) {
  /** @type {Record<string, string>} */
  const target = { href: engine.caseAddress(id) }
  if (apart) Object.assign(target, { target: '_blank', rel: 'noopener' })
  return el('a', target, id)
}

/** @param {Comparison} comparison */
function comparisonBlock(comparison) {
  const axes = axesOf(comparison).map(([name, { level, evidence }]) =>
    el(
      'li',
      { 'data-level': String(level) },
      el('b', {}, `${name}${LEVELS[level]}`),
      evidence.length > 0 && `：${evidence.join('、')}`,
    ),
  )
  const differs =
    comparison.differences.length > 0 &&
    el('li', { class: 'cb-hit__differs' }, el('b', {}, '不同'), `：${comparison.differences.join('；')}`)
  return el('ul', { class: 'cb-hit__same' }, ...axes, differs)
}
