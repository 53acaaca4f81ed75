// @ts-check
/** What a set of precedents adds up to: twin of `builder/search/outlook.py`. */

/** @typedef {import('./case_blocks.js').Comparable} Comparable */
/** @typedef {{caseNo: number, compared: Comparable, sections: Map<string, string>}} PoolCase */
/** @typedef {{values: number[], every: number[], cases: number[]}} Quartiles by nearest rank */
/** @typedef {{id: string, cases: number[]}} Counted */
/** @typedef {{text: string, caseNo: number}} Told */
/**
 * @typedef {object} Outlook
 * @property {number[]} cases the set, by number, most alike first
 * @property {number[]} settled
 * @property {number[]} notSettled
 * @property {Quartiles | null} recovered thousandths of what was asked for
 * @property {Quartiles | null} days
 * @property {Counted[]} law
 * @property {Counted[]} methods of settled cases
 * @property {Told[]} pitfalls those not settled first
 */

export const LEAST_FOR_SHARES = 5
const ROWS_SHOWN = 4
const PITFALLS_SHOWN = 3

/** @param {PoolCase[]} cases most alike first @returns {Outlook} */
export function outlookOf(cases) {
  const settled = cases.filter(({ compared }) => compared.settled > 0)
  const failed = cases.filter(({ compared }) => compared.settled < 0)
  const numbers = (/** @type {PoolCase[]} */ some) => some.map(({ caseNo }) => caseNo)
  return {
    cases: numbers(cases),
    settled: numbers(settled),
    notSettled: numbers(failed),
    recovered: quartiles(settled, recoveredOf),
    days: quartiles(cases, ({ days }) => days),
    law: counted(cases, ({ law }) => law, 2),
    methods: counted(settled, ({ methods }) => methods, 1),
    pitfalls: pitfallsOf([...failed, ...cases]),
  }
}

/** Return whether there are enough decided cases to speak of a share. @param {Outlook} outlook */
export function mayTellShares({ settled, notSettled }) {
  return settled.length + notSettled.length >= LEAST_FOR_SHARES
}

/** Return per cent of the decided cases that were settled. @param {Outlook} outlook */
export function settledShare({ settled, notSettled }) {
  return Math.floor((100 * settled.length) / (settled.length + notSettled.length))
}

/** @param {Comparable} compared */
function recoveredOf({ claimed, disputed, recovered }) {
  const asked = claimed || disputed
  return !asked || recovered === null ? null : Math.floor((1000 * recovered) / asked)
}

/**
 * @param {PoolCase[]} cases
 * @param {(compared: Comparable) => number | null} valueOf
 * @returns {Quartiles | null}
 */
function quartiles(cases, valueOf) {
  /** @type {[number, number][]} */
  const known = []
  for (const { caseNo, compared } of cases) {
    const value = valueOf(compared)
    if (value !== null) known.push([value, caseNo])
  }
  if (!known.length) return null
  known.sort(([one, oneNo], [other, otherNo]) => one - other || oneNo - otherNo)
  const ranks = [1, 2, 3].map((quarter) => Math.floor((known.length * quarter + 3) / 4) - 1)
  return {
    values: ranks.map((rank) => known[rank][0]),
    every: known.map(([value]) => value),
    cases: known.map(([, caseNo]) => caseNo),
  }
}

/**
 * Return what most cases have, the first met of equals first.
 *
 * @param {PoolCase[]} cases
 * @param {(compared: Comparable) => string[]} idsOf
 * @param {number} least
 */
function counted(cases, idsOf, least) {
  /** @type {Map<string, number[]>} */
  const having = new Map()
  for (const { caseNo, compared } of cases) {
    for (const id of idsOf(compared)) having.set(id, [...(having.get(id) ?? []), caseNo])
  }
  return [...having]
    .map(([id, numbers]) => ({ id, cases: numbers }))
    .filter((one) => one.cases.length >= least)
    .sort((one, other) => other.cases.length - one.cases.length)
    .slice(0, ROWS_SHOWN)
}

/** Return one failing a case. @param {PoolCase[]} cases @returns {Told[]} */
function pitfallsOf(cases) {
  /** @type {Map<number, Told>} */
  const told = new Map()
  for (const { caseNo, compared, sections } of cases) {
    const [first, count] = compared.weak
    if (count && !told.has(caseNo)) {
      told.set(caseNo, { text: (sections.get('lessons') ?? '').split('\n')[first], caseNo })
    }
    if (told.size === PITFALLS_SHOWN) break
  }
  return [...told.values()]
}
