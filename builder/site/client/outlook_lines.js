// @ts-check
/** An outlook in words, a figure a line: twin of `builder/search/outlook_lines.py`. */

import { LEAST_FOR_SHARES, mayTellShares, settledShare } from './outlook.js'

/** @typedef {import('./outlook.js').Outlook} Outlook */
/** @typedef {import('./words.js').Words} Words */
/** @typedef {{label: string, text: string, cases: number[]}} Line */

/** @param {Outlook} outlook @param {Words} words @returns {Line[]} */
export function outlookLines(outlook, words) {
  const count = outlook.cases.length
  if (!count) {
    return [{ label: '同类案例', text: '库里还没有同一类型的案例，列出的只是相近的。', cases: [] }]
  }
  /** @type {Line[]} */
  const lines = []
  const add = (/** @type {string} */ label, /** @type {string} */ text, /** @type {number[]} */ cases) => {
    lines.push({ label, text, cases })
  }
  const few = count < LEAST_FOR_SHARES ? '，件数少，只能逐件参考' : ''
  add('同类案例', `${count} 件${few}`, outlook.cases)
  const share = mayTellShares(outlook) ? `，占有结果的 ${settledShare(outlook)}%` : ''
  if (outlook.settled.length) add('谈成', `${outlook.settled.length} 件${share}`, outlook.settled)
  if (outlook.notSettled.length) add('没谈成', `${outlook.notSettled.length} 件`, outlook.notSettled)
  if (outlook.recovered && outlook.recovered.every.length >= LEAST_FOR_SHARES) {
    const [low, median, high] = outlook.recovered.values.map((value) => Math.floor(value / 10))
    const told = `所求的 ${median}%（中间一件），多在 ${low}% 到 ${high}% 之间`
    add('追回', told, outlook.recovered.cases)
  }
  if (outlook.days) add('用时', daysInWords(outlook.days), outlook.days.cases)
  for (const { id, cases } of outlook.law) {
    add('常用法条', `${words.provision(id)}，${cases.length} 件`, cases)
  }
  for (const { id, cases } of outlook.methods) {
    add('管用的办法', `${words.label('methods', id)}，${cases.length} 件`, cases)
  }
  for (const { text, caseNo } of outlook.pitfalls) add('前车之鉴', text, [caseNo])
  return lines
}

/** @param {import('./outlook.js').Quartiles} days */
function daysInWords({ values: [low, median, high], every }) {
  if (every.length < LEAST_FOR_SHARES) return `${every.join('、')} 天`
  return `${median} 天（中间一件），多在 ${low} 到 ${high} 天之间`
}
