// @ts-check
/**
 * What somebody may have meant to type: words of the library by their sound, by pinyin
 * initials, or with a character wrong. Looked up only when nothing was found.
 */

import { strip } from './strip.js'

/** @typedef {import('./library.js').Library} Library */
/** @typedef {{text: string, kind: '' | 'spelling' | 'pinyin'}} Suggestion */
/** @typedef {{word: string, sound: string, initials: string, characters: string[]}} Spelled */

const NONE = /** @type {Suggestion} */ ({ text: '', kind: '' })
const LETTERS = /^[a-z' ]+$/
const LONGEST = 12 // code points; nobody misspells a longer word as a whole
const WORDS_READ = 6

/**
 * Return a query to try instead, or none.
 *
 * @param {Library} library
 * @param {string} text the query
 * @param {string[]} unknown its words that no case has
 * @returns {Promise<Suggestion>}
 */
export async function suggest(library, text, unknown) {
  const words = await library.files.get('spelling', readWords)
  const folded = strip(library.folding.foldText(text))
  if (LETTERS.test(folded)) {
    const found = byPinyin(words, folded.split(' ').filter(Boolean))
    return found ? { text: found, kind: 'pinyin' } : NONE
  }
  let suggested = text
  for (const word of unknown.slice(0, WORDS_READ)) {
    const nearest = nearestTo(words, library.folding.foldText(word))
    if (nearest) suggested = suggested.replace(word, nearest)
  }
  return suggested === text ? NONE : { text: suggested, kind: 'spelling' }
}

/** @param {[string, string][]} rows word, its syllables parted by blanks @returns {Spelled[]} */
function readWords(rows) {
  return rows.map(([word, syllables]) => ({
    word,
    sound: syllables.replaceAll(' ', ''),
    initials: syllables
      .split(' ')
      .map((syllable) => syllable[0])
      .join(''),
    characters: [...word],
  }))
}

/**
 * Return the words that letters stand for, or '' when a part of them stands for none.
 *
 * @param {Spelled[]} words the most used first
 * @param {string[]} parts
 */
function byPinyin(words, parts) {
  const whole = parts.join('')
  const asOne = parts.length > 1 ? exactly(words, whole) : undefined
  if (asOne) return asOne.word
  const found = parts.map((part) => exactly(words, part) ?? startingWith(words, part))
  return found.every(Boolean) ? found.map((one) => one?.word).join(' ') : ''
}

/** @param {Spelled[]} words @param {string} letters */
function exactly(words, letters) {
  return words.find(({ initials, sound }) => initials === letters || sound === letters)
}

/** @param {Spelled[]} words @param {string} letters */
function startingWith(words, letters) {
  if (letters.length < 2) return undefined
  return words.find(({ initials, sound }) => initials.startsWith(letters) || sound.startsWith(letters))
}

/**
 * Return the word that differs least: same sound would need a dictionary, so one character
 * wrong, missing, too many or two changed round.
 *
 * @param {Spelled[]} words
 * @param {string} folded
 */
function nearestTo(words, folded) {
  const typed = [...folded]
  if (typed.length < 2 || typed.length > LONGEST) return ''
  const near = words.find(({ characters }) => isOneEditAway(characters, typed))
  return near?.word ?? ''
}

/** @param {string[]} one @param {string[]} other */
function isOneEditAway(one, other) {
  if (Math.abs(one.length - other.length) > 1) return false
  const shortest = Math.min(one.length, other.length)
  let front = 0
  while (front < shortest && one[front] === other[front]) front += 1
  let back = 0
  while (back < shortest - front && one[one.length - 1 - back] === other[other.length - 1 - back]) back += 1
  const [left, right] = [one.length - front - back, other.length - front - back]
  if (left + right === 0) return false
  // of a two-character word half would be wrong: only one that is changed round or longer
  if (shortest <= 2 && left === 1 && right === 1) return false
  if (left <= 1 && right <= 1) return true
  return left === 2 && right === 2 && one[front] === other[front + 1] && one[front + 1] === other[front]
}
