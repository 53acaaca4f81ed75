import assert from 'node:assert/strict'
import { test } from 'node:test'
import { asPlain, isWish, LONGEST, parse } from '../../builder/site/client/query.js'
import { folding, golden } from './golden.js'

for (const { name, text, query } of golden('query').vectors) {
  test(name, () => assert.deepEqual(asPlain(parse(text, folding)), query))
}

test('a query has the shape that searching works on', () => {
  assert.deepEqual(parse('-类型:退卡', folding), {
    text: '-类型:退卡',
    caseId: null,
    groups: [
      [
        {
          kind: 'facet',
          text: '退卡',
          field: 'types',
          low: null,
          high: null,
          negated: true,
          name: '类型',
        },
      ],
    ],
    ticket: null,
    hints: [],
  })
})

test('a very long text is cut at a code point', () => {
  const query = parse('𠮷'.repeat(LONGEST + 5), folding)
  assert.equal(query.text, '𠮷'.repeat(LONGEST))
  assert.match(query.hints[0], /太长/)
})

test('length is counted in code points', () => {
  assert.equal(parse('𠮷'.repeat(30), folding).ticket, null)
  assert.notEqual(parse('𠮷'.repeat(31), folding).ticket, null)
})

test('words are wishes, excluded words are not', () => {
  assert.deepEqual(parse('退卡 -瑜伽', folding).groups.map(isWish), [true, false])
})
