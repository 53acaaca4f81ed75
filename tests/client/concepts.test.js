import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Concepts, isConcept } from '../../builder/site/client/concepts.js'
import { folding } from './golden.js'

const concepts = new Concepts(
  [
    ['tuika', ['退卡', '退會籍']],
    ['tiaokuan', ['霸王条款', '霸王']],
    ['vip', ['app', 'VIP卡']],
    ['siju', ['𠮷野家']],
  ],
  folding,
)

for (const [name, text, found] of [
  ['nothing', '', []],
  ['one word', '要退卡。', [[1, 3, '#tuika']]],
  ['a folded word of the group', '退会籍', [[0, 3, '#tuika']]],
  ['the longest word', '霸王条款和霸王', [[0, 4, '#tiaokuan'], [5, 7, '#tiaokuan']]],
  ['no part of a Latin word', 'happy app', [[6, 9, '#vip']]],
  ['Latin beside Han', '退vip卡', [[1, 5, '#vip']]],
  ['no overlap', '退退卡卡', [[1, 3, '#tuika']]],
  ['astral, in UTF-16 units', '去𠮷野家', [[1, 5, '#siju']]],
]) {
  test(`finds ${name}`, () => {
    const matches = concepts.matches(text).map(({ start, end, term }) => [start, end, term])
    assert.deepEqual(matches, found)
  })
}

test('shows the first word of a group as written', () => {
  assert.equal(concepts.label('#tuika'), '退卡')
  assert.throws(() => concepts.label('#none'), RangeError)
})

test('tells concept terms from others', () => {
  assert.ok(isConcept('#tuika'))
  assert.ok(!isConcept('退卡'))
})

test('no groups find nothing', () => {
  assert.deepEqual(new Concepts([], folding).matches('退卡'), [])
})
