// @ts-check
/**
 * What this device remembers: recent short searches, if the reader wants; and a pasted
 * complaint for the moment between the box on one page and the search page. Neither leaves
 * the device; where storage is switched off, nothing is remembered.
 */

const RECENT = 'casebook.recent'
const SWITCH = 'casebook.remember'
const HANDED = 'casebook.handed'
const MOST = 8

/** Return recent searches, the last one first. @returns {string[]} */
export function recentSearches() {
  if (!remembers()) return []
  try {
    const kept = JSON.parse(localStorage.getItem(RECENT) ?? '[]')
    return Array.isArray(kept) ? kept.filter((one) => typeof one === 'string').slice(0, MOST) : []
  } catch {
    return []
  }
}

/** Remember a short search, unless that is switched off. @param {string} text */
export function remember(text) {
  const trimmed = text.trim()
  if (!trimmed || !remembers()) return
  write(RECENT, JSON.stringify([trimmed, ...recentSearches().filter((one) => one !== trimmed)].slice(0, MOST)))
}

export function forgetAll() {
  try {
    localStorage.removeItem(RECENT)
  } catch {
    // nothing was kept
  }
}

/** Return whether searches are to be remembered. */
export function remembers() {
  try {
    return localStorage.getItem(SWITCH) !== 'no'
  } catch {
    return false
  }
}

/** @param {boolean} isWanted */
export function setRemembers(isWanted) {
  write(SWITCH, isWanted ? 'yes' : 'no')
  if (!isWanted) forgetAll()
}

/** Keep a pasted text for the next page. @param {string} text @returns {boolean} whether it is kept */
export function handOver(text) {
  try {
    sessionStorage.setItem(HANDED, text)
    return true
  } catch {
    return false
  }
}

/** Return the text that was handed over, and keep it no longer. */
export function takeOver() {
  try {
    const text = sessionStorage.getItem(HANDED) ?? ''
    sessionStorage.removeItem(HANDED)
    return text
  } catch {
    return ''
  }
}

/** @param {string} key @param {string} value */
function write(key, value) {
  try {
    localStorage.setItem(key, value)
  } catch {
    // storage is off or full: searching goes on without
  }
}
