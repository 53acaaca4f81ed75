// @ts-check
/** The facets of a result: which values can be chosen, and how many cases each would leave. */

import { FITS } from './fitting.js'
import { VOCABULARIES } from './conditions.js'

/** @typedef {import('./library.js').Library} Library */
/** @typedef {Record<string, string[]>} Filters facet -> chosen values; one of them must hold */
/**
 * @typedef {object} FacetValue
 * @property {string} id
 * @property {string} label
 * @property {string} parent id, or ''
 * @property {number} count
 * @property {boolean} selected
 */
/** @typedef {{name: string, title: string, values: FacetValue[]}} FacetGroup */

/** @type {[name: string, title: string][]} */
const GROUPS = [
  ['types', '纠纷类型'],
  ['industry', '行业'],
  ['outcomes', '处理结果'],
  ['methods', '调解手法'],
  ['statutes', '法条'],
  ['years', '年份'],
  ['amount', '争议金额'],
  ['station', '办理所'],
]
const NAMES = new Set(GROUPS.map(([name]) => name))
const FEN = 100
/** @type {[id: string, label: string, low: number, high: number][]} yuan, the upper end excluded */
const BANDS = [
  ['0-500', '500 元以下', 0, 500],
  ['500-2000', '500～2,000 元', 500, 2000],
  ['2000-5000', '2,000～5,000 元', 2000, 5000],
  ['5000-20000', '5,000～2 万元', 5000, 20_000],
  ['20000-', '2 万元以上', 20_000, Infinity],
]
const IS_ARTICLE = /^([^#]+)#([^.]+)$/

/**
 * Return only what can be a filter: known facets, values that are words.
 *
 * @param {Record<string, unknown>} filters from wherever
 * @returns {Filters}
 */
export function cleanFilters(filters) {
  /** @type {Filters} */
  const clean = {}
  for (const [name, values] of Object.entries(filters)) {
    if (!NAMES.has(name) || !Array.isArray(values)) continue
    const words = values.filter((value) => typeof value === 'string' && value)
    if (words.length) clean[name] = words
  }
  return clean
}

/**
 * Return which cases fit each filter.
 *
 * @param {Filters} filters
 * @param {Library} library
 * @returns {Promise<Map<string, Uint8Array>>} facet -> `FITS` or 0 by case number
 */
export async function filterMasks(filters, library) {
  /** @type {Map<string, Uint8Array>} */
  const masks = new Map()
  for (const [name, chosen] of Object.entries(filters)) {
    const mask = new Uint8Array(library.caseCount)
    const lists = await casesByValue(name, library)
    for (const id of chosen) lists.get(id)?.forEach((caseNo) => (mask[caseNo] = FITS))
    masks.set(name, mask)
  }
  return masks
}

/**
 * Return the facets with the counts that choosing each value would give.
 *
 * @param {(caseNo: number) => boolean} isFound cases found, whatever the filters
 * @param {Filters} filters
 * @param {Library} library
 * @returns {Promise<FacetGroup[]>} in the order they are shown, without empty ones
 */
export async function facetGroups(isFound, filters, library) {
  const masks = await filterMasks(filters, library)
  const groups = await Promise.all(
    GROUPS.map(async ([name, title]) => {
      const others = [...masks].filter(([other]) => other !== name).map(([, mask]) => mask)
      const passes = (/** @type {number} */ caseNo) =>
        isFound(caseNo) && others.every((mask) => mask[caseNo] === FITS)
      const values = []
      for (const [id, caseNos] of await casesByValue(name, library)) {
        let count = 0
        for (const caseNo of caseNos) if (passes(caseNo)) count += 1
        const selected = filters[name]?.includes(id) ?? false
        if (count || selected) values.push({ id, ...named(name, id, library), count, selected })
      }
      return { name, title, values: ordered(name, values) }
    }),
  )
  return groups.filter(({ values }) => values.length)
}

/**
 * @param {string} name of the facet
 * @param {Library} library
 * @returns {Promise<Map<string, Iterable<number> & {forEach: (take: (caseNo: number) => void) => void}>>}
 */
async function casesByValue(name, library) {
  if (name === 'years') return byNumber(await library.facets.column('year'), String)
  if (name === 'amount') return byNumber(await library.facets.column('disputed'), bandOf)
  if (!library.facetNames.includes(name)) return new Map()
  const lists = await library.facets.lists(name)
  if (name !== 'statutes') return lists
  return new Map([...lists].filter(([id]) => !id.includes('#') || IS_ARTICLE.test(id)))
}

/** @param {number[]} column @param {(value: number) => string} idOf */
function byNumber(column, idOf) {
  /** @type {Map<string, number[]>} */
  const lists = new Map()
  column.forEach((value, caseNo) => {
    if (value < 0) return
    const id = idOf(value)
    const list = lists.get(id)
    if (list) list.push(caseNo)
    else lists.set(id, [caseNo])
  })
  return lists
}

/** @param {number} fen */
function bandOf(fen) {
  const band = BANDS.find(([, , low, high]) => fen >= low * FEN && fen < high * FEN)
  return band ? band[0] : ''
}

/** @param {string} name @param {string} id @param {Library} library */
function named(name, id, { vocabulary }) {
  if (name === 'years') return { label: `${id} 年`, parent: '' }
  if (name === 'amount') return { label: BANDS.find(([band]) => band === id)?.[1] ?? id, parent: '' }
  if (name === 'statutes') {
    const article = IS_ARTICLE.exec(id)
    if (!article) return { label: vocabulary.label('statutes', id), parent: '' }
    const [main, inserted] = article[2].split('-')
    const label = inserted ? `第 ${main} 条之 ${inserted}` : `第 ${main} 条`
    return { label, parent: article[1] }
  }
  const term = vocabulary.terms.get(VOCABULARIES[name])?.find((one) => one.id === id)
  return { label: term?.label ?? id, parent: term?.parent ?? '' }
}

/** @param {string} name @param {FacetValue[]} values */
function ordered(name, values) {
  if (name === 'amount') {
    const place = (/** @type {FacetValue} */ { id }) => BANDS.findIndex(([band]) => band === id)
    return values.sort((one, other) => place(one) - place(other))
  }
  if (name === 'years') return values.sort((one, other) => Number(other.id) - Number(one.id))
  return values.sort((one, other) => other.count - one.count || (one.id < other.id ? -1 : 1))
}
