// @ts-check
/** From a pasted ticket to the fields it tells of: what is recognised, never guessed. */

import { strip } from '../strip.js'
import { siteEngine } from './site_search.js'

/** @typedef {import('./shape.js').Value} Value */
/**
 * @typedef {object} Taken
 * @property {Object<string, Value>} values path -> value
 * @property {string} said what to tell
 * @property {{id: string, label: string}[]} types dispute types to choose from, likeliest first
 */

const LOOKED_AT = 5
const LONG_ENOUGH = 8 // characters that can tell a story

/**
 * Return what a pasted text says of a case.
 *
 * @param {string} text
 * @param {Object<string, Object<string, string[]>>} names vocabulary -> id -> label, synonyms
 * @returns {Promise<Taken>}
 */
export async function takeTicket(text, names) {
  if (strip(text).length < LONG_ENOUGH) return { values: {}, said: '请先贴上投诉原文。', types: [] }
  /** @type {Object<string, Value>} */
  const values = { facts: strip(text) }
  let result
  let told
  try {
    const engine = await siteEngine()
    result = await engine.search({ text, limit: LOOKED_AT })
    told = await engine.sameType(result)
  } catch {
    return { values, said: '原文填进了案情简介；检索数据没有打开，别的要自己选。', types: [] }
  }
  const filled = ['案情简介']
  const { ticket } = result
  if (ticket) {
    values.facts = strip(ticket.narrative)
    const claims = idsNamed(ticket.claims, names.claims ?? {})
    if (claims.length) {
      values.claims = claims
      filled.push('诉求')
    }
  }
  const amount = ticket?.amount ?? told?.asked.amount
  if (amount) {
    values['amounts.disputed'] = String(amount)
    filled.push('争议金额')
  }
  const types = told?.likely ?? []
  const ask = types.length ? '纠纷类型请从下面挑，或者在表里选。' : ''
  return { values, said: `填好了：${filled.join('、')}。已经写了的没有动，请核对。${ask}`, types }
}

/**
 * Return the ids that words of a ticket name, each once: a label or synonym, or a part of one
 * label and of no other.
 *
 * @param {string[]} said
 * @param {Object<string, string[]>} terms
 */
function idsNamed(said, terms) {
  const found = said.flatMap((word) => {
    const wanted = strip(word)
    const exact = Object.entries(terms).find(([, names]) => names.includes(wanted))
    const partly = Object.entries(terms).filter(([, [label]]) => wanted.length > 1 && label.includes(wanted))
    const named = exact ?? (partly.length === 1 ? partly[0] : null)
    return named ? [named[0]] : []
  })
  return [...new Set(found)]
}
