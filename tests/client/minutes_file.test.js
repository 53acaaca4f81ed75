import assert from 'node:assert/strict'
import { test } from 'node:test'
import { faultsOf, idsIn, minutesText } from '../../builder/site/client/minutes_file.js'
import { golden } from './golden.js'

for (const { name, minutes, text } of golden('minutes').vectors) {
  test(name, () => assert.equal(minutesText(minutes), text))
}

const good = {
  date: '2026-12-01',
  title: '价保',
  host: '',
  audience: 'internal',
  cases: ['SL-2025-0164'],
  lessons: [],
  weaknesses: [],
  actions: [{ what: '提醒卡', owner: '内勤', due: '2026-12-08' }],
  body: '',
}
const known = new Set(['SL-2025-0164'])

test('sound minutes have no fault', () => assert.deepEqual(faultsOf(good, known), []))

for (const [change, word] of [
  [{ date: '' }, '日期'],
  [{ date: '2026-12-02' }, '不是星期二'],
  [{ title: ' ' }, '标题'],
  [{ cases: [] }, '案例'],
  [{ cases: ['SL-1999-0001'] }, 'SL-1999-0001'],
  [{ actions: [{ what: '', owner: '内勤', due: '2026-12-08' }] }, '做什么'],
  [{ actions: [{ what: '卡', owner: '', due: '2026-12-08' }] }, '谁负责'],
  [{ actions: [{ what: '卡', owner: '内勤', due: '' }] }, '期限'],
  [{ actions: [{ what: '卡', owner: '内勤', due: '2026-11-01' }] }, '早于'],
]) {
  test(`a fault is named: ${word}`, () => {
    const faults = faultsOf({ ...good, ...change }, known)
    assert.equal(faults.length, 1)
    assert.match(faults[0], new RegExp(word))
  })
}

test('ids are found in any writing', () => {
  assert.deepEqual(idsIn('sl-2025-0164，SL-2026-0001 SL-2025-0164'), ['SL-2025-0164', 'SL-2026-0001'])
})
