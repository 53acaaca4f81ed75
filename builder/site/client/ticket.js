// @ts-check
/**
 * Take a pasted 12315 or 12345 ticket apart: twin of `builder/text/ticket.py`.
 *
 * Such a ticket opens with the claims and the class of the problem, and then gives labelled
 * fields. Time and amount are read, names, numbers and addresses are dropped. Text without
 * these labels is left alone. No DOM, no loading.
 */

import { readAmountField, readAmounts } from './amount.js'
import { strip, stripEnd, stripStart } from './strip.js'

/** @typedef {import('./folding.js').Folding} Folding */
/**
 * @typedef {'merchant' | 'occurred' | 'amount' | 'problem' | 'story' | 'claims' | 'private'} Kind
 */
/**
 * What a pasted text says, as far as it says so.
 *
 * @typedef {object} Ticket
 * @property {string} narrative the story and the claims in the consumer's words; the text
 *   itself where there was no label
 * @property {boolean} merchantRemoved a business was named, and is not in `narrative` any more
 * @property {string | null} occurred as written
 * @property {string | null} amount yuan, with no or two decimals
 * @property {string | null} problem the class that the platform gave it, as written
 * @property {string[]} claims as written
 * @property {string[]} labels the labels found, in order
 */
/**
 * One label of a ticket and what follows it up to the next.
 *
 * @typedef {object} Field
 * @property {string} label
 * @property {Kind} kind
 * @property {string} text
 * @property {boolean} nextOnLine another label follows on the same line
 */
/** @typedef {{label: string, kind: Kind, isOwn: boolean, start: number, end: number}} Found */

/** @type {[kind: Kind, names: string][]} labels of their own: with a colon, a ticket is meant */
const LABELS = [
  [
    'merchant',
    '商户名称 商家名称 店铺名称 企业名称 单位名称 经营者名称 被投诉人 被投诉方' +
      ' 被投诉企业 被投诉单位 被投诉商家 被投诉主体 被投诉对象',
  ],
  [
    'occurred',
    '发生时间 发生日期 消费时间 消费日期 购买时间 购买日期 交易时间 事发时间 下单时间',
  ],
  ['amount', '消费金额 涉案金额 争议金额 交易金额 涉及金额 购买金额 支付金额 订单金额'],
  ['problem', '问题类别 问题类型 问题二级 投诉类型 投诉类别'],
  ['story', '问题描述 投诉内容 反映内容 反映问题 事件描述 事情经过 具体描述 事实描述 问题简述'],
  ['claims', '主要诉求 诉求内容 投诉诉求 投诉请求 诉求描述 诉求目的'],
  [
    'private',
    '投诉人姓名 消费者姓名 投诉人 来电人 联系电话 联系方式 来电号码 手机号码' +
      ' 联系地址 商户地址 商家地址 经营地址 企业地址 工单编号 投诉编号 受理编号 登记编号' +
      ' 订单编号 订单号码 统一社会信用代码',
  ],
]
/** @type {[kind: Kind, names: string][]} labels only beside a real one, where a phrase begins */
const SHORT_LABELS = [
  ['merchant', '商户 商家 店名'],
  ['occurred', '时间 日期'],
  ['amount', '金额'],
  ['claims', '诉求 要求'],
  ['private', '姓名 电话 手机号 手机 地址 订单号'],
]
const CLAIMS = (
  '退货 更换 换货 退赔费用 退款 退费 赔偿损失 赔偿 修理 维修 重作 继续履行 履行合同' +
  ' 解除合同 赔礼道歉 停止侵权 补足数量 其他诉求'
).split(' ')
const PROBLEMS = (
  '冒充合格产品 以假充真 以次充好 市场调节价问题 接受服务时人身、财产安全受损害 食品安全' +
  ' 其他人身权利问题 其他投诉问题'
).split(' ')
// What stands in a merchant field and names nobody.
const NAMELESS = (
  '无 不详 不清楚 未知 暂无 商家 商户 店铺 超市 商场 饭店 餐馆 健身房 理发店 美容院 网店' +
  ' 个体户 个体工商户'
).split(' ')

const SPACES = ' \t\r\n\u00a0\u3000'
const SEPARATORS = `${SPACES},，、;；.。|/`
const SPACE = '[ \\t\\r\\u00a0\\u3000]*'

const OWN = namesOf(LABELS)
const SHORT = namesOf(SHORT_LABELS)
const OWN_LABELS = new Set(OWN.split('|'))
/** @type {Map<string, Kind>} */
const KIND_OF = new Map()
for (const [kind, names] of [...LABELS, ...SHORT_LABELS]) {
  for (const name of names.split(' ')) KIND_OF.set(name, kind)
}
// Groups: bracketed label; label; what comes before a short label, that label.
const LABEL = new RegExp(
  `[【\\[]${SPACE}(${OWN}|${SHORT})${SPACE}[】\\]]${SPACE}[:：]?` +
    `|(${OWN})${SPACE}[:：]` +
    `|(^|[ \\t\\r\\n\\u3000,，、;；.。】)）])(${SHORT})${SPACE}[:：]`,
  'g',
)
const FIELD_END = /[。；;！!\n]/
const PHRASE_END = /[。；;！!\n，]|,(?![0-9])/
const NUMBERING = /^[(（]?[0-9一二三四五六七八九十]{1,2}(?:[)）.．](?![0-9])|$)/
const CLAIM_ENDS = /[，,、；;。\n]|(?=[(（][0-9一二三四五六七八九十]{1,2}[)）])/

/**
 * Return what a pasted ticket says; plain text comes back as its own narrative.
 *
 * The amount is that of its field, else the only one in the story; where the story has
 * several there is none.
 *
 * @param {string} text
 * @param {Folding} folding
 * @returns {Ticket}
 */
export function parseTicket(text, folding) {
  const { head, fields } = cut(text)
  if (!fields.length) {
    return {
      narrative: text,
      merchantRemoved: false,
      occurred: null,
      amount: onlyOne(readAmounts(text, folding)),
      problem: null,
      claims: [],
      labels: [],
    }
  }
  const opening = readHead(head)
  const story = [opening.rest]
  let claims = opening.claims
  /** @type {Map<Kind, string>} */
  const values = new Map()
  for (const field of fields) {
    if (field.kind === 'story') {
      story.push(field.text)
    } else if (field.kind === 'claims') {
      story.push(field.text)
      claims.push(...splitClaims(field.text))
    } else {
      const { value, runningOn } = split(field)
      if (value && !values.has(field.kind)) values.set(field.kind, value)
      story.push(runningOn)
    }
  }
  const parts = story.map((part) => stripEnd(stripStart(part, SEPARATORS), SPACES))
  let narrative = parts.filter(Boolean).join('\n')
  const amountField = values.get('amount')
  const amount = amountField === undefined ? null : readAmountField(amountField, folding)
  const merchant = values.get('merchant') ?? ''
  const isNamed = merchant !== '' && !NAMELESS.includes(merchant)
  if (isNamed) {
    narrative = narrative.replaceAll(merchant, '')
    claims = claims.map((claim) => claim.replaceAll(merchant, ''))
  }
  return {
    narrative,
    merchantRemoved: isNamed,
    occurred: values.get('occurred') ?? null,
    amount: amount ?? onlyOne(readAmounts(narrative, folding)),
    problem: values.get('problem') ?? opening.problem,
    claims: [...new Set(claims)],
    labels: fields.map((field) => field.label),
  }
}

/**
 * Return labels as alternatives of a regular expression, longest first.
 *
 * @param {[kind: Kind, names: string][]} labels
 */
function namesOf(labels) {
  const names = labels.flatMap(([, written]) => written.split(' '))
  return names.sort((a, b) => b.length - a.length).join('|')
}

/**
 * Return what stands before the first label, and the fields; none for plain text.
 *
 * @param {string} text
 * @returns {{head: string, fields: Field[]}}
 */
function cut(text) {
  const found = [...text.matchAll(LABEL)].map(foundLabel)
  const ownKinds = new Set(found.filter(({ isOwn }) => isOwn).map(({ kind }) => kind))
  if (!ownKinds.size) return { head: text, fields: [] }
  // 商家：不退 in a story is speech, not a second name of the business.
  const kept = found.filter(
    ({ isOwn, kind }) => isOwn || kind === 'private' || !ownKinds.has(kind),
  )
  const fields = kept.map(({ label, kind, end }, at) => {
    const next = at + 1 < kept.length ? kept[at + 1].start : text.length
    const content = text.slice(end, next)
    const lines = strip(content, ' \t\r')
    return { label, kind, text: content, nextOnLine: next < text.length && !lines.includes('\n') }
  })
  return { head: text.slice(0, kept[0].start), fields }
}

/**
 * Return the label that a match of `LABEL` found.
 *
 * @param {RegExpMatchArray} match
 * @returns {Found}
 */
function foundLabel(match) {
  const label = match[1] ?? match[2] ?? match[4]
  const index = /** @type {number} */ (match.index)
  return {
    label,
    kind: /** @type {Kind} */ (KIND_OF.get(label)),
    isOwn: OWN_LABELS.has(label),
    start: match[4] ? index + match[3].length : index,
    end: index + match[0].length,
  }
}

/**
 * Return a short field's value and the text that runs on behind it.
 *
 * A value ends with the line or sentence. Where no label follows on the line it already
 * ends with the phrase, lest a whole story be taken for a name; private matters are dropped
 * as far as they may go.
 *
 * @param {Field} field
 */
function split(field) {
  const text = stripStart(field.text, SEPARATORS)
  const end = (field.nextOnLine || field.kind === 'private' ? FIELD_END : PHRASE_END).exec(text)
  if (end === null) return { value: strip(text, SEPARATORS), runningOn: '' }
  const runningOn = text.slice(end.index + end[0].length)
  return { value: strip(text.slice(0, end.index), SEPARATORS), runningOn }
}

/**
 * Return the claims and the problem class that a ticket opens with, and the rest.
 *
 * @param {string} head
 */
function readHead(head) {
  /** @type {string[]} */
  const claims = []
  let rest = stripStart(head, SEPARATORS)
  let claim = leading(rest, CLAIMS)
  while (claim !== null) {
    claims.push(claim)
    rest = stripStart(rest.slice(claim.length), SEPARATORS)
    claim = leading(rest, CLAIMS)
  }
  const problem = leading(rest, PROBLEMS)
  if (problem !== null) rest = rest.slice(problem.length)
  return { claims, problem, rest }
}

/**
 * Return the word that the text begins with, if a separator or the end follows it.
 *
 * @param {string} text
 * @param {string[]} words
 */
function leading(text, words) {
  for (const word of words) {
    if (!text.startsWith(word)) continue
    if (text.length === word.length || SEPARATORS.includes(text[word.length])) return word
  }
  return null
}

/**
 * Return the claims of their field, one each, without numbering.
 *
 * @param {string} text
 */
function splitClaims(text) {
  return text
    .split(CLAIM_ENDS)
    .map((part) => strip(strip(part, SEPARATORS).replace(NUMBERING, ''), SEPARATORS))
    .filter(Boolean)
}

/**
 * Return the amount where there is one and no other.
 *
 * @param {string[]} amounts
 */
function onlyOne(amounts) {
  return new Set(amounts).size === 1 ? amounts[0] : null
}
