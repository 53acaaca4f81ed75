// @ts-check
/**
 * The state of a search in the part of an address that stays on the device: `#q=退卡&types=…`.
 * A pasted complaint is never part of it. No DOM.
 */

/**
 * @typedef {object} State
 * @property {string} text
 * @property {string} like id of a case whose likes are shown, or ''
 * @property {boolean} isLong the text is a pasted complaint: it stands in no address
 * @property {Record<string, string[]>} filters
 * @property {'relevance' | 'newest' | 'amount'} sort
 * @property {number} pages of hits shown, from 1
 */

const FACETS = ['types', 'industry', 'outcomes', 'methods', 'statutes', 'years', 'amount', 'station']
const SORTS = ['relevance', 'newest', 'amount']
const LONGEST_TEXT = 2000 // characters; nobody shares a longer address
const LONGEST_VALUE = 80
const MOST_VALUES = 40
const MOST_PAGES = 50
const PARTED = ','
const CASE_ID = /^[A-Z]{1,8}-[0-9]{4}-[0-9]{4}$/

/** @returns {State} */
export function emptyState() {
  return { text: '', like: '', isLong: false, filters: {}, sort: 'relevance', pages: 1 }
}

/**
 * Return the state that an address holds; what cannot be read is left out.
 *
 * @param {string} hash with or without its #
 * @returns {State}
 */
export function readAddress(hash) {
  const state = emptyState()
  for (const part of hash.replace(/^#/, '').slice(0, 20_000).split('&')) {
    const [name, ...rest] = part.split('=')
    const value = decoded(rest.join('='))
    if (name === 'long') state.isLong = true
    else if (name === 'like' && CASE_ID.test(value)) state.like = value
    else if (name === 'q') state.text = value.slice(0, LONGEST_TEXT)
    else if (name === 'sort' && SORTS.includes(value)) state.sort = /** @type {any} */ (value)
    else if (name === 'p') state.pages = pagesOf(value)
    else if (FACETS.includes(name)) {
      const values = value.split(PARTED).filter((one) => one && one.length <= LONGEST_VALUE)
      if (values.length) state.filters[name] = [...new Set(values)].slice(0, MOST_VALUES)
    }
  }
  if (state.isLong) state.text = ''
  if (state.text || state.isLong) state.like = ''
  return state
}

/**
 * Return the address of a state, '' where nothing is asked for.
 *
 * @param {State} state
 */
export function writeAddress({ text, like, isLong, filters, sort, pages }) {
  const parts = []
  if (isLong || text.length > LONGEST_TEXT) parts.push('long')
  else if (text.trim()) parts.push(`q=${encoded(text.trim())}`)
  else if (like) parts.push(`like=${like}`)
  for (const name of FACETS) {
    const values = filters[name] ?? []
    if (values.length) parts.push(`${name}=${values.map(encoded).join(PARTED)}`)
  }
  if (sort !== 'relevance') parts.push(`sort=${sort}`)
  if (pages > 1) parts.push(`p=${pages}`)
  return parts.length ? `#${parts.join('&')}` : ''
}

/** @param {string} value */
function pagesOf(value) {
  return /^[1-9][0-9]?$/.test(value) ? Math.min(Number(value), MOST_PAGES) : 1
}

/** Chinese stays readable; what would end a part does not. @param {string} value */
function encoded(value) {
  return value.replace(/[%&=#,+\s]|[\ud800-\udfff]/gu, (one) =>
    /[\ud800-\udfff]/.test(one) && one.length === 1 ? '' : encodeURIComponent(one),
  )
}

/** @param {string} value */
function decoded(value) {
  const plain = value.replace(/\+/g, ' ')
  try {
    return decodeURIComponent(plain)
  } catch {
    return plain // a stray % stays what it is
  }
}
