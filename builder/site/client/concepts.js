// @ts-check
/**
 * Concept groups, words that mean one thing to a search: twin of `builder/text/concepts.py`.
 *
 * The groups come with the index, and were checked when it was built. No DOM, no loading.
 */

import { WORD } from './folding.js'

/** @typedef {import('./folding.js').Folding} Folding */
/** @typedef {{start: number, end: number, term: string}} ConceptMatch */
/** @typedef {{word: string, term: string}} Word */

export const CONCEPT_MARK = '#' // no text gives a term that begins with it

const FIRST_HAN = 0x4e00
const LAST_HAN = 0x9fff
const IS_WORD_CHARACTER = new RegExp(`[${WORD}]`, 'u')

/**
 * Return whether a term stands for a concept group rather than for characters.
 *
 * @param {string} term
 */
export function isConcept(term) {
  return term.startsWith(CONCEPT_MARK)
}

/** The concept groups of the library, ready for matching. */
export class Concepts {
  /** @type {Map<string, string>} */
  #labels = new Map()
  /**
   * Every character of some sixty cases is looked up here while somebody waits: a plain table
   * says where the words with two such units at the beginning are; mostly that there are none.
   */
  #places = new Uint16Array(0x10000) // of `beginning` -> place in `#words`
  /** @type {Word[][]} folded words that share their beginning, longest first */
  #words = [[]]

  /**
   * @param {Iterable<[id: string, words: string[]]>} groups
   * @param {Folding} folding
   */
  constructor(groups, folding) {
    /** @type {Map<string, string>} folded word -> concept term */
    const termOf = new Map()
    for (const [id, words] of groups) {
      const term = CONCEPT_MARK + id
      this.#labels.set(term, words[0])
      for (const word of words) termOf.set(folding.foldText(word), term)
    }
    for (const [word, term] of termOf) {
      const begins = beginning(word, 0)
      if (!this.#places[begins]) this.#places[begins] = this.#words.push([]) - 1
      this.#words[this.#places[begins]].push({ word, term })
    }
    for (const words of this.#words) words.sort((a, b) => b.word.length - a.word.length)
  }

  /**
   * Return the first word of the group that a concept term stands for.
   *
   * @param {string} term
   * @throws {RangeError} there is no such group
   */
  label(term) {
    const label = this.#labels.get(term)
    if (label === undefined) throw new RangeError(`no concept group: ${term}`)
    return label
  }

  /**
   * Return where concept words stand in folded text, from left to right, in UTF-16 units.
   *
   * The longest word wins. One that begins or ends with a letter or digit must do so at
   * the edge of a word of the text: `app` is not found in `happy`.
   *
   * @param {string} folded
   * @returns {ConceptMatch[]}
   */
  matches(folded) {
    /** @type {ConceptMatch[]} */
    const found = []
    this.forEach(folded, (term, start, end) => found.push({ start, end, term }))
    return found
  }

  /**
   * Call a function for each place where a concept word stands, as `matches` finds them.
   *
   * @param {string} folded
   * @param {(term: string, start: number, end: number) => void} visit
   */
  forEach(folded, visit) {
    const places = this.#places
    const last = folded.length - 1 // no word begins there: each has at least two units
    for (let start = 0; start < last; ) {
      const place = places[beginning(folded, start)]
      const found = place ? longestAt(folded, this.#words[place], start) : null
      if (!found) {
        start += 1
        continue
      }
      const end = start + found.word.length
      visit(found.term, start, end)
      start = end
    }
  }
}

/**
 * Return a number below 2**16 that two units give; others may give the same.
 *
 * @param {string} text
 * @param {number} at place of the first; words have at least two units
 */
function beginning(text, at) {
  return (text.charCodeAt(at) * 31 + text.charCodeAt(at + 1)) & 0xffff
}

/**
 * Return the first of the words that stands at a place without cutting a word in two, or null.
 *
 * @param {string} folded
 * @param {Word[]} words longest first
 * @param {number} start
 */
function longestAt(folded, words, start) {
  for (const found of words) {
    const { word } = found
    if (!folded.startsWith(word, start)) continue
    if (!cutsWord(folded, start) && !cutsWord(folded, start + word.length)) return found
  }
  return null
}

/**
 * Return whether letters or digits stand on both sides of a place.
 *
 * @param {string} folded
 * @param {number} at
 */
function cutsWord(folded, at) {
  return at > 0 && at < folded.length && isOfWord(folded, at - 1) && isOfWord(folded, at)
}

/** @param {string} folded @param {number} at */
function isOfWord(folded, at) {
  const unit = folded.charCodeAt(at)
  // the most frequent characters by far: no need to ask the slower pattern
  return !(unit >= FIRST_HAN && unit <= LAST_HAN) && IS_WORD_CHARACTER.test(folded[at])
}
