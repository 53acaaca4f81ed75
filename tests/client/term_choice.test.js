import assert from 'node:assert/strict'
import { test } from 'node:test'
import { chooseTerms, fewTerms, queryWeight, weighTerms } from '../../builder/site/client/term_choice.js'
import { analyzerWith, golden } from './golden.js'

const { concepts, statistics, vectors, few, weights } = golden('term_choice')
const analyzer = analyzerWith(concepts)
const known = {
  weight: (term) => statistics[term]?.[0] ?? 0,
  highestImpact: (term) => statistics[term]?.[1] ?? 0,
}

for (const { name, text, limit, chosen } of vectors) {
  test(name, () => {
    assert.deepEqual([...chooseTerms(text, analyzer, known, limit)], chosen)
  })
}

for (const { name, text, words, terms } of few) {
  test(name, () => assert.deepEqual(fewTerms(text, words, analyzer, known), terms))
}

for (const { term, repeats, weight, chosen } of weights) {
  test(`weighs ${term} ${repeats} times ${weight}`, () => {
    assert.equal(queryWeight(term, repeats, weight), chosen)
  })
}

test('weighs every term, known or not', () => {
  assert.deepEqual(
    weighTerms('退卡卡', analyzer, known, 512),
    new Map([
      ['退', queryWeight('退', 1, 400)],
      ['退卡', 900],
      ['卡', queryWeight('卡', 2, 380)],
      ['卡卡', 512],
      ['#tuika', 600],
    ]),
  )
})
