// @ts-check
/**
 * Concept groups, words that mean one thing to a search: twin of `builder/text/concepts.py`.
 *
 * The groups come with the index, and were checked when it was built. No DOM, no loading.
 */

import { WORD } from './folding.js'

/** @typedef {import('./folding.js').Folding} Folding */
/** @typedef {{start: number, end: number, term: string}} ConceptMatch */

export const CONCEPT_MARK = '#' // no text gives a term that begins with it

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
  /** @type {Map<string, string>} folded word -> concept term */
  #termOf = new Map()
  /** @type {Map<number, string[]>} first unit -> folded words, longest first */
  #byFirst = new Map()

  /**
   * @param {Iterable<[id: string, words: string[]]>} groups
   * @param {Folding} folding
   */
  constructor(groups, folding) {
    for (const [id, words] of groups) {
      const term = CONCEPT_MARK + id
      this.#labels.set(term, words[0])
      for (const word of words) this.#termOf.set(folding.foldText(word), term)
    }
    for (const word of this.#termOf.keys()) {
      const sharing = this.#byFirst.get(word.charCodeAt(0))
      if (sharing) sharing.push(word)
      else this.#byFirst.set(word.charCodeAt(0), [word])
    }
    for (const words of this.#byFirst.values()) words.sort((a, b) => b.length - a.length)
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
    for (let start = 0; start < folded.length; ) {
      const words = this.#byFirst.get(folded.charCodeAt(start))
      const word = words?.find((one) => standsAt(folded, one, start))
      if (word === undefined) {
        start += 1
        continue
      }
      const end = start + word.length
      found.push({ start, end, term: /** @type {string} */ (this.#termOf.get(word)) })
      start = end
    }
    return found
  }
}

/**
 * Return whether a word stands at a place, and neither of its edges cuts a word in two.
 *
 * @param {string} folded
 * @param {string} word
 * @param {number} start
 */
function standsAt(folded, word, start) {
  if (!folded.startsWith(word, start)) return false
  return !cutsWord(folded, start) && !cutsWord(folded, start + word.length)
}

/**
 * Return whether letters or digits stand on both sides of a place.
 *
 * @param {string} folded
 * @param {number} at
 */
function cutsWord(folded, at) {
  return (
    at > 0 &&
    at < folded.length &&
    IS_WORD_CHARACTER.test(folded[at - 1]) &&
    IS_WORD_CHARACTER.test(folded[at])
  )
}
