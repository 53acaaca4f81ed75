import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  readAmountRange,
  readArticle,
  readCaseId,
  readDateRange,
  readNumber,
  readYearRange,
} from '../../builder/site/client/values.js'
import { folding } from './golden.js'

const range = (found) => found && [found.low, found.high]

for (const [text, found] of [
  ['1000..5000', [100_000, 500_000]],
  ['5000..1000', [100_000, 500_000]],
  ['1万..', [1_000_000, null]],
  ['500元以下', [null, 50_000]],
  ['三千起', [300_000, null]],
  ['1225.8', [122_580, 122_580]],
  ['0.29', [29, 29]],
  ['0', [0, 0]],
  ['1..2..3', null],
  ['..', null],
  ['一万二', null],
  ['99999999999..', null],
  ['', null],
]) {
  test(`amount ${text}`, () => assert.deepEqual(range(readAmountRange(text, folding)), found))
}

for (const [text, found] of [
  ['2026', [20_260_000, 20_261_231]],
  ['2026年3月', [20_260_300, 20_260_331]],
  ['2026-01..2026-06', [20_260_100, 20_260_631]],
  ['2026-06-01至2026-01', [20_260_100, 20_260_601]],
  ['2026年以后', [20_260_000, null]],
  ['2026-13', null],
  ['2026-01-32', null],
]) {
  test(`date ${text}`, () => assert.deepEqual(range(readDateRange(text)), found))
}

for (const [text, found] of [
  ['2023-2025', [2023, 2025]],
  ['2024..', [2024, null]],
  ['2024年', [2024, 2024]],
  ['去年', null],
]) {
  test(`year ${text}`, () => assert.deepEqual(range(readYearRange(text)), found))
}

for (const [text, statute, article] of [
  ['消法55', '消法', '55'],
  ['xiaobaofa#55.1', 'xiaobaofa', '55.1'],
  ['《民法典》第五百条', '民法典', '500'],
  ['刑法第一百二十条之一', '刑法', '120-1'],
  ['消法第五十六条第一款第三项', '消法', '56.1.3'],
  ['消法99999999999999999999', '消法', '99999999999999999999'],
  ['20号令', '20号令', ''],
  ['#', '#', ''],
  ['', '', ''],
]) {
  test(`article ${text}`, () => assert.deepEqual(readArticle(text), { statute, article }))
}

test('reads numbers of either kind', () => {
  const numbers = ['12', '一千一百六十五', '一一六五', '十', 'a', ''].map(readNumber)
  assert.deepEqual(numbers, [12n, 1165n, 1165n, 10n, null, null])
})

test('reads a case id however it is written', () => {
  assert.equal(readCaseId('sl–2026-0016'), 'SL-2026-0016')
  assert.equal(readCaseId('sl-2026-0016 押金'), null)
})
