// @ts-check
/**
 * Posting lists and directory of the static index, as `builder/index/term_shards.py`
 * writes them.
 */

import { compareCodePoints } from './analyzer.js'
import { SymbolReader } from './symbols.js'

/** @typedef {import('./loader.js').IndexFiles} IndexFiles */
/** @typedef {import('./ranking.js').PostingList} PostingList */
/**
 * What a shard says of a term.
 *
 * @typedef {object} TermEntry
 * @property {number} weight 256 times its idf
 * @property {number} highest its highest impact
 * @property {PostingList} head its best cases, by number
 * @property {boolean} isCut the head has not all of its cases
 * @property {number} tail number of the file with the others, or -1 where they are not kept
 */

/** The posting lists; those that are asked for are loaded. */
export class TermLists {
  #files
  #firstTerms
  #levelWeights
  #levels
  /** @type {Map<string, TermEntry>} */
  #known = new Map()

  /**
   * @param {IndexFiles} files
   * @param {string[]} firstTerms of each shard
   * @param {number[]} levelWeights weight of the terms of each level
   * @param {Uint8Array} levels of each frequency, from 1 on
   */
  constructor(files, firstTerms, levelWeights, levels) {
    this.#files = files
    this.#firstTerms = firstTerms
    this.#levelWeights = levelWeights
    this.#levels = levels
  }

  /**
   * Load what there is of these terms.
   *
   * @param {Iterable<string>} terms
   * @returns {Promise<Map<string, TermEntry>>} without those that no case has
   */
  async entries(terms) {
    const wanted = [...terms]
    const shards = new Set(wanted.map((term) => this.#shardOf(term)))
    shards.delete(-1)
    await Promise.all([...shards].map((shard) => this.#shard(shard)))
    /** @type {Map<string, TermEntry>} */
    const found = new Map()
    for (const term of wanted) {
      const entry = this.#known.get(term)
      if (entry) found.set(term, entry)
    }
    return found
  }

  /**
   * Return every case of a term; of a single character only the best are kept.
   *
   * @param {TermEntry} entry
   * @returns {Promise<PostingList>}
   */
  async whole(entry) {
    if (entry.tail < 0) return entry.head
    return this.#files.get(`tails/${entry.tail}`, (payload) => {
      const reader = new SymbolReader(payload)
      return joined(entry.head, readPart(reader, reader.number()))
    })
  }

  /** Return the shard that would hold a term, or -1. @param {string} term */
  #shardOf(term) {
    let low = 0
    let high = this.#firstTerms.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (compareCodePoints(this.#firstTerms[middle], term) <= 0) low = middle + 1
      else high = middle
    }
    return low - 1
  }

  /** @param {number} number */
  #shard(number) {
    return this.#files.get(`terms/${number}`, ([pairs, others, lists]) => {
      const reader = new SymbolReader(lists)
      for (const term of named(pairs, others)) this.#known.set(term, this.#entry(reader))
    })
  }

  /** @param {SymbolReader} reader @returns {TermEntry} */
  #entry(reader) {
    const head = reader.number()
    const count = head >> 1
    if (head & 1) {
      const weight = this.#levelWeights[reader.symbol()]
      const highest = reader.symbol()
      const tail = reader.number() - 1
      return { weight, highest, isCut: true, tail, head: readPart(reader, count) }
    }
    const part = readPart(reader, count)
    const weight = this.#levelWeights[this.#levels[count - 1]]
    let highest = 0
    for (let at = 0; at < count; at += 1) highest = Math.max(highest, part.impacts[at])
    return { weight, highest, isCut: false, tail: -1, head: part }
  }
}

/**
 * Return the terms that a shard or the directory names, in the order of what is said of them.
 *
 * @param {string} pairs
 * @param {string} others
 */
function* named(pairs, others) {
  for (const line of pairs ? pairs.split('\n') : []) {
    const [first, ...seconds] = line
    for (const second of seconds) yield first + second
  }
  if (others) yield* others.split('\n')
}

/** @param {SymbolReader} reader @param {number} count @returns {PostingList} */
function readPart(reader, count) {
  const caseNos = reader.ascending(count)
  return { caseNos, impacts: reader.symbols(count) }
}

/** @param {PostingList} head @param {PostingList} tail @returns {PostingList} */
function joined(head, tail) {
  const size = head.caseNos.length + tail.caseNos.length
  const caseNos = new Int32Array(size)
  const impacts = new Uint8Array(size)
  caseNos.set(head.caseNos)
  caseNos.set(tail.caseNos, head.caseNos.length)
  impacts.set(head.impacts)
  impacts.set(tail.impacts, head.impacts.length)
  return { caseNos, impacts }
}

/** Weight and highest impact, in tens, of the terms that a long query may choose from. */
export class Directory {
  /** @type {Map<string, {weight: number, step: number}>} */
  #terms = new Map()

  /** @param {string[]} payload @param {number[]} levelWeights */
  constructor([pairs, others, levels, steps], levelWeights) {
    const level = new SymbolReader(levels)
    const step = new SymbolReader(steps)
    for (const term of named(pairs, others)) {
      this.#terms.set(term, { weight: levelWeights[level.symbol()], step: step.symbol() })
    }
  }

  /** @param {string} term */
  weight(term) {
    return this.#terms.get(term)?.weight ?? 0
  }

  /** @param {string} term */
  highestImpact(term) {
    return this.#terms.get(term)?.step ?? 0
  }
}
