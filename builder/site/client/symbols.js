// @ts-check
/** Whole numbers written as text: twin of `builder/index/symbols.py`. No DOM, no loading. */

const FIRST_CODE = 35
const SKIPPED_CODE = 92 // the backslash
const BASE = 45

/** Something in a shard is not what its format says. */
export class FormatError extends Error {}

/** Reads symbols and numbers from text, one after the other. */
export class SymbolReader {
  /** @param {string} text @param {number} [at] */
  constructor(text, at = 0) {
    this.text = text
    this.at = at
  }

  /** Whether all has been read. */
  get isAtEnd() {
    return this.at >= this.text.length
  }

  /**
   * Return the next symbol's value, 0..90.
   *
   * @throws {FormatError} the text ends here, or the symbol is none
   */
  symbol() {
    const code = this.text.charCodeAt(this.at)
    if (!(code >= FIRST_CODE && code <= 126) || code === SKIPPED_CODE) {
      throw new FormatError(`no symbol at ${this.at}`)
    }
    this.at += 1
    return code - FIRST_CODE - (code > SKIPPED_CODE ? 1 : 0)
  }

  /**
   * Return the next number.
   *
   * @throws {FormatError} the text ends inside it
   */
  number() {
    let value = 0
    for (let unit = 1; ; unit *= BASE) {
      const digit = this.symbol()
      if (digit < BASE) return value + digit * unit
      value += (digit - BASE) * unit
    }
  }

  /**
   * Return ascending numbers that are written as gaps, the first counted from 0.
   *
   * @param {number} count
   */
  ascending(count) {
    const values = new Int32Array(count)
    let last = 0
    for (let at = 0; at < count; at += 1) {
      last += this.number()
      values[at] = last
    }
    return values
  }

  /** @param {number} count */
  symbols(count) {
    const values = new Uint8Array(count)
    for (let at = 0; at < count; at += 1) values[at] = this.symbol()
    return values
  }
}

/**
 * Return all numbers of a text.
 *
 * @param {string} text
 * @returns {number[]}
 * @throws {FormatError} it ends inside a number
 */
export function readNumbers(text) {
  const reader = new SymbolReader(text)
  const values = []
  while (!reader.isAtEnd) values.push(reader.number())
  return values
}
