// @ts-check
/**
 * The text of a case's file: twin of `builder/library/written_case.py`, with the blank lines
 * that `builder/library/canonical_form.py` puts between its parts. No DOM.
 */

import { BLANKS, strip } from '../strip.js'

/** @typedef {import('./shape.js').Field} Field */
/** @typedef {import('./shape.js').Lesson} Lesson */
/** @typedef {import('./shape.js').Values} Values */

const PLAIN = /^[\u4e00-\u9fffA-Za-z][\u4e00-\u9fffA-Za-z0-9，。、；：（）“”—_#.-]*$/
const MOMENT = /^\d{4}-\d\d(-\d\d( \d\d:\d\d)?)?$/
const BLOCK_FROM = 40 // code points; a longer text goes into a block
const UNSAFE_IN_BLOCK =
  /[ \t]+(?=\n|$)|[\x00-\x09\x0b-\x1f\x7f-\xa0\u2028\u2029\ufeff]/
const WORDS = ['null', 'true', 'false']
const PARTS = new Set(
  ('timeline dispute_types parties outcomes four_sights statutes facts positions issues evidence' +
    ' process turning_point result analysis lessons tips keywords').split(' '),
)

/**
 * Return the text of a case's file; the same values, the same text.
 *
 * @param {Values} values
 * @param {Field[]} fields
 */
export function caseText(values, fields) {
  /** @type {string[]} */
  const lines = []
  for (const field of fields) {
    const written = ofField(values[field.name], field, '')
    if (!written.length) continue
    if (lines.length && PARTS.has(field.name)) lines.push('')
    lines.push(...written)
  }
  return lines.map((line) => `${line}\n`).join('')
}

/**
 * @param {any} value
 * @param {Field} field
 * @param {string} indent
 * @returns {string[]} no line where there is nothing to write
 */
function ofField(value, field, indent) {
  const head = `${indent}${field.name}:`
  if (value === undefined || value === null || value === field.default) return []
  if (field.kind === 'group') {
    const inner = ofGroup(value, field.fields ?? [], `${indent}  `)
    return inner.length ? [head, ...inner] : []
  }
  if (Array.isArray(value)) {
    const items = value.flatMap((item) => ofItem(item, field, `${indent}  `))
    return items.length ? [head, ...items] : []
  }
  if (field.kind === 'sum' || field.kind === 'count') return [`${head} ${value}`]
  return ofScalar(head, value, `${indent}  `)
}

/** @param {Values} values @param {Field[]} fields @param {string} indent */
function ofGroup(values, fields, indent) {
  return fields.flatMap((field) => ofField(values[field.name], field, indent))
}

/** @param {any} item @param {Field} field @param {string} indent @returns {string[]} */
function ofItem(item, field, indent) {
  if (field.kind === 'rows') {
    const [first, ...more] = ofGroup(item, field.fields ?? [], '')
    return [`${indent}- ${first}`, ...more.map((line) => (line ? `${indent}  ${line}` : ''))]
  }
  if (field.kind === 'lessons' && item.internal) {
    const [first, ...more] = ofScalar('text:', item.text, '  ')
    const lines = [...more, 'internal: true']
    return [`${indent}- ${first}`, ...lines.map((line) => (line ? `${indent}  ${line}` : ''))]
  }
  return ofScalar(`${indent}-`, field.kind === 'lessons' ? item.text : item, `${indent}  `)
}

/** @param {string} head @param {string | boolean} value @param {string} indent */
function ofScalar(head, value, indent) {
  if (typeof value !== 'string' || !isBlock(value)) return [`${head} ${inline(value)}`]
  return [`${head} |-`, ...value.split('\n').map((line) => (line ? indent + line : ''))]
}

/** @param {string} text */
function isBlock(text) {
  const isLong = text.includes('\n') || [...text].length > BLOCK_FROM
  return isLong && strip(text, BLANKS) === text && !UNSAFE_IN_BLOCK.test(text)
}

/** @param {string | boolean} value */
function inline(value) {
  if (typeof value === 'string') {
    if ((PLAIN.test(value) && !WORDS.includes(value)) || MOMENT.test(value)) return value
  }
  return JSON.stringify(value).replaceAll('\ufeff', '\\ufeff')
}
