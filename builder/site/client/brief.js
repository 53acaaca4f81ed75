// @ts-check
/**
 * The brief, one page to take to a mediation and a report of the search for 类案: twin of
 * `builder/search/brief.py`, which names the seven parts. The pasted text is not in it.
 */

import { Calendar } from './calendar.js'
import { LEVELS, axesOf, inYuan } from './comparison.js'
import { deadlines } from './deadlines.js'
import { strip } from './strip.js'

/** @typedef {import('./comparison.js').Comparison} Comparison */
/** @typedef {import('./library.js').Library} Library */
/** @typedef {import('./same_type.js').SameType} SameType */
/** @typedef {import('./words.js').Checklist} Checklist */
/** @typedef {import('./words.js').Handbook} Handbook */
/** @typedef {{label: string, text: string, cases: string[]}} Row `cases` are ids */
/** @typedef {{id: string, title: string, kind: 'rows' | 'checks' | 'blanks', rows: Row[]}} Part */
/** @typedef {{title: string, parts: Part[]}} Brief */
/** @typedef {{searched: string, received: string | null, accepted: string | null}} Days ISO */
/**
 * @typedef {object} Searched
 * @property {number[]} shown numbers of the precedents, in order
 * @property {string | null} caseId where a case was asked about
 * @property {string[]} conditions
 * @property {number} total
 * @property {boolean} atLeast
 */

const PRECEDENTS = 3
const OFFERS = 4
const STEPS = 5 // of each checklist
const PROVISIONS = 5
const POINT = 54 // code points of what a precedent teaches
const OFFER = 40
const PARAPHRASE = 60
const OTHER_TYPES = 2
const SUMMED = ['同类案例', '谈成', '没谈成', '追回', '用时', '管用的办法', '前车之鉴']

/**
 * @param {Library} library
 * @param {SameType} found
 * @param {Searched} searched
 * @param {Days} days
 * @returns {Promise<Brief>}
 */
export async function makeBrief(library, found, searched, days) {
  const { handbook } = found.words
  const parts = [
    part('type', '可能的类型', 'rows', await typeRows(library, found)),
    part('days', '期限', 'rows', deadlineRows(days, handbook)),
    ...checklists(found, handbook),
    part('law', '法律依据（现行）', 'rows', await lawRows(library, found, handbook)),
    part('precedents', '先例及要点', 'rows', await precedentRows(library, found, searched.shown)),
    part('offers', '谈成过的方案', 'rows', await offerRows(library, found)),
    part('sum', '合起来看', 'rows', await sumRows(library, found)),
    part(
      'own',
      '本件',
      'blanks',
      ['争议焦点', '是否参照先例、为什么', '笔记'].map((label) => row(label, '')),
    ),
    part('search', '检索情况', 'rows', searchRows(library, found, searched, days.searched)),
  ]
  return { title: '调解准备单 · 同类案例检索单', parts: parts.filter(({ rows }) => rows.length) }
}

/** @param {string} id @param {string} title @param {Part['kind']} kind @param {Row[]} rows @returns {Part} */
function part(id, title, kind, rows) {
  return { id, title, kind, rows }
}

/** @param {string} label @param {string} text @param {string[]} [cases] @returns {Row} */
function row(label, text, cases = []) {
  return { label, text, cases }
}

/** @param {Library} library @param {SameType} found */
async function typeRows(library, { likely, asked, words }) {
  if (!likely.length) {
    const labels = asked.types.map((id) => words.label('dispute_types', id)).join('、')
    return labels ? [row('类型', labels)] : []
  }
  const [first, ...others] = likely
  const ids = await idsOf(library, first.cases)
  const rows = [row(first.confidence, first.label + typeEvidence(first), ids)]
  if (others.length) {
    const labels = others.slice(0, OTHER_TYPES).map(({ label }) => label)
    rows.push(row('也要想到', labels.join('、')))
  }
  return rows
}

/** Return what speaks for a likely type, in brackets. @param {import('./likely_types.js').LikelyType} likely */
export function typeEvidence({ words, cases }) {
  const quoted = words.slice(0, 3).map((word) => `“${word}”`)
  const told = [
    quoted.length && `说到${quoted.join('、')}`,
    cases.length && `最近的案例里有 ${cases.length} 件是这一类`,
  ].filter(Boolean)
  return told.length ? `（${told.join('；')}）` : ''
}

/** @param {SameType} found @param {Handbook} handbook */
function checklists({ asked }, handbook) {
  const lists = [...asked.types.slice(0, 1), ...asked.parents.slice(0, 1)]
    .map((id) => handbook.checklists[id])
    .filter(Boolean)
  return [
    ['ask', '要问'],
    ['see', '要看'],
    ['collect', '要收'],
  ].map(([id, title], place) => {
    const steps = new Set(lists.flatMap((list) => list[place]))
    return part(id, title, 'checks', [...steps].slice(0, STEPS).map((step) => row('', step)))
  })
}

/** @param {Days} days @param {Handbook} handbook */
function deadlineRows({ received, accepted }, handbook) {
  if (!received) return [row('', '填上收到投诉的日期，就能数出受理和调解的期限。')]
  return deadlines(received, accepted, new Calendar(handbook)).map((one) =>
    row(one.day, deadlineInWords(one, handbook)),
  )
}

/** @param {import('./deadlines.js').Deadline} deadline @param {Handbook} handbook */
function deadlineInWords({ step, counted, citation, isProvisional, note, isKnown }, handbook) {
  return [
    `${step}：${counted}，${handbook.law[citation]?.[0] || citation}。`,
    isProvisional ? '还没受理，按最晚受理的那天推算。' : '',
    note,
    isKnown ? '' : '节假日表没有写到这一年，只按周末数。',
  ].join('')
}

/**
 * Return what such cases stand on most, then what the nearest of them stands on.
 *
 * @param {Library} library
 * @param {SameType} found
 * @param {Handbook} handbook
 */
async function lawRows(library, { outlook, asked }, handbook) {
  const [nearest] = outlook.cases
  const own = nearest === undefined ? [] : (await library.blocks.text(nearest)).compared.law
  const wanted = new Set([...outlook.law.map(({ id }) => id), ...[...asked.law].sort(), ...own])
  return [...wanted]
    .filter((citation) => handbook.law[citation])
    .map((citation) => {
      const [label, text, since] = handbook.law[citation]
      return row(label, `${cut(text, PARAPHRASE)}（${since} 起施行）`)
    })
    .slice(0, PROVISIONS)
}

/** @param {Library} library @param {SameType} found @param {number[]} shown */
function precedentRows(library, { comparisons }, shown) {
  return Promise.all(
    shown.slice(0, PRECEDENTS).map(async (caseNo, at) => {
      const [card, { sections }] = await Promise.all([
        library.blocks.card(caseNo),
        library.blocks.text(caseNo),
      ])
      const { differences } = comparisons[at]
      const point = sections.get('turning_point') || sections.get('result') || ''
      const alike = axesOf(comparisons[at]).map(([name, { level }]) => name + LEVELS[level])
      const told = [`${card.title}（${card.outcomes.join('、')}；${alike.join('、')}）`]
      if (point) told.push(`要点：${cut(point, POINT)}`)
      if (differences.length) told.push(`不同：${differences.slice(0, 2).join('；')}`)
      return row(card.id, `${told.map((one) => one.replace(/。+$/, '')).join('。')}。`, [card.id])
    }),
  )
}

/** @param {Library} library @param {SameType} found */
async function offerRows(library, { outlook }) {
  const rows = []
  for (const caseNo of outlook.settled.slice(0, OFFERS)) {
    const [{ id }, { compared, sections }] = await Promise.all([
      library.blocks.card(caseNo),
      library.blocks.text(caseNo),
    ])
    const { claimed, recovered, days } = compared
    const sums = [
      claimed !== null && `请求 ${inYuan(claimed)} 元`,
      recovered !== null && `追回 ${inYuan(recovered)} 元`,
      days !== null && `${days} 天`,
    ].filter(Boolean)
    const result = cut(sections.get('result') ?? '', OFFER)
    rows.push(row(id, sums.length ? `${sums.join('，')}：${result}` : result, [id]))
  }
  return rows
}

/** Return the outlook, what has the same label in one row. @param {Library} library @param {SameType} found */
function sumRows(library, { lines }) {
  const labels = SUMMED.filter((label) => lines.some((line) => line.label === label))
  return Promise.all(
    labels.map(async (label) => {
      const some = lines.filter((line) => line.label === label)
      const cases = new Set(some.flatMap((line) => line.cases))
      const told = some.map(({ text }) => text.replace(/。+$/, '')).join('；')
      return row(label, told, await idsOf(library, [...cases]))
    }),
  )
}

/** @param {Library} library @param {SameType} found @param {Searched} searched @param {string} day */
function searchRows(library, { outlook }, { caseId, conditions, total, atLeast }, day) {
  const how = caseId ? `编号 ${caseId}` : '整段诉求，按文字找相近的案例'
  const filtered = conditions.length ? `；条件：${conditions.join('；')}` : ''
  const { workshop, title, caseCount, asOf } = library
  const count = `${atLeast ? '至少 ' : ''}${total} 件有相同之处`
  return [
    row('检索人', ''),
    row('时间', day),
    row('案例库', `${workshop}《${title}》，${caseCount} 件，截至 ${asOf}`),
    row('方法', how + filtered),
    row('结果', `${count}，同一类型的 ${outlook.cases.length} 件`),
  ]
}

/** Return the first line of a text, at most `length` code points of it. @param {string} text @param {number} length */
function cut(text, length) {
  const line = [...strip(text).split('\n')[0]]
  return line.length <= length ? line.join('') : `${line.slice(0, length - 1).join('')}…`
}

/** @param {Library} library @param {number[]} numbers */
async function idsOf(library, numbers) {
  const cards = await Promise.all(numbers.map((caseNo) => library.blocks.card(caseNo)))
  return cards.map(({ id }) => id)
}
