// @ts-check
/**
 * Terms in a row: twin of `phrase_terms` and `pieces` in `builder/index/whoosh_fields.py`.
 * White space, line breaks too, separates words and is otherwise nothing; a run of marks
 * inside a phrase stands for any run of marks. No DOM, no loading.
 */

import { HAN, WORD } from './folding.js'
import { BLANKS } from './strip.js'

/** @typedef {{piece: string, place: number}[]} Phrase terms and their places from the first */

const PIECE = new RegExp(`[${HAN}]|[${WORD}]+|[^${BLANKS}${HAN}${WORD}]+`, 'gu')
const IS_TERM = new RegExp(`^[${HAN}${WORD}]`, 'u')
const IS_HAN = new RegExp(`^[${HAN}]`, 'u')

/** @param {string} folded */
function pieces(folded) {
  return folded.match(PIECE) ?? []
}

/**
 * Return the terms of a phrase, none where it is only marks.
 *
 * @param {string} text
 * @param {import('./folding.js').Folding} folding
 * @returns {Phrase}
 */
export function readPhrase(text, folding) {
  const found = pieces(folding.foldText(text))
    .map((piece, place) => ({ piece, place }))
    .filter(({ piece }) => IS_TERM.test(piece))
  return found.map(({ piece, place }) => ({ piece, place: place - found[0].place }))
}

/**
 * Return whether folded text has a phrase.
 *
 * @param {Phrase} phrase
 * @param {string} folded
 */
export function phraseIn(phrase, folded) {
  if (!phrase.length || !phrase.every(({ piece }) => folded.includes(piece))) return false
  const all = pieces(folded)
  return all.some((_, start) => phrase.every(({ piece, place }) => all[start + place] === piece))
}

/**
 * Return terms of the index that every case with the phrase has: pairs where characters
 * stand side by side, else characters and words. One term means that it is the phrase.
 *
 * @param {Phrase} phrase
 * @returns {string[]}
 */
export function phraseTerms(phrase) {
  /** @type {Set<string>} */
  const terms = new Set()
  phrase.forEach(({ piece, place }, at) => {
    if (!IS_HAN.test(piece)) {
      terms.add(piece)
      return
    }
    const next = phrase[at + 1]
    const isPaired = (/** @type {typeof next} */ other, /** @type {number} */ step) =>
      other !== undefined && other.place === place + step && IS_HAN.test(other.piece)
    if (isPaired(next, 1)) terms.add(piece + next.piece)
    else if (!isPaired(phrase[at - 1], -1)) terms.add(piece)
  })
  return [...terms]
}
