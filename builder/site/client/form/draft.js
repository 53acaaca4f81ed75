// @ts-check
/** What this device keeps of a case that is being written, if the reader wants. Nothing leaves it. */

const DRAFT = 'casebook.case-draft'
const SWITCH = 'casebook.keep-draft'

/**
 * @typedef {object} Draft
 * @property {import('./shape.js').Values} values
 * @property {import('./written_file.js').Opened | null} opened the file that it began with
 * @property {string} at moment, ISO
 */

/** Return whether drafts are kept on this device. */
export function keepsDrafts() {
  try {
    return localStorage.getItem(SWITCH) !== 'no'
  } catch {
    return false
  }
}

/** @param {boolean} isWanted */
export function setKeepsDrafts(isWanted) {
  try {
    localStorage.setItem(SWITCH, isWanted ? 'yes' : 'no')
    if (!isWanted) localStorage.removeItem(DRAFT)
  } catch {
    // storage is off: nothing was kept
  }
}

/** @param {Draft} draft @returns {boolean} whether it is kept */
export function keepDraft(draft) {
  if (!keepsDrafts()) return false
  try {
    localStorage.setItem(DRAFT, JSON.stringify(draft))
    return true
  } catch {
    return false
  }
}

/** @returns {Draft | null} */
export function keptDraft() {
  if (!keepsDrafts()) return null
  try {
    const draft = JSON.parse(localStorage.getItem(DRAFT) ?? 'null')
    return draft && typeof draft.values === 'object' && draft.values ? draft : null
  } catch {
    return null
  }
}

export function dropDraft() {
  try {
    localStorage.removeItem(DRAFT)
  } catch {
    // storage is off: nothing was kept
  }
}
