// @ts-check
/**
 * From the text of a case's file to what the form holds. As strict as
 * `builder/library/yaml_reader.py`: no tags, no aliases, no key twice. No DOM.
 */

import { EVENT_ID, SCALAR_STYLE, YAMLException, getScalarValue, parseEvents } from 'js-yaml'
import { strip } from '../strip.js'
import { titleOf } from './shape.js'

/** @typedef {import('js-yaml').Event} Event */
/** @typedef {import('./shape.js').Field} Field */
/** @typedef {import('./shape.js').Values} Values */

const MOST_CHARACTERS = 1 << 20
const MAX_DEPTH = 12
/** @type {Map<string, boolean | null>} */
const WORDS = new Map([['', null], ['~', null], ['null', null], ['true', true], ['false', false]]) // prettier-ignore

/** A text that is no case file; the message says what is wrong and what to do. */
export class FileFault extends Error {}

/**
 * Return what a case file says, by its fields.
 *
 * @param {string} text
 * @param {Field[]} fields
 * @returns {Values} texts without blanks at their ends
 * @throws {FileFault}
 */
export function readCase(text, fields) {
  if (text.length > MOST_CHARACTERS) throw new FileFault('文件超过 1 MiB，不像案例文件。')
  const value = readYaml(text.replace(/^\ufeff/, ''))
  if (!isMapping(value)) throw new FileFault('里面没有“字段: 内容”，不像案例文件。')
  return ofGroup(value, fields, '', fields)
}

/** @param {string} text @returns {unknown} mappings are Maps */
function readYaml(text) {
  try {
    return built(text, parseEvents(text, {}))
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error
    const line = error.mark ? `第 ${error.mark.line + 1} 行` : '文件里'
    throw new FileFault(`${line}写法有误，读不出来。请运行 casebook check，它会说怎么改。`)
  }
}

/** @param {string} text @param {Event[]} events @returns {unknown} */
function built(text, events) {
  /** @type {{value: Map<string, unknown> | unknown[] | null, key: string | null}[]} */
  const stack = []
  /** @type {unknown} */
  let root = null
  let documents = 0
  const add = (/** @type {unknown} */ value) => {
    const top = stack[stack.length - 1]
    if (!top?.value) root = value
    else if (Array.isArray(top.value)) top.value.push(value)
    else {
      top.value.set(/** @type {string} */ (top.key), value)
      top.key = null
    }
  }
  for (const event of events) {
    if (event.type === EVENT_ID.POP) {
      stack.pop()
      continue
    }
    if (event.type === EVENT_ID.DOCUMENT) {
      documents += 1
      if (documents > 1) throw new FileFault('一个文件里有两份内容，请一案一个文件。')
      stack.push({ value: null, key: null })
      continue
    }
    const isPlain = event.type !== EVENT_ID.ALIAS && event.anchorStart < 0 && event.tagStart < 0
    if (!isPlain) throw new FileFault('文件里用了 &、* 或 ! 标记，请直接写出内容。')
    const top = stack[stack.length - 1]
    const isKey = top.value instanceof Map && top.key === null
    if (event.type === EVENT_ID.SCALAR) {
      const written = getScalarValue(text, event)
      if (isKey) {
        if (/** @type {Map<string, unknown>} */ (top.value).has(written)) {
          throw new FileFault('有一个字段写了两次，请合并成一处。')
        }
        top.key = written
      } else {
        const isWord = event.style === SCALAR_STYLE.PLAIN && WORDS.has(written)
        add(isWord ? WORDS.get(written) : written)
      }
      continue
    }
    if (isKey || stack.length > MAX_DEPTH) throw new FileFault('一层套一层太深，不像案例文件。')
    const value = event.type === EVENT_ID.MAPPING ? new Map() : []
    add(value)
    stack.push({ value, key: null })
  }
  return root
}

/**
 * @param {Map<string, unknown>} mapping
 * @param {Field[]} fields
 * @param {string} path of the group, with a full stop at its end; '' for the case
 * @param {Field[]} all
 * @returns {Values}
 */
function ofGroup(mapping, fields, path, all) {
  /** @type {Values} */
  const values = {}
  for (const [name, value] of mapping) {
    const field = fields.find((one) => one.name === name)
    if (!field) throw new FileFault(`有不认识的字段${named(name)}，请运行 casebook check。`)
    if (value === null) continue
    const read = ofValue(value, field, `${path}${name}`, all)
    if (read !== undefined) values[name] = read
  }
  return values
}

/** Return a name as a message may show it: what is none stays out. @param {string} name */
function named(name) {
  return /^[a-z_]{1,30}$/.test(name) ? ` ${name}` : ''
}

/**
 * @param {unknown} value
 * @param {Field} field
 * @param {string} path
 * @param {Field[]} all
 * @returns {any} undefined where it holds nothing
 */
function ofValue(value, field, path, all) {
  const { kind, fields = [] } = field
  const fault = () => new FileFault(`“${titleOf(all, path)}”的写法不对，请运行 casebook check。`)
  const oneText = (/** @type {unknown} */ one) => {
    if (typeof one !== 'string') throw fault()
    return strip(one)
  }
  if (kind === 'flag') {
    if (typeof value !== 'boolean') throw fault()
    return value
  }
  if (kind === 'group') {
    if (!isMapping(value)) throw fault()
    return ofGroup(value, fields, `${path}.`, all)
  }
  const isList = ['terms', 'statutes', 'words', 'proses', 'lessons', 'rows'].includes(kind)
  if (!isList) return oneText(value) || undefined
  if (!Array.isArray(value)) throw fault()
  const items = value.map((item, at) => {
    if (kind === 'rows') {
      if (!isMapping(item)) throw fault()
      return ofGroup(item, fields, `${path}.${at}.`, all)
    }
    if (kind !== 'lessons') return oneText(item)
    if (!isMapping(item)) return { text: oneText(item) }
    const { size } = item
    const internal = item.get('internal') ?? false
    const isKnown = size === (item.has('internal') ? 2 : 1)
    if (!isKnown || typeof internal !== 'boolean') throw fault()
    return { text: oneText(item.get('text')), ...(internal ? { internal } : {}) }
  })
  return items.length ? items : undefined
}

/** @param {unknown} value @returns {value is Map<string, unknown>} */
function isMapping(value) {
  return value instanceof Map
}
