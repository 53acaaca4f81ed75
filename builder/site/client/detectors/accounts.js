// @ts-check
/** Find e-mail addresses, links and accounts: twin of `builder/detectors/accounts.py`. */

import { isDate, isDigits } from './identifiers.js'
import { all, matchAt, search } from './patterns.js'

/** @typedef {import('./numbers.js').Span} Span */

const BEFORE = 18

/** @param {string} text @returns {Span[]} */
export function findEmails(text) {
  return all('accounts.AT', text).flatMap((at) => {
    const before = search('accounts.BEFORE_AT', text, Math.max(0, at.start - 65), at.start)
    const after = matchAt('accounts.AFTER_AT', text, at.end)
    return before && after ? [{ kind: 'email', start: before.start, end: after.end }] : []
  })
}

/** @param {string} text @returns {Span[]} */
export function findLinks(text) {
  return all('accounts.WEB_LINK', text).flatMap(({ whole, start }) => {
    const link = whole.replace(/[.,;:!?)']+$/, '')
    const end = start + link.length
    if (link.includes('?')) return [{ kind: 'url-with-query', start, end }]
    return matchAt('accounts.OFFICIAL', link) ? [] : [{ kind: 'url', start, end }]
  })
}

/** @param {string} text @returns {Span[]} */
export function findAccounts(text) {
  const words = all('accounts.LATIN_WORD', text).flatMap(({ whole, start }) => {
    const name = whole.replace(/[._-]+$/, '')
    return isAccount(text, start, name) ? [{ kind: 'account', start, end: start + name.length }] : []
  })
  const names = all('accounts.NICKNAME', text).flatMap(({ end, groups: { name } }) =>
    matchAnonymous(name) ? [] : [{ kind: 'account', start: end - 1 - name.length, end: end - 1 }],
  )
  return [...words, ...names]
}

/** @param {string} name */
function matchAnonymous(name) {
  return search('accounts.ANONYMOUS', name) !== null
}

/** @param {string} text @param {number} start @param {string} name */
function isAccount(text, start, name) {
  const amount = isDigits(name) && matchAt('accounts.AMOUNT_AFTER', text, start + name.length)
  if (amount || isDate(name) || matchAt('accounts.NO_ACCOUNT', name)) return false
  const hasDigit = /[0-9]/.test(name)
  const before = text.slice(Math.max(0, start - BEFORE), start)
  const platform = search('accounts.PLATFORM_BEFORE', before)
  if (platform) return hasDigit || platform.groups.id === undefined
  const chat = search('accounts.CHAT_BEFORE', before)
  if (chat && matchAt('accounts.CHAT_NAME', name)) {
    return hasDigit || chat.groups.explicit !== '' || /[：:为是叫]/.test(chat.groups.joint)
  }
  const stuck = matchAt('accounts.STUCK_CHAT', text.slice(Math.max(0, start - 1), start) + name, Math.min(start, 1))
  return hasDigit && stuck !== null
}
