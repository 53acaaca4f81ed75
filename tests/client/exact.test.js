import assert from 'node:assert/strict'
import { test } from 'node:test'
import { WantedTerms, exactScore, impact } from '../../builder/site/client/exact.js'
import { analyzerWith, folding, golden } from './golden.js'

const { k1, fields, vectors } = golden('exact')
const analyzer = analyzerWith({ tuika: ['退卡', '退费'] })

for (const { counts, lengths, averages, impact: expected } of vectors) {
  test(`impact of ${counts} in ${lengths}`, () => {
    assert.equal(impact(counts, lengths, averages, fields, k1), expected)
  })
}

const texts = ['退卡ABC', '健身房退费,abc abc', '𠮷野家退卡', '', 'a退b卡', '退', '\u{20bb7}\u{20bb7}退卡']

for (const text of texts) {
  test(`counts in “${text}” what the analyzer counts`, () => {
    const all = new Map(texts.flatMap((one) => [...analyzer.countTerms(one)]))
    const wanted = new WantedTerms(all.keys(), analyzer)
    const counts = wanted.countIn(text, folding.foldText(text))
    const expected = analyzer.countTerms(text)
    wanted.terms.forEach((term, place) => assert.equal(counts[place], expected.get(term) ?? 0, term))
  })
}

test('a score is the sum of weight times impact over the terms', () => {
  const wanted = new WantedTerms(['退卡', '火星'], analyzer)
  const weights = new Map([['退卡', 3], ['火星', 100]])
  const model = { averages: [2, 2, 2, 2], fields, k1 }
  const parts = ['退卡', '', '', ''].map((text) => ({ text, folded: text }))
  const alone = impact([1, 0, 0, 0], [2, 0, 0, 0], model.averages, fields, k1)
  assert.equal(exactScore(wanted, weights, parts, [2, 0, 0, 0], model), 3 * alone)
})
