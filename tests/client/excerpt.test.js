import assert from 'node:assert/strict'
import { test } from 'node:test'
import { excerpt, highlight } from '../../builder/site/client/excerpt.js'
import { analyzerWith, golden } from './golden.js'

const { concepts, vectors } = golden('excerpt')
const analyzer = analyzerWith(concepts)
const listed = (pieces) => pieces.map(({ text, isHit }) => [text, isHit])

for (const { name, text, terms, length, pieces } of vectors) {
  test(name, () => assert.deepEqual(listed(excerpt(text, terms, analyzer, length)), pieces))
}

test('marks what a concept found', () => {
  assert.deepEqual(listed(highlight('𠮷家跑路，不退会员费', ['#tuika'], analyzer)), [
    ['𠮷家跑路，不', false],
    ['退会员费', true],
  ])
})

test('marks singles only where the query has nothing better', () => {
  const pieces = highlight('退卡退', new Set(['退', '退卡']), analyzer)
  assert.deepEqual(listed(pieces), [
    ['退卡', true],
    ['退', false],
  ])
})

test('takes tokens that are at hand', () => {
  const text = '商家拒绝退卡'
  const tokens = analyzer.tokens(text)
  assert.deepEqual(excerpt(text, ['退卡'], analyzer, 4, tokens), excerpt(text, ['退卡'], analyzer, 4))
})
