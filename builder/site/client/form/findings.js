// @ts-check
/** What would tell who is meant, in the texts of a case: as `builder/checks/privacy.py` reports it. */

import { KINDS, detect } from '../detectors/detect.js'
import { titleOf } from './shape.js'

/** @typedef {import('./shape.js').Field} Field */
/** @typedef {import('./shape.js').Values} Values */
/** @typedef {{path: string, what: string, blocks: boolean}} Finding */

const INSIDE = new Set(['parties', 'four_sights', 'review', 'source', 'withdrawal', 'waivers'])
const NOT_PROSE = new Set(
  ('id status audience station channel dispute_types industry claims outcomes ground' +
    ' agreement_form departments methods statutes timeline amounts').split(' '),
)

/**
 * Return the findings worth telling: all of them in a case that may leave the office, the
 * grave ones in the others. Those that keep it from leaving block.
 *
 * @param {Values} values
 * @param {Field[]} fields
 * @returns {Finding[]}
 */
export function findingsOf(values, fields) {
  const outward = (values.audience ?? 'internal') !== 'internal'
  /** @type {Finding[]} */
  const findings = []
  for (const [name, value] of Object.entries(values)) {
    if (NOT_PROSE.has(name)) continue
    walk(value, name, INSIDE.has(name))
  }
  return findings

  /** @param {any} value @param {string} path @param {boolean} inside */
  function walk(value, path, inside) {
    if (typeof value === 'string') look(value, path, inside)
    else if (Array.isArray(value)) value.forEach((item, at) => walk(item, `${path}.${at}`, inside))
    else if (value && typeof value === 'object') {
      if (typeof value.text === 'string') return look(value.text, path, inside || Boolean(value.internal))
      for (const [name, item] of Object.entries(value)) {
        if (name !== 'id') walk(item, `${path}.${name}`, inside)
      }
    }
    return undefined
  }

  /** @param {string} text @param {string} path @param {boolean} inside */
  function look(text, path, inside) {
    const leaves = outward && !inside
    for (const { kind, excerpt } of detect(text)) {
      const { label, blocking, remedy } = KINDS[kind]
      if (isWaived(kind, path) || !(leaves || blocking)) continue
      const title = titleOf(fields, path)
      findings.push({ path, what: `${title}：疑似${label} ${excerpt}，${remedy}`, blocks: leaves && blocking })
    }
  }

  /** @param {string} kind @param {string} path */
  function isWaived(kind, path) {
    const waivers = /** @type {Object<string, string>[]} */ (values.waivers ?? [])
    return waivers.some((one) => one.kind === kind && `${path}.`.startsWith(`${one.field}.`))
  }
}
