// @ts-check
/** An index that is open for searching: its manifest, and its files as they are needed. */

import { Analyzer } from './analyzer.js'
import { CaseBlocks } from './case_blocks.js'
import { Concepts } from './concepts.js'
import { FacetLists } from './facet_lists.js'
import { Folding } from './folding.js'
import { IndexFault, IndexFiles, damaged } from './loader.js'
import { SymbolReader, readNumbers } from './symbols.js'
import { Directory, TermLists } from './term_lists.js'
import { Vocabulary } from './vocabulary.js'

/** @typedef {import('./case_blocks.js').CaseText} CaseText */
/** @typedef {import('./loader.js').Load} Load */

const FORMAT = 2
const MANIFEST = 'manifest'
const MINUTE = 60_000

/** Everything a search needs of an index. */
export class Library {
  /**
   * @param {any} manifest as `builder/index/static_index.py` writes it
   * @param {any} words
   * @param {IndexFiles} files
   */
  constructor(manifest, words, files) {
    this.files = files
    this.audience = manifest.audience
    this.title = manifest.title
    this.workshop = manifest.workshop
    this.asOf = manifest.asOf
    this.caseCount = manifest.cases
    this.termLimit = manifest.termLimit
    this.k1 = manifest.k1
    this.fields = manifest.fields
    this.averages = manifest.fieldTotals.map((/** @type {number} */ total) => total / manifest.cases)
    this.sections = manifest.sections
    this.rareWeight = manifest.rareWeight
    this.levelWeights = manifest.levelWeights
    this.facetNames = manifest.facets
    const folding = new Folding(words.simplified)
    this.folding = folding
    this.vocabulary = new Vocabulary(words.terms, words.concepts, words.marks, folding)
    this.analyzer = new Analyzer(folding, new Concepts(words.concepts, folding))
    this.pages = words.pages
    const firstTerms = manifest.firstTerms ? manifest.firstTerms.split('\n') : []
    const levels = new SymbolReader(manifest.levels).symbols(manifest.levels.length)
    this.terms = new TermLists(files, firstTerms, manifest.levelWeights, levels)
    const blocks = readNumbers(manifest.blocks)
    this.blocks = new CaseBlocks(files, blocks, manifest)
    this.facets = new FacetLists(files, manifest.cases)
  }

  /** @returns {Promise<Directory>} the terms that a long query may choose from */
  directory() {
    return this.files.get('directory', (payload) => new Directory(payload, this.levelWeights))
  }

  /** @returns {Promise<import('./words.js').Handbook>} law in force, checklists, working days */
  handbook() {
    return this.files.get('handbook', (payload) => payload)
  }

  /** @returns {Promise<string[]>} case ids by case number */
  ids() {
    return this.files.get('ids', (payload) => (payload ? payload.split('\n') : []))
  }

  /** Return the folded text of each ranking field. @param {CaseText} caseText */
  fieldTexts(caseText) {
    const names = this.fields.map((/** @type {{name: string}} */ { name }) => name)
    return caseText.fieldTexts(names, this.sections, this.folding)
  }
}

/**
 * Open the index in a folder.
 *
 * @param {string} base address of the folder with the manifest, with a slash at its end
 * @param {Load} load
 * @returns {Promise<Library>} rejects with `IndexFault`
 */
export async function openLibrary(base, load) {
  // The only file whose address stays the same: no cache may keep an old one for long.
  const fresh = base.startsWith('file:') ? '' : `?${Math.floor(Date.now() / MINUTE)}`
  const manifest = /** @type {any} */ (await load(MANIFEST, `${base}${MANIFEST}.js${fresh}`))
  if (manifest?.format !== FORMAT) {
    throw new IndexFault(
      MANIFEST,
      `检索数据的版本是 ${manifest?.format}，本页面只认得版本 ${FORMAT}。`,
      '请刷新页面；仍然如此，请告诉发布本站的单位。',
    )
  }
  const files = new IndexFiles(load, `${base}${manifest.folder}/`)
  const words = await files.get('words', (payload) => payload)
  try {
    return new Library(manifest, words, files)
  } catch {
    throw damaged(MANIFEST)
  }
}
