import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseTicket } from '../../builder/site/client/ticket.js'
import { folding, golden } from './golden.js'

for (const { name, text, ticket } of golden('ticket').vectors) {
  test(name, () => {
    const { merchant_removed: merchantRemoved, ...rest } = ticket
    assert.deepEqual(parseTicket(text, folding), { ...rest, merchantRemoved })
  })
}
