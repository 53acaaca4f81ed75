// @ts-check
/** The file of a session's minutes: twin of `builder/study/minutes_file.py`. No DOM. */

import { BLANKS, strip } from './strip.js'

/** @typedef {{what: string, owner: string, due: string, done?: string}} ActionLine dates are ISO */
/**
 * @typedef {object} Minutes
 * @property {string} date
 * @property {string} title
 * @property {string} host
 * @property {string} audience
 * @property {string[]} cases
 * @property {string[]} lessons
 * @property {string[]} weaknesses
 * @property {ActionLine[]} actions
 * @property {string} body
 */

const PLAIN = /^[\u4e00-\u9fff“《][\u4e00-\u9fffA-Za-z0-9“”《》（）、，。；？！·%～…—.\- ]*$/
const CONTROL = /[\x00-\x1f\x7f]/g
const BLANK = new RegExp(`[${BLANKS}]+`)
const CASE_ID = /[A-Z]{1,8}-[0-9]{4}-[0-9]{4,6}/g

/** Return the text of the file. @param {Minutes} minutes */
export function minutesText({ date, title, host, audience, cases, lessons, weaknesses, actions, body }) {
  const lines = ['---', `date: ${date}`, `title: ${scalar(title)}`, `audience: ${audience}`]
  if (host) lines.push(`host: ${scalar(host)}`)
  lines.push(`cases: [${cases.join(', ')}]`)
  for (const [name, texts] of /** @type {[string, string[]][]} */ ([
    ['lessons', lessons],
    ['weaknesses', weaknesses],
  ])) {
    if (texts.length) lines.push(`${name}:`, ...texts.map((text) => `  - ${scalar(text)}`))
  }
  if (actions.length) lines.push('actions:')
  for (const { what, owner, due, done } of actions) {
    lines.push(`  - what: ${scalar(what)}`, `    owner: ${scalar(owner)}`, `    due: ${due}`)
    if (done) lines.push(`    done: ${done}`)
  }
  const told = strip(body)
  return [...lines, '---', '', ...(told ? [told, ''] : [])].join('\n')
}

/** Return a text on one line as YAML writes it, in quotes only where it needs them. @param {string} text */
export function scalar(text) {
  const one = text.replace(CONTROL, ' ').split(BLANK).filter(Boolean).join(' ')
  return PLAIN.test(one) ? one : JSON.stringify(one)
}

/**
 * Return what is wrong with minutes, in words; nothing where they can be filed.
 *
 * @param {Minutes} minutes
 * @param {Set<string>} known ids of cases
 */
export function faultsOf({ date, title, cases, actions }, known) {
  const faults = []
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) faults.push('日期：还没有写。')
  else if (new Date(`${date}T00:00:00Z`).getUTCDay() !== 2) faults.push('日期：这一天不是星期二。')
  if (!title.trim()) faults.push('标题：还没有写。')
  for (const id of cases) if (!known.has(id)) faults.push(`案例：没有编号 ${id}。`)
  if (!cases.length) faults.push('案例：还没有写。')
  actions.forEach(({ what, owner, due }, at) => {
    if (!what.trim()) faults.push(`整改第 ${at + 1} 项：没有写做什么。`)
    if (!owner.trim()) faults.push(`整改第 ${at + 1} 项：没有写谁负责。`)
    if (!due) faults.push(`整改第 ${at + 1} 项：没有写期限。`)
    else if (date && due < date) faults.push(`整改第 ${at + 1} 项：期限早于这次复盘。`)
  })
  return faults
}

/** Return the case ids in a text, once each. @param {string} text */
export function idsIn(text) {
  return [...new Set(text.toUpperCase().match(CASE_ID) ?? [])]
}
