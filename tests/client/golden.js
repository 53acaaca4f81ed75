/** What the tests of the twins share: golden files, the folding table, code point offsets. */

import { readFileSync } from 'node:fs'
import { Analyzer } from '../../builder/site/client/analyzer.js'
import { Concepts } from '../../builder/site/client/concepts.js'
import { Folding } from '../../builder/site/client/folding.js'

const read = (path) => readFileSync(new URL(path, import.meta.url), 'utf8')

export const golden = (name) => JSON.parse(read(`../golden/${name}.json`))

export const folding = new Folding(read('../../builder/text/simplified.txt').replaceAll('\n', ''))

/** Return the analyzer with concept groups as golden files have them: id -> words. */
export const analyzerWith = (groups) =>
  new Analyzer(folding, new Concepts(Object.entries(groups), folding))

/** Return tokens as golden files have them: [term, start, end], in code points. */
export function inCodePoints(text, tokens) {
  const codePointAt = []
  let count = 0
  for (const character of text) {
    codePointAt.push(...Array(character.length).fill(count))
    count += 1
  }
  codePointAt.push(count)
  return tokens.map(({ term, start, end }) => [term, codePointAt[start], codePointAt[end]])
}
