// @ts-check
/** Cards and texts of cases, as `builder/index/case_shards.py` writes them. */

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

/** The sections of a case. */
export class CaseText {
  /** @type {FieldText[] | null} */
  #fieldTexts = null

  /**
   * @param {number[]} lengths terms in each ranking field
   * @param {Map<string, string>} sections section id -> text, in the order of a case page
   */
  constructor(lengths, sections) {
    this.lengths = lengths
    this.sections = sections
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
  /** @type {Map<number, Card>} of the texts that have been read */
  #read = new Map()

  /**
   * @param {IndexFiles} files
   * @param {number[]} blocks number of each case's block of texts
   * @param {number} blocksPerCards
   * @param {Section[]} sections
   */
  constructor(files, blocks, blocksPerCards, sections) {
    this.#files = files
    this.#blocks = blocks
    this.#blocksPerCards = blocksPerCards
    this.#sections = sections
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
          rows.map(([card, lengths, sections]) => {
            this.#read.set(card[0], readCard(card))
            return [card[0], this.#readText(lengths, sections)]
          }),
        ),
    )
    return /** @type {CaseText} */ (texts.get(caseNo))
  }

  /** @param {number[]} lengths @param {any[]} written section number, text, ... */
  #readText(lengths, written) {
    /** @type {Map<string, string>} */
    const sections = new Map()
    for (let at = 0; at < written.length; at += 2) {
      sections.set(this.#sections[written[at]][0], written[at + 1])
    }
    return new CaseText(lengths, sections)
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
