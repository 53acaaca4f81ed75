// @ts-check
/**
 * Which dispute type a story is likely to be: the nearest cases vote, its own words too.
 * Twin of `builder/search/likely_types.py`; whole numbers throughout.
 */

import { compareCodePoints } from './analyzer.js'

/** @typedef {import('./library.js').Library} Library */
/** @typedef {import('./vocabulary.js').Term} Term */
/**
 * A dispute type with what speaks for it.
 *
 * @typedef {object} LikelyType
 * @property {string} id
 * @property {string} label
 * @property {number} share per cent of all votes, rounded down
 * @property {string} confidence how sure one may be, in words
 * @property {string[]} words of the story that name it, longest first
 * @property {number[]} cases numbers of the nearest cases that have it, nearest first
 */
/** @typedef {{caseNo: number, score: number, types: string[]}} Near */
/** @typedef {{count: number, words: string[], cases: number[]}} Votes */

const NEAREST = 12 // cases that vote
const FULL_VOTE = 1000 // of the nearest case; the others in proportion to their scores
const WORD_VOTE = 1_200_000 // of a word that names one type and no other
const PARENT_SHARE = 6 // a word of the first level gives each type below it a sixth of that
const SURE = 45 // per cent of all votes from which a type is called very likely
const LIKELY = 25

/**
 * Return the likeliest second-level dispute types, best first.
 *
 * @param {string} story
 * @param {Near[]} nearest best first
 * @param {Library} library
 * @param {number} [limit]
 * @returns {LikelyType[]}
 */
export function likelyTypes(story, nearest, { folding, vocabulary }, limit = 3) {
  const all = vocabulary.terms.get('dispute_types') ?? []
  const terms = all.filter(({ parent }) => parent)
  /** @type {Map<string, Votes>} */
  const votes = new Map(terms.map(({ id }) => [id, { count: 0, words: [], cases: [] }]))
  casesVote(nearest.slice(0, NEAREST), votes)
  wordsVote(folding.foldText(story), all, votes, (text) => folding.foldText(text))
  const of = (/** @type {Term} */ { id }) => /** @type {Votes} */ (votes.get(id))
  const total = terms.reduce((sum, term) => sum + of(term).count, 0)
  return terms
    .map((term, place) => ({ term, place }))
    .sort((one, other) => of(other.term).count - of(one.term).count || one.place - other.place)
    .slice(0, limit)
    .filter(({ term }) => of(term).count)
    .map(({ term }) => {
      const { count, words, cases } = of(term)
      const share = Math.floor((100 * count) / total)
      return {
        id: term.id,
        label: term.label,
        share,
        confidence: share >= SURE ? '很可能' : share >= LIKELY ? '可能' : '也许',
        words: [...new Set(words)].sort(
          (one, other) => [...other].length - [...one].length || compareCodePoints(one, other),
        ),
        cases,
      }
    })
}

/** Let cases vote by the square of their scores. @param {Near[]} nearest @param {Map<string, Votes>} votes */
function casesVote(nearest, votes) {
  const highest = nearest.reduce((most, { score }) => Math.max(most, score), 0)
  for (const { caseNo, score, types } of nearest) {
    const strength = highest ? Math.floor((FULL_VOTE * score) / highest) : 0
    types.forEach((id, place) => {
      const one = votes.get(id)
      if (!one) return
      one.count += strength * strength * (place ? 1 : 2)
      one.cases.push(caseNo)
    })
  }
}

/**
 * Let labels and synonyms that stand in the story vote; a shared word is divided.
 *
 * @param {string} folded
 * @param {Term[]} terms
 * @param {Map<string, Votes>} votes
 * @param {(text: string) => string} fold
 */
function wordsVote(folded, terms, votes, fold) {
  /** @type {Map<string, Term[]>} */
  const owners = new Map()
  /** @type {Map<string, string[]>} */
  const children = new Map()
  for (const term of terms) {
    if (term.parent) children.set(term.parent, [...(children.get(term.parent) ?? []), term.id])
    for (const written of new Set([term.label, ...term.synonyms])) {
      const word = fold(written)
      if (folded.includes(word)) owners.set(word, [...(owners.get(word) ?? []), term])
    }
  }
  for (const word of longest([...owners.keys()])) {
    const named = /** @type {Term[]} */ (owners.get(word))
    const vote = Math.floor(WORD_VOTE / named.length)
    for (const term of named) {
      const one = votes.get(term.id)
      if (one) {
        one.count += vote
        one.words.push(word)
      } else {
        for (const id of children.get(term.id) ?? []) {
          const below = /** @type {Votes} */ (votes.get(id))
          below.count += Math.floor(vote / PARENT_SHARE)
        }
      }
    }
  }
}

/** Return the words that are not part of a longer one among them. @param {string[]} words */
function longest(words) {
  return words.filter((word) => !words.some((other) => word !== other && other.includes(word)))
}
