import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compareCodePoints, isSingle } from '../../builder/site/client/analyzer.js'
import { analyzerWith, golden, inCodePoints } from './golden.js'

const { concepts, vectors } = golden('analyzer')
const analyzer = analyzerWith(concepts)

for (const { name, text, tokens } of vectors) {
  test(name, () => assert.deepEqual(inCodePoints(text, analyzer.tokens(text)), tokens))

  test(`counts the same terms: ${name}`, () => {
    const counts = new Map()
    for (const [term] of tokens) counts.set(term, (counts.get(term) ?? 0) + 1)
    assert.deepEqual(analyzer.countTerms(text), counts)
  })
}

test('a token of UTF-16 offsets is cut where the term stands', () => {
  const text = '😀我在𠮷野家退ＶＩＰ卡'
  const [one] = analyzer.tokens(text).filter(({ term }) => term === '#siju')
  assert.equal(text.slice(one.start, one.end), '𠮷野家')
  const [other] = analyzer.tokens(text).filter(({ term }) => term === 'vip')
  assert.equal(text.slice(other.start, other.end), 'ＶＩＰ')
})

test('a single is one code point, not one unit', () => {
  assert.deepEqual(['退', '𠮷', '退卡', '𠮷野', '#a', 'a'].filter(isSingle), ['退', '𠮷', 'a'])
})

test('orders by code point', () => {
  const ordered = ['', 'a', 'ab', '退', '退卡', '退\u{fa10}', '退𠮷', '\ud842', '\ud842a', '\ufa10']
  const expected = [...ordered, '𠀀', '𠮷', '𠮷退', '𡀀']
  for (const [i, a] of expected.entries()) {
    for (const [j, b] of expected.entries()) {
      assert.equal(Math.sign(compareCodePoints(a, b)), Math.sign(i - j), `${a} ${b}`)
    }
  }
})
