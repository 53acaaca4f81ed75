// @ts-check
/** The vocabularies of an index: what the values of fields mean. Twin of
 * `builder/index/search_vocabulary.py`. */

/** @typedef {import('./folding.js').Folding} Folding */
/** @typedef {{id: string, label: string, synonyms: string[], parent: string}} Term */

const SHORTEST_PART = 2 // code points that name a term by part of its label

/** All vocabularies by name, with `statutes` and `districts` among them. */
export class Vocabulary {
  #folding
  /** @type {Map<string, Map<string, Term[]>>} vocabulary -> folded id, label or synonym -> terms */
  #byName = new Map()

  /**
   * @param {Object<string, [string, string, string[], string][]>} terms
   * @param {[string, string[]][]} concepts
   * @param {Object<string, string[]>} marks
   * @param {Folding} folding
   */
  constructor(terms, concepts, marks, folding) {
    this.#folding = folding
    /** @type {Map<string, string[]>} what comparisons look at -> words of a story that show it */
    this.marks = new Map(Object.entries(marks))
    this.concepts = concepts
    /** @type {Map<string, Term[]>} */
    this.terms = new Map()
    for (const [name, rows] of Object.entries(terms)) {
      const list = rows.map(([id, label, synonyms, parent]) => ({ id, label, synonyms, parent }))
      this.terms.set(name, list)
      this.#byName.set(name, this.#names(list))
    }
  }

  /**
   * Return the terms that a word names, in file order: by id, label or synonym; where none
   * is equal, by a part of the label.
   *
   * @param {string} name of the vocabulary
   * @param {string} word
   * @returns {Term[]}
   */
  matching(name, word) {
    const wanted = this.#folding.foldText(word)
    const found = this.#byName.get(name)?.get(wanted)
    if (found) return found
    if ([...wanted].length < SHORTEST_PART) return []
    return (this.terms.get(name) ?? []).filter(({ label }) =>
      this.#folding.foldText(label).includes(wanted),
    )
  }

  /** Return whether a word is one of the library's own, concept words included. @param {string} word */
  has(word) {
    const wanted = this.#folding.foldText(word)
    for (const names of this.#byName.values()) if (names.has(wanted)) return true
    return this.concepts.some(([, words]) =>
      words.some((one) => this.#folding.foldText(one) === wanted),
    )
  }

  /** Return the label of a term, or its id where it has none. @param {string} name @param {string} id */
  label(name, id) {
    return this.terms.get(name)?.find((term) => term.id === id)?.label ?? id
  }

  /** @param {Term[]} list */
  #names(list) {
    /** @type {Map<string, Term[]>} */
    const names = new Map()
    for (const term of list) {
      const written = [term.id, term.label, ...term.synonyms]
      for (const name of new Set(written.map((text) => this.#folding.foldText(text)))) {
        names.set(name, [...(names.get(name) ?? []), term])
      }
    }
    return names
  }
}
