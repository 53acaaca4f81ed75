import assert from 'node:assert/strict'
import { test } from 'node:test'
import { FormatError, SymbolReader, readNumbers } from '../../builder/site/client/symbols.js'
import { golden } from './golden.js'

for (const { numbers, text } of golden('symbols').vectors) {
  test(`reads ${numbers}`, () => assert.deepEqual(readNumbers(text), numbers))
}

test('reads ascending numbers from their gaps', () => {
  assert.deepEqual([...new SymbolReader('%$').ascending(2)], [2, 3])
})

for (const text of ['P', '\\', '"', ' ', '退', '\u007f']) {
  test(`refuses ${JSON.stringify(text)}`, () => assert.throws(() => readNumbers(text), FormatError))
}
