// @ts-check
/** Cases like the one that is being written, so that none is written twice. */

import { byId, el } from '../dom.js'
import { valueAt } from './shape.js'
import { siteEngine } from './site_search.js'

/** @typedef {import('./shape.js').Values} Values */

const SHOWN = 4
const LONG_ENOUGH = 20 // characters of a story that can be looked for
const MOST_LOOKED_FOR = 2000

export class LikeCases {
  #asked = ''

  /** Show the cases like these values, unless they are shown already. @param {Values} values */
  async look(values) {
    const parts = ['facts', 'positions.consumer'].map((path) => valueAt(values, path) ?? '')
    const text = parts.join('\n').trim().slice(0, MOST_LOOKED_FOR)
    if (text === this.#asked || text.length < LONG_ENOUGH) return
    this.#asked = text
    let hits
    try {
      const engine = await siteEngine()
      hits = (await engine.search({ text, limit: SHOWN + 1 })).hits
    } catch {
      byId('cb-w-alike').textContent = '检索数据没有打开，看不了写过的同类案例。'
      return
    }
    if (text !== this.#asked) return
    const others = hits.filter(({ id }) => id !== values.id).slice(0, SHOWN)
    byId('cb-w-alike').textContent = others.length
      ? '写过的同类案例。说的是同一件事的，打开那一件补写，不要写两次：'
      : '没有找到写过的同类案例。'
    byId('cb-w-likes').replaceChildren(
      ...others.map(({ id, href, card }) =>
        el('li', {}, el('a', { href, target: '_blank', rel: 'noopener' }, `${id} ${card.title}`)),
      ),
    )
  }
}
