/** Runs the browser's twins for tests/text/test_browser_twin.py: JSON in, JSON out. */

import { readFileSync } from 'node:fs'
import { readAmounts } from '../../builder/site/client/amount.js'
import { Analyzer } from '../../builder/site/client/analyzer.js'
import { Concepts } from '../../builder/site/client/concepts.js'
import { excerpt } from '../../builder/site/client/excerpt.js'
import { asPlain, parse } from '../../builder/site/client/query.js'
import { queryWeight } from '../../builder/site/client/term_choice.js'
import { parseTicket } from '../../builder/site/client/ticket.js'
import { folding, inCodePoints } from './golden.js'

const { groups, texts, terms, lengths, characters, mostRepeats } = JSON.parse(
  readFileSync(0, 'utf8'),
)
const analyzer = new Analyzer(folding, new Concepts(groups, folding))

const answers = texts.map((text, at) => ({
  folded: folding.foldText(text),
  foldedWithOrigins: folding.fold(text).text,
  tokens: inCodePoints(text, analyzer.tokens(text)),
  counts: Object.fromEntries(analyzer.countTerms(text)),
  query: asPlain(parse(text, folding)),
  ticket: parseTicket(text, folding),
  amounts: readAmounts(text, folding),
  excerpt: excerpt(text, terms, analyzer, lengths[at % lengths.length]).map(
    ({ text: piece, isHit }) => [piece, isHit],
  ),
}))
const weights = Array.from({ length: mostRepeats }, (_, before) =>
  queryWeight('退卡', before + 1, 1024),
)
const single = [...characters].map((character) => [
  folding.foldText(character),
  [...analyzer.countTerms(character).keys()].join(' '),
])
process.stdout.write(JSON.stringify({ answers, weights, single }))
