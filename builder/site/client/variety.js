// @ts-check
/** Not five copies of one in a row: twin of `builder/search/variety.py`. */

/** @typedef {import('./case_blocks.js').Comparable} Comparable */

const OF_A_KIND = 2 // shown of one type, outcome and industry before something else comes

/**
 * Return the case numbers in order, what repeats the same kind moved to the end.
 *
 * @param {{caseNo: number, compared: Comparable}[]} cases most alike first
 * @returns {number[]}
 */
export function varied(cases) {
  /** @type {Map<string, number>} */
  const seen = new Map()
  /** @type {number[]} */
  const first = []
  /** @type {number[]} */
  const later = []
  for (const { caseNo, compared } of cases) {
    const kind = [compared.types[0] ?? '', compared.outcomes[0] ?? '', compared.industry].join('\n')
    const count = (seen.get(kind) ?? 0) + 1
    seen.set(kind, count)
    const list = count <= OF_A_KIND ? first : later
    list.push(caseNo)
  }
  return [...first, ...later]
}
