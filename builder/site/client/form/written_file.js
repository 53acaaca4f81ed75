// @ts-check
/**
 * The file that the form hands over. An untouched case is its file, byte for byte. The edit
 * of a case that the library has says which text it began with, so that `casebook inbox`
 * (`builder/intake/inbox.py`) sees when somebody else has changed it meanwhile. No DOM.
 */

import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import { readCase } from './case_reader.js'
import { caseText } from './case_text.js'

/** @typedef {import('./shape.js').Field} Field */
/** @typedef {import('./shape.js').Values} Values */
/**
 * @typedef {object} Opened
 * @property {string} text of the file, the line of its base included
 * @property {string} same what its untouched values are written as
 * @property {string} base line that says what it began with, or ''
 */

const DIGITS = 12 // of the digest, enough to tell two texts of one case apart
const BASE = /^# 基于 [A-Z]{2,6}-[0-9]{4}-[0-9]{4,6} [0-9a-f]{12}$/

/**
 * Return what a file holds, and what has to be known of it to write it again.
 *
 * @param {string} text
 * @param {Field[]} fields
 * @param {(id: string) => boolean} isFiled whether the library has a case
 * @returns {{values: Values, opened: Opened}}
 * @throws {import('./case_reader.js').FileFault}
 */
export function openFile(text, fields, isFiled) {
  const values = readCase(text, fields)
  const [first] = text.replace(/^\ufeff/, '').split(/\r?\n/, 1)
  const id = typeof values.id === 'string' ? values.id : ''
  const base = BASE.test(first) ? first : isFiled(id) ? `# 基于 ${id} ${digest(text)}` : ''
  return { values, opened: { text, same: caseText(values, fields), base } }
}

/** @param {Values} values @param {Opened | null} opened @param {Field[]} fields */
export function fileText(values, opened, fields) {
  const text = caseText(values, fields)
  if (opened && text === opened.same) return opened.text
  return (opened?.base ? `${opened.base}\n` : '') + text
}

/** Return the beginning of the SHA-256 of a text. @param {string} text */
function digest(text) {
  return bytesToHex(sha256(utf8ToBytes(text))).slice(0, DIGITS)
}
