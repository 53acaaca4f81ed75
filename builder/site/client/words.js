// @ts-check
/** Labels, concept groups and the law in force: what comparisons and briefs are told in. */

/** @typedef {import('./library.js').Library} Library */
/** @typedef {[label: string, text: string, since: string]} Provision */
/** @typedef {[ask: string[], see: string[], collect: string[]]} Checklist */
/**
 * What a brief needs besides the cases, as `builder/index/handbook.py` writes it.
 *
 * @typedef {object} Handbook
 * @property {Record<string, Provision>} law
 * @property {Record<string, Checklist>} checklists
 * @property {number[]} years
 * @property {string[]} off ISO dates
 * @property {string[]} work
 */

export class Words {
  /** @param {Library} library @param {Handbook} handbook */
  constructor(library, handbook) {
    this.analyzer = library.analyzer
    this.handbook = handbook
    this.vocabulary = library.vocabulary
  }

  /** Return the label of a term, or its id where there is none. @param {string} name @param {string} id */
  label(name, id) {
    return this.vocabulary.label(name, id)
  }

  /** Return a provision as people write it. @param {string} citation */
  provision(citation) {
    return this.handbook.law[citation]?.[0] ?? citation
  }
}
