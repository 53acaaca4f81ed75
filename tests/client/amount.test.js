import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readAmountField, readAmounts } from '../../builder/site/client/amount.js'
import { folding } from './golden.js'

for (const [text, ...amounts] of [
  ['3,000元', '3000'],
  ['1,234,567.80元', '1234567.80'],
  ['1.25 万 元', '12500'],
  ['1万2千元', '12000'],
  ['35元5角', '35.50'],
  ['￥ 3,000.00', '3000'],
  ['花了3000块，不退', '3000'],
  ['壹萬貳仟叁佰肆拾伍圆', '12345'],
  ['二十万零五百元', '200500'],
  ['三十五元五角二分', '35.52'],
  ['0.29元', '0.29'],
  ['付3000元，退1200元，又付叁仟元', '3000', '1200', '3000'],
  ['约3000元'],
  ['约\n3000元'],
  ['近3000元'],
  ['一万二元'],
  ['2，500元'],
  ['¥3,0000'],
  ['3000.505元'],
  ['12345678901234567890元'],
  ['3块瓷砖'],
  [''],
]) {
  test(`amounts of ${text}`, () => assert.deepEqual(readAmounts(text, folding), amounts))
}

for (const [text, amount] of [
  [' 3,000.00 ', '3000'],
  ['２０００', '2000'],
  ['人民币 3000', '3000'],
  ['RMB 3000', '3000'],
  ['¥28.5', '28.50'],
  ['3000元，已退500元', '3000'],
  ['约3000', null],
  ['0', null],
  ['', null],
]) {
  test(`field of ${text}`, () => assert.equal(readAmountField(text, folding), amount))
}
