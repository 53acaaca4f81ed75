import assert from 'node:assert/strict'
import { test } from 'node:test'
import { strip, stripEnd, stripStart } from '../../builder/site/client/strip.js'

test('strips what Python strips', () => {
  assert.equal(strip('\u001c\u0085 \u3000\n退 卡\u2028\u00a0'), '退 卡')
  assert.equal(strip('\ufeff退\u200b'), '\ufeff退\u200b')
  assert.equal(strip(' \n'), '')
})

test('strips one end, or other characters', () => {
  assert.equal(stripStart(' 退 '), '退 ')
  assert.equal(stripEnd(' 退 '), ' 退')
  assert.equal(strip('，退，卡。', '，。'), '退，卡')
})

test('takes long blanks inside a text lightly', () => {
  const text = `退${' '.repeat(200_000)}卡`
  assert.equal(strip(text), text)
})
