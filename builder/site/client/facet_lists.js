// @ts-check
/** Facets and columns of the static index, as `builder/index/facet_shards.py` writes them. */

import { SymbolReader, readNumbers } from './symbols.js'

/** @typedef {import('./loader.js').IndexFiles} IndexFiles */

/** Which cases have each value, and the numbers of cases. */
export class FacetLists {
  #files
  #caseCount

  /** @param {IndexFiles} files @param {number} caseCount */
  constructor(files, caseCount) {
    this.#files = files
    this.#caseCount = caseCount
  }

  /**
   * Return value -> numbers of the cases that have it, ascending.
   *
   * @param {string} name of the facet
   * @returns {Promise<Map<string, Int32Array>>}
   */
  lists(name) {
    return this.#files.get(`facets/${name}`, ([ids, written]) => {
      const reader = new SymbolReader(written)
      /** @type {Map<string, Int32Array>} */
      const lists = new Map()
      for (const id of ids ? ids.split('\n') : []) lists.set(id, reader.ascending(reader.number()))
      return lists
    })
  }

  /**
   * Return a number of each case, by case number; -1 for none.
   *
   * @param {string} name of the column
   * @returns {Promise<number[]>}
   */
  column(name) {
    return this.#files.get(`facets/${name}`, (written) => {
      const values = readNumbers(written).map((value) => value - 1)
      if (values.length !== this.#caseCount) throw new RangeError('a column of another length')
      return values
    })
  }
}
