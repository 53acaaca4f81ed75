import assert from 'node:assert/strict'
import { test } from 'node:test'
import { folding } from './golden.js'

for (const [text, folded] of [
  ['', ''],
  ['退卡', '退卡'],
  ['退會員費', '退会员费'],
  ['ＡＢＣ１２３', 'abc123'],
  ['退\u200b卡', '退卡'],
  ['e\u0301', 'e'],
  ['é', 'é'],
  ['㍻', '平成'],
  ['½', '1⁄2'],
  ['İ', 'i'],
  ['😀𠮷', '😀𠮷'],
  ['\ud800退', '\ud800退'],
]) {
  test(`folds ${JSON.stringify(text)}`, () => {
    assert.equal(folding.foldText(text), folded)
    assert.equal(folding.fold(text).text, folded)
  })
}

test('says where folded text came from, in UTF-16 units', () => {
  const text = '𠮷\u200b㍻x'
  const folded = folding.fold(text)
  assert.equal(folded.text, '𠮷平成x')
  assert.deepEqual(folded.origins, [0, 0, 3, 3, 4, 5])
  const cut = (start, end) => text.slice(...folded.span(start, end))
  assert.equal(cut(0, 2), '𠮷')
  assert.equal(cut(0, 3), '𠮷\u200b㍻')
  assert.equal(cut(3, 4), '㍻')
  assert.equal(cut(4, 5), 'x')
})
