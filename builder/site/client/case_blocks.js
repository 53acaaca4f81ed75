// @ts-check
/** Cards and texts of cases, as `builder/index/case_shards.py` writes them. */

import { readNumbers } from './symbols.js'

/** @typedef {import('./loader.js').IndexFiles} IndexFiles */
/** @typedef {import('./folding.js').Folding} Folding */
/**
 * What a list of hits shows of a case: labels, not ids; amounts in yuan or ''.
 *
 * @typedef {object} Card
 * @property {string} id
 * @property {string} title
 * @property {string} date day or month
 * @property {number | null} days
 * @property {string} place
 * @property {string} disputed
 * @property {string} claimed
 * @property {string} recovered
 * @property {boolean} sample
 * @property {string} status '' for a published case
 * @property {string[]} types
 * @property {string} industry
 * @property {string[]} outcomes
 */
/** @typedef {{text: string, folded: string}} FieldText */
/** @typedef {[id: string, name: string, field: string]} Section */

/**
 * What a case is compared by; amounts in whole fen (`builder/index/comparable.py`).
 *
 * @typedef {object} Comparable
 * @property {string[]} types
 * @property {string[]} parents
 * @property {string} industry
 * @property {string[]} outcomes
 * @property {string[]} methods
 * @property {string[]} keywords
 * @property {string[]} law
 * @property {boolean} law_changed
 * @property {number} settled 1, -1 or 0
 * @property {boolean} online
 * @property {boolean} group
 * @property {number | null} disputed
 * @property {number | null} claimed
 * @property {number | null} recovered
 * @property {number | null} days
 * @property {[first: number, count: number]} weak
 */

/** The sections of a case, what it is compared by, the cases most like it. */
export class CaseText {
  /** @type {FieldText[] | null} */
  #fieldTexts = null

  /**
   * @param {number[]} lengths terms in each ranking field
   * @param {Map<string, string>} sections section id -> text, in the order of a case page
   * @param {Comparable} compared
   * @param {number[]} like case numbers, most alike first
   */
  constructor(lengths, sections, compared, like) {
    this.lengths = lengths
    this.sections = sections
    this.compared = compared
    this.like = like
  }

  /**
   * Return the text of each ranking field, folded too; worked out once.
   *
   * @param {string[]} fields names of the fields
   * @param {Section[]} sections
   * @param {Folding} folding
   */
  fieldTexts(fields, sections, folding) {
    this.#fieldTexts ??= fields.map((name) => {
      const text = sections
        .filter(([id, , field]) => field === name && this.sections.has(id))
        .map(([id]) => this.sections.get(id))
        .join('\n')
      return { text, folded: folding.foldText(text) }
    })
    return this.#fieldTexts
  }
}

/** Cards and texts of cases, loaded by the block. */
export class CaseBlocks {
  #files
  #blocks
  #blocksPerCards
  #sections
  #compared
  /** @type {Map<number, Card>} of the texts that have been read */
  #read = new Map()

  /**
   * @param {IndexFiles} files
   * @param {number[]} blocks number of each case's block of texts
   * @param {{blocksPerCards: number, sections: Section[], compared: string[]}} manifest
   */
  constructor(files, blocks, { blocksPerCards, sections, compared }) {
    this.#files = files
    this.#blocks = blocks
    this.#blocksPerCards = blocksPerCards
    this.#sections = sections
    this.#compared = compared
  }

  /** Return the block of a case. @param {number} caseNo */
  blockOf(caseNo) {
    return this.#blocks[caseNo]
  }

  /** @param {number} caseNo @returns {Promise<Card>} */
  async card(caseNo) {
    const read = this.#read.get(caseNo)
    if (read) return read
    const number = Math.floor(this.#blocks[caseNo] / this.#blocksPerCards)
    const cards = await this.#files.get(
      `cards/${number}`,
      (/** @type {any[]} */ rows) => new Map(rows.map((row) => [row[0], readCard(row)])),
    )
    return /** @type {Card} */ (cards.get(caseNo))
  }

  /** @param {number} caseNo @returns {Promise<CaseText>} */
  async text(caseNo) {
    const texts = await this.#files.get(
      `texts/${this.#blocks[caseNo]}`,
      (/** @type {any[]} */ rows) =>
        new Map(
          rows.map(([card, lengths, sections, compared, like]) => {
            this.#read.set(card[0], readCard(card))
            return [card[0], this.#readText(lengths, sections, compared, like)]
          }),
        ),
    )
    return /** @type {CaseText} */ (texts.get(caseNo))
  }

  /**
   * @param {number[]} lengths
   * @param {any[]} written section number, text, ...
   * @param {any[]} compared in the order of the manifest
   * @param {string} like
   */
  #readText(lengths, written, compared, like) {
    /** @type {Map<string, string>} */
    const sections = new Map()
    for (let at = 0; at < written.length; at += 2) {
      sections.set(this.#sections[written[at]][0], written[at + 1])
    }
    const named = Object.fromEntries(this.#compared.map((name, at) => [name, compared[at]]))
    return new CaseText(lengths, sections, /** @type {any} */ (named), readNumbers(like))
  }
}

/** @param {any[]} row @returns {Card} */
function readCard(row) {
  const [, id, title, date, days, place, disputed, claimed, recovered, sample, status] = row
  const [types, industry, outcomes] = row.slice(11)
  return {
    id,
    title,
    date,
    days,
    place,
    disputed,
    claimed,
    recovered,
    sample: Boolean(sample),
    status,
    types,
    industry,
    outcomes,
  }
}
