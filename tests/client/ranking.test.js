import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ImpactError, rank } from '../../builder/site/client/ranking.js'
import { golden } from './golden.js'

const CASES = 100_000
const { ranked, refused } = golden('ranking')

const map = (object) => new Map(Object.entries(object))

const lists = (postingLists) =>
  new Map(
    Object.entries(postingLists).map(([term, postings]) => [
      term,
      { caseNos: postings.map(([caseNo]) => caseNo), impacts: postings.map(([, impact]) => impact) },
    ]),
  )

for (const { name, posting_lists, weights, limit, hits } of ranked) {
  test(name, () => {
    const found = rank(lists(posting_lists), map(weights), CASES).slice(0, limit)
    assert.deepEqual(
      found.map(({ caseNo, score }) => [caseNo, score]),
      hits,
    )
  })
}

for (const { name, posting_lists, weights, where } of refused) {
  test(`refuses ${name}`, () => {
    const ranking = () => rank(lists(posting_lists), map(weights), CASES)
    assert.throws(ranking, (error) => error instanceof ImpactError && error.where === where)
  })
}

test('ranks only what is wanted', () => {
  const found = rank(lists({ a: [[1, 5], [2, 9]] }), map({ a: 1 }), CASES, (caseNo) => caseNo !== 2)
  assert.deepEqual(found, [{ caseNo: 1, score: 5 }])
})
