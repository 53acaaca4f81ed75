// @ts-check
/**
 * What is wrong with a case as it is typed. The library has the last word (`builder/checks`):
 * what it would refuse is named here too, held to it by tests/pages/test_form_checks.py.
 */

import { titleOf, valueAt } from './shape.js'

/** @typedef {import('./shape.js').Field} Field */
/** @typedef {import('./shape.js').Values} Values */
/** @typedef {{path: string, what: string}} Fault path of the field, `timeline.received` */
/**
 * @typedef {object} Rules
 * @property {Field[]} fields
 * @property {Object<string, string>} required path -> what to write in a published case
 * @property {string[]} ended outcomes of a case that was refused or ended
 * @property {string[]} mayEnd outcomes that a ground may go with
 * @property {Object<string, Object<string, string[]>>} names vocabulary -> id -> names
 * @property {Object<string, {articles: Object<string, string>}>} statutes
 * @property {Set<string>} ids of the library's cases
 */

const SUM = /^[0-9]{1,10}(\.[0-9]{1,2})?$/
const COUNT = /^[1-9][0-9]{0,4}$|^100000$/
const MONTH = /^\d{4}-\d\d$/
const CASE_ID = /^[A-Z]{2,6}-[0-9]{4}-[0-9]{4,6}$/
const STEPS = ['received', 'accepted', 'visited', 'mediated', 'closed', 'followed_up']

/**
 * Return what has to be put right before a case can be filed, in the order of its fields.
 *
 * @param {Values} values
 * @param {Rules} rules
 * @param {string} today ISO date on this device
 * @returns {Fault[]}
 */
export function faultsOf(values, rules, today) {
  const faults = [
    ...ofFields(values, rules.fields, '', rules),
    ...ofDates(values, today),
    ...ofSums(values),
    ...ofEnding(values, rules),
    ...ofPublished(values, rules),
  ]
  const order = new Map(rules.fields.map(({ name }, at) => [name, at]))
  const place = (/** @type {Fault} */ { path }) => order.get(path.split('.')[0]) ?? 0
  return faults.sort((one, other) => place(one) - place(other))
}

/** @param {Values} values @param {Field[]} fields @param {string} above @param {Rules} rules @returns {Fault[]} */
function ofFields(values, fields, above, rules) {
  return fields.flatMap((field) => {
    const path = above + field.name
    const value = values[field.name]
    if (value === undefined) return field.required ? [fault(path, '还没有写')] : []
    if (field.kind === 'group') {
      return ofFields(/** @type {Values} */ (value), field.fields ?? [], `${path}.`, rules)
    }
    return ofField(value, field, path, rules)
  })

  /** @param {string} path @param {string} what */
  function fault(path, what) {
    return { path, what: `${titleOf(rules.fields, path)}：${what}。` }
  }
}

/** @param {any} value @param {Field} field @param {string} path @param {Rules} rules @returns {Fault[]} */
function ofField(value, field, path, rules) {
  const title = titleOf(rules.fields, path)
  const fault = (/** @type {string} */ what, at = path) => ({ path: at, what: `${title}：${what}` })
  const { kind, longest = Infinity, most = Infinity } = field
  const items = Array.isArray(value) ? value : [value]
  /** @type {Fault[]} */
  const faults = items.length > most ? [fault(`最多 ${most} 项。`)] : []
  items.forEach((item, at) => {
    const text = typeof item === 'object' ? item.text : item
    if (kind === 'rows') {
      faults.push(...ofFields(item, field.fields ?? [], `${path}.${at}.`, rules))
      if (field.name === 'related' && CASE_ID.test(item.id) && !rules.ids.has(item.id)) {
        faults.push(fault(`库里没有 ${item.id}。`))
      }
    } else if (typeof text === 'string' && [...text].length > longest) {
      faults.push(fault(`超过 ${longest} 字。`))
    } else if (kind === 'line' && /[\r\n]/.test(text)) faults.push(fault('只能写一行。'))
    else if (kind === 'id' && !CASE_ID.test(text)) faults.push(fault('应写成 SL-2026-0137 这样。'))
    else if (kind === 'sum' && !SUM.test(text)) faults.push(fault('只写数字，最多两位小数。'))
    else if (kind === 'count' && !COUNT.test(text)) faults.push(fault('只写整数，如 3。'))
    else if ((kind === 'term' || kind === 'terms') && !rules.names[field.vocabulary ?? '']?.[text]) {
      faults.push(fault(`词表里没有 ${text}。`))
    } else if (kind === 'statutes' && !rules.statutes[text.split('#')[0]]) {
      faults.push(fault(`法规表里没有 ${text.split('#')[0]}。`))
    }
  })
  return faults
}

/** @param {Values} values @param {string} today @returns {Fault[]} */
function ofDates(values, today) {
  const days = /** @type {Object<string, string>} */ (values.timeline ?? {})
  const isOurs = valueAt(values, 'source.kind') !== 'partner'
  /** @type {Fault[]} */
  const faults = []
  let earlier = ''
  for (const step of STEPS) {
    const moment = days[step]
    if (!moment) continue
    const path = `timeline.${step}`
    if (MONTH.test(moment) && isOurs) faults.push({ path, what: `${TITLES[step]}：请写到哪一天。` })
    if (moment.slice(0, 10) > today) faults.push({ path, what: `${TITLES[step]}：这一天还没有到。` })
    if (earlier && isBefore(moment, days[earlier])) {
      faults.push({ path, what: `${TITLES[step]}：早于${TITLES[earlier]}。` })
    } else earlier = step
  }
  const revised = valueAt(values, 'revision.date')
  if (typeof revised === 'string') {
    const path = 'revision.date'
    if (revised > today) faults.push({ path, what: '修订日期：这一天还没有到。' })
    else if (days.closed && isBefore(revised, days.closed)) {
      faults.push({ path, what: '修订日期：早于结案。' })
    }
  }
  return faults
}

/** @type {Object<string, string>} */
const TITLES = { received: '收到', accepted: '受理', visited: '到场', mediated: '调解', closed: '结案', followed_up: '回访' }

/** Compare as far as both go: times only where both have them. @param {string} one @param {string} other */
function isBefore(one, other) {
  const length = Math.min(one.length, other.length)
  return one.slice(0, length) < other.slice(0, length)
}

/** @param {Values} values @returns {Fault[]} */
function ofSums(values) {
  const amounts = /** @type {Object<string, string>} */ (values.amounts ?? {})
  const base = amounts.claimed ?? amounts.disputed
  const isMore = Number(amounts.recovered) > Number(base)
  if (!isMore || amounts.note) return []
  return [{ path: 'amounts.recovered', what: '追回金额：多于请求的金额；确实如此的，请在金额说明里写明原因。' }]
}

/** @param {Values} values @param {Rules} rules @returns {Fault[]} */
function ofEnding(values, { ended, mayEnd }) {
  const outcomes = /** @type {string[]} */ (values.outcomes ?? [])
  const isPublished = values.status === 'published'
  /** @type {Fault[]} */
  const faults = []
  const path = 'ground'
  if (isPublished && !values.ground && outcomes.some((id) => ended.includes(id))) {
    faults.push({ path, what: '不予受理或终止的情形：请选一个。' })
  }
  if (values.ground && !outcomes.some((id) => mayEnd.includes(id))) {
    faults.push({ path, what: '不予受理或终止的情形：处理结果却不是这样，请核对。' })
  }
  if (values.withdrawal && values.status !== 'withdrawn') {
    faults.push({ path: 'status', what: '状态：写了撤下说明，状态却不是已撤下。' })
  }
  if (!values.withdrawal && values.status === 'withdrawn') {
    faults.push({ path: 'status', what: '状态：已撤下的案例缺撤下说明，请在文件里写。' })
  }
  return faults
}

/** @param {Values} values @param {Rules} rules @returns {Fault[]} */
function ofPublished(values, { required, fields }) {
  const isOwn = (valueAt(values, 'source.kind') ?? 'own') === 'own'
  /** @type {Fault[]} */
  const faults = []
  if (!values.facts && !['draft', 'withdrawn', undefined].includes(/** @type {any} */ (values.status))) {
    faults.push({ path: 'facts', what: '案情简介：至少用几句话写清发生了什么。' })
  }
  if (values.status !== 'published' || !isOwn) return faults
  for (const [path, remedy] of Object.entries(required)) {
    if (valueAt(values, path) === undefined) {
      faults.push({ path, what: `${titleOf(fields, path)}：${remedy}` })
    }
  }
  return faults
}
