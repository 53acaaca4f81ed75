// @ts-check
/** The search of this site, which `search.js` has put on the page. */

/**
 * @returns {Promise<import('../engine.js').Engine>} rejects where the index cannot be opened
 */
export function siteEngine() {
  const { casebook } = /** @type {any} */ (window)
  if (!casebook) return Promise.reject(new Error('no search on this page'))
  return casebook.engine()
}
