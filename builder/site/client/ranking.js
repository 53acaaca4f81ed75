// @ts-check
/** Rank cases by weighted impacts: twin of `builder/index/ranking.py`. No DOM, no loading. */

/**
 * A posting list: case numbers, each once, and beside them impacts.
 *
 * @typedef {{caseNos: ArrayLike<number>, impacts: ArrayLike<number>}} PostingList
 */
/** @typedef {{caseNo: number, score: number}} Ranked */

export const HIGHEST_IMPACT = 90
const CASE_NUMBERS = 2 ** 19 // more cases than any library has; scores times this stay exact

/** An impact does not fit the one symbol that a shard gives it. */
export class ImpactError extends Error {
  /** @param {string} where @param {string} what @param {string} remedy */
  constructor(where, what, remedy) {
    super(`${where}：${what}${remedy}`)
    this.where = where
  }
}

/**
 * Return cases for a query, highest score first; the lower case number wins a tie.
 *
 * Sums are kept in one array and sorted as plain numbers, score and case number in one:
 * a query of common words has thousands of cases.
 *
 * @param {Map<string, PostingList>} postingLists query term -> its postings, in any order
 * @param {Map<string, number>} weights query term -> whole-number weight, at least 1
 * @param {number} caseCount
 * @param {(caseNo: number) => boolean} [isWanted] cases that may be ranked; all when left out
 * @returns {Ranked[]} sums of weight times impact
 * @throws {ImpactError} an impact is not in 1..90
 */
export function rank(postingLists, weights, caseCount, isWanted = () => true) {
  const scores = new Float64Array(caseCount)
  for (const [term, { caseNos, impacts }] of postingLists) {
    const weight = weights.get(term) ?? 0
    for (let at = 0; at < caseNos.length; at += 1) {
      const impact = impacts[at]
      if (!(impact >= 1 && impact <= HIGHEST_IMPACT)) {
        throw new ImpactError(
          `词项“${term}”的第 ${caseNos[at]} 号案例`,
          `权重 ${impact} 不在 1 到 90 之间。`,
          '请刷新页面；仍然如此，请告诉发布本站的单位。',
        )
      }
      scores[caseNos[at]] += weight * impact
    }
  }
  const keys = new Float64Array(caseCount)
  let count = 0
  for (let caseNo = 0; caseNo < caseCount; caseNo += 1) {
    if (scores[caseNo] && isWanted(caseNo)) {
      keys[count] = -scores[caseNo] * CASE_NUMBERS + caseNo
      count += 1
    }
  }
  const sorted = keys.subarray(0, count).sort()
  /** @type {Ranked[]} */
  const ranked = new Array(count)
  for (let at = 0; at < count; at += 1) {
    const score = Math.ceil(-sorted[at] / CASE_NUMBERS)
    ranked[at] = { caseNo: sorted[at] + score * CASE_NUMBERS, score }
  }
  return ranked
}
