// @ts-check
/**
 * The query language, words, phrases, exclusions, OR, fields and ranges: twin of
 * `builder/search/query.py`, where it is described. No DOM, no loading.
 */

import { strip } from './strip.js'
import { LONG_QUERY } from './term_choice.js'
import { parseTicket } from './ticket.js'
import { readAmountRange, readArticle, readCaseId, readDateRange, readYearRange } from './values.js'

/** @typedef {import('./folding.js').Folding} Folding */
/** @typedef {import('./ticket.js').Ticket} Ticket */
/** @typedef {import('./values.js').Range} Range */
/** @typedef {'word' | 'phrase' | 'facet' | 'law' | 'range' | 'id'} Kind */
/**
 * One thing a query asks for.
 *
 * @typedef {object} Clause
 * @property {Kind} kind word: `text`, which a case may have; phrase: `text` in a row, in the
 *   section `field` or anywhere; facet: a term that `text` names; law: the statute `text`
 *   (any when empty), its article `field` (any when empty); range: numbers of `field` from
 *   `low` to `high`; id: the case `text`
 * @property {string} text
 * @property {string} field '' without one
 * @property {number | null} low
 * @property {number | null} high
 * @property {boolean} negated
 * @property {string} name the field as people call it, as typed; '' without one
 */
/**
 * What a text asks for.
 *
 * @typedef {object} Query
 * @property {string} text as typed
 * @property {string | null} caseId the id that the whole text is
 * @property {Clause[][]} groups all must hold; in a group one clause must hold, except that
 *   a group of words that are not excluded is a wish
 * @property {Ticket | null} ticket what a pasted complaint says; then there are no groups
 * @property {string[]} hints what was not understood as it was perhaps meant
 */

export const LONGEST = 20_000 // code points; what stands behind them is not read
export const MOST_HINTS = 5
const SENTENCES = 2 // marks that make prose of a long text with field-like labels
const LONGEST_NAME = 8 // code points before a colon that may have meant a field

/** @type {Map<string, string>} opening quote -> the quotes that close it */
const OPENING = new Map([
  ['"', '"“”＂'],
  ['“', '"“”＂'],
  ['”', '"“”＂'],
  ['＂', '"“”＂'],
  ['「', '」'],
  ['『', '』'],
])
const MINUS = '-－−'
const EITHER = '|｜'
const BREAKS = ' \t\r\n\f\v\u00a0\u3000，、；。！？'
const BLANKS = ' \t\u00a0\u3000'
const COLON = /[:：]/
const NOT_COLON = /[^:：]/
const MARKS = /[，。；！？\n]/g
const COMMON_HAN = /[㐀-鿿]/

/** @type {Record<string, (text: string, folding: Folding) => Range | null>} */
const RANGES = {
  disputed: readAmountRange,
  recovered: readAmountRange,
  date: readDateRange,
  year: readYearRange,
}
/** @type {[kind: Kind, field: string, names: string][]} what people write before the colon */
const FIELD_NAMES = [
  ['facet', 'types', '类型 纠纷类型 纠纷'],
  ['facet', 'industry', '行业'],
  ['facet', 'claims', '诉求 请求'],
  ['facet', 'outcomes', '结果 处理结果'],
  ['facet', 'methods', '手法 方法 调解手法 调解方法'],
  ['facet', 'departments', '部门 参与部门'],
  ['facet', 'channel', '渠道 来源渠道'],
  ['facet', 'station', '所 办理所'],
  ['facet', 'district', '区县 地区'],
  ['law', 'statutes', '法条 条文 法规 法律 法律依据'],
  ['id', 'id', '编号 案号 案例编号'],
  ['range', 'disputed', '金额 争议金额'],
  ['range', 'recovered', '追回 追回金额'],
  ['range', 'date', '日期 结案 结案日期'],
  ['range', 'year', '年份 年'],
  ['phrase', 'title', '标题'],
  ['phrase', 'summary', '要点'],
  ['phrase', 'facts', '案情 案情简介'],
  ['phrase', 'positions', '主张 双方主张'],
  ['phrase', 'issues', '焦点 争议焦点'],
  ['phrase', 'evidence', '证据 调查与证据'],
  ['phrase', 'process', '过程 调解过程'],
  ['phrase', 'turning_point', '突破口'],
  ['phrase', 'analysis', '评析 案例评析'],
  ['phrase', 'lessons', '复盘'],
  ['phrase', 'tips', '提示'],
  ['phrase', 'sights', '四见'],
  ['phrase', 'tags', '标签 关键词'],
]
/** @type {Map<string, {kind: Kind, field: string}>} */
export const FIELDS = new Map()
for (const [kind, field, names] of FIELD_NAMES) {
  for (const name of names.split(' ')) FIELDS.set(name, { kind, field })
}
/** @type {Record<string, string>} */
const EXAMPLES = {
  disputed: '金额写成 金额:1000..5000 或 金额:1万.. 。',
  recovered: '金额写成 追回:1000..5000 或 追回:1万.. 。',
  date: '日期写成 日期:2026-03 或 日期:2026-01..2026-06 。',
  year: '年份写成 年份:2026 或 年份:2024..2026 。',
  id: '编号写成 编号:SL-2026-0001 。',
}

/**
 * Return what `text` asks for; any text asks for something, if only for nothing.
 *
 * @param {string} text
 * @param {Folding} folding
 * @returns {Query}
 */
export function parse(text, folding) {
  /** @type {Query} */
  const query = { text, caseId: null, groups: [], ticket: null, hints: [] }
  const hints = []
  if (codePoints(text) > LONGEST) {
    query.text = [...text].slice(0, LONGEST).join('')
    hints.push(`文字太长，只看前 ${LONGEST} 个字。`)
  }
  const caseId = readCaseId(strip(folding.foldText(query.text)))
  if (caseId) return { ...query, caseId }
  const reader = new Reader(query.text, folding)
  const groups = reader.groups()
  if (isComplaint(query.text, groups)) {
    const ticket = parseTicket(query.text, folding)
    for (const name of new Set(groups.flat().map((clause) => clause.name))) {
      if (name && !ticket.labels.includes(name)) {
        hints.push(`文字较长，按投诉内容查找，“${name}:”没有当作条件。`)
      }
    }
    return { ...query, ticket, hints }
  }
  const told = [...new Set([...hints, ...reader.hints])].slice(0, MOST_HINTS)
  return { ...query, groups, hints: told }
}

/**
 * Return whether a group only says what is welcome, not what must hold.
 *
 * @param {Clause[]} group
 */
export function isWish(group) {
  return group.every((clause) => clause.kind === 'word' && !clause.negated)
}

/**
 * Return a query as JSON tells it, without what is absent.
 *
 * @param {Query} query
 * @returns {Record<string, unknown>}
 */
export function asPlain(query) {
  /** @param {object} told @param {(value: unknown) => boolean} isTold */
  const only = (told, isTold) =>
    Object.fromEntries(Object.entries(told).filter(([, value]) => isTold(value)))
  /** @param {unknown} value */
  const isGiven = (value) => value !== null && value !== '' && value !== false
  const groups = query.groups.map((group) => group.map((clause) => only(clause, isGiven)))
  return only(
    {
      case_id: query.caseId ?? '',
      groups,
      story: query.ticket ? query.ticket.narrative : '',
      hints: query.hints,
    },
    (value) => /** @type {string | unknown[]} */ (value).length > 0,
  )
}

/**
 * Return whether the text is a story rather than a query.
 *
 * Long are the words that stand outside of quotes and fields. A query of many words may
 * exclude some and name fields, but has no sentences.
 *
 * @param {string} text
 * @param {Clause[][]} groups
 */
function isComplaint(text, groups) {
  let words = 0
  for (const clause of groups.flat()) {
    if (clause.kind === 'word' && !clause.negated) words += codePoints(clause.text)
  }
  if (words <= LONG_QUERY) return false
  const isPlain = groups.every((group) => group.length === 1 && isWish(group))
  return isPlain || (strip(text).match(MARKS) ?? []).length >= SENTENCES
}

/** Goes through a text, from left to right. */
class Reader {
  /** @type {string[]} */
  hints = []
  #at = 0
  /** @type {Set<string>} quotes that no later one closes */
  #unclosed = new Set()
  #text
  #folding

  /**
   * @param {string} text
   * @param {Folding} folding
   */
  constructor(text, folding) {
    this.#text = text
    this.#folding = folding
  }

  /** Return the groups of clauses. */
  groups() {
    /** @type {Clause[][]} */
    const found = []
    let either = false
    while (this.#skip(BREAKS)) {
      if (this.#takesEither()) {
        either = found.length > 0
        continue
      }
      const clauses = this.#clauses()
      if (!clauses.length) continue
      if (either) found[found.length - 1].push(...clauses.splice(0, 1))
      found.push(...clauses.map((one) => [one]))
      either = false
    }
    return found
  }

  /**
   * Go to the next character that is none of these; return whether there is one.
   *
   * @param {string} characters
   */
  #skip(characters) {
    while (!this.#isAtEnd() && characters.includes(this.#text[this.#at])) this.#at += 1
    return !this.#isAtEnd()
  }

  #isAtEnd() {
    return this.#at >= this.#text.length
  }

  /** Take OR or | where it stands. */
  #takesEither() {
    if (EITHER.includes(this.#text[this.#at])) {
      this.#at += 1
      return true
    }
    const end = this.#at + 2
    const isAlone = end >= this.#text.length || BREAKS.includes(this.#text[end])
    if (isAlone && ['OR', 'ＯＲ'].includes(this.#text.slice(this.#at, end))) {
      this.#at = end
      return true
    }
    return false
  }

  /**
   * Read one clause; none where only marks stand, two where a field was none.
   *
   * @returns {Clause[]}
   */
  #clauses() {
    let negated = false
    const following = this.#text[this.#at + 1]
    const isBefore = following !== undefined && !BREAKS.includes(following)
    if (MINUS.includes(this.#text[this.#at]) && isBefore && !MINUS.includes(following)) {
      negated = true
      this.#at += 1
    }
    const quoted = this.#quoted()
    if (quoted !== null) return quoted ? [clause('phrase', quoted, { negated })] : []
    const word = this.#word()
    const colon = word.search(COLON)
    if (colon > 0) return this.#field(word.slice(0, colon), word.slice(colon + 1), negated)
    return NOT_COLON.test(word) ? [clause('word', word, { negated })] : []
  }

  /** Read a phrase with its quotes, or nothing; a quote without its pair is passed by. */
  #quoted() {
    const closing = OPENING.get(this.#text[this.#at])
    if (closing === undefined) return null
    this.#at += 1
    if (!this.#unclosed.has(closing)) {
      for (let end = this.#at; end < this.#text.length; end += 1) {
        if (closing.includes(this.#text[end])) {
          const phrase = strip(this.#text.slice(this.#at, end))
          this.#at = end + 1
          return phrase
        }
      }
      this.#unclosed.add(closing)
    }
    this.hints.push('引号没有配对，已当作普通词查找。')
    return null
  }

  /** Read up to a break, a quote or a bar. */
  #word() {
    const start = this.#at
    while (!this.#isAtEnd()) {
      const character = this.#text[this.#at]
      if (BREAKS.includes(character) || EITHER.includes(character) || OPENING.has(character)) break
      this.#at += 1
    }
    return this.#text.slice(start, this.#at)
  }

  /**
   * Read a field whose name and colon were read, and `value` as far as it was.
   *
   * @param {string} name
   * @param {string} value
   * @param {boolean} negated
   * @returns {Clause[]}
   */
  #field(name, value, negated) {
    const known = FIELDS.get(this.#folding.foldText(name))
    if (known === undefined) {
      const mayBeMeant = codePoints(name) <= LONGEST_NAME && COMMON_HAN.test(name)
      if (mayBeMeant && !value.startsWith('//')) {
        this.hints.push(`没有“${name}”这个字段，已当作普通词查找。`)
      }
      const words = value ? [name, value] : [name]
      return words.map((word) => clause('word', word, { negated }))
    }
    const written = value || this.#value()
    if (!written) {
      this.hints.push(`“${name}:”后面没有写内容，已当作普通词查找。`)
      return [clause('word', name, { negated })]
    }
    const read = readField(known.kind, known.field, written, this.#folding)
    if (read === null) {
      const example = EXAMPLES[known.field]
      this.hints.push(`“${name}:${written}”看不懂，已当作普通词查找。${example}`)
      return [clause('word', written, { negated })]
    }
    return [{ ...read, negated, name }]
  }

  /** Read a value that does not follow its colon at once: in quotes, or after blanks. */
  #value() {
    if (!this.#skip(BLANKS) || MINUS.includes(this.#text[this.#at])) return ''
    return this.#quoted() ?? this.#word()
  }
}

/**
 * Return the clause of a known field, or null when its value cannot be read.
 *
 * @param {Kind} kind
 * @param {string} field
 * @param {string} value
 * @param {Folding} folding
 * @returns {Clause | null}
 */
function readField(kind, field, value, folding) {
  if (kind === 'range') {
    const range = RANGES[field](folding.foldText(value), folding)
    return range && clause(kind, value, { field, ...range })
  }
  if (kind === 'id') {
    const caseId = readCaseId(folding.foldText(value))
    return caseId ? clause(kind, caseId, { field }) : null
  }
  if (kind === 'law') {
    const { statute, article } = readArticle(folding.foldText(value))
    return clause(kind, statute, { field: article })
  }
  return clause(kind, value, { field })
}

/**
 * Return a clause, what is not given being absent.
 *
 * @param {Kind} kind
 * @param {string} text
 * @param {Partial<Clause>} given
 * @returns {Clause}
 */
function clause(kind, text, given) {
  return { kind, text, field: '', low: null, high: null, negated: false, name: '', ...given }
}

/** @param {string} text */
function codePoints(text) {
  return [...text].length
}
