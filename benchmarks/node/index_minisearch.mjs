// Builds a MiniSearch index as one would: `node index_minisearch.mjs RECORDS.jsonl INDEX.json`.
// The page cuts queries with the same segmenter; fields weigh as much as the casebook's.
import { createReadStream, writeFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import MiniSearch from 'minisearch'

const segmenter = new Intl.Segmenter('zh', { granularity: 'word' })
const tokenize = (text) =>
  [...segmenter.segment(text)].filter((part) => part.isWordLike).map((part) => part.segment)

const [records, target] = process.argv.slice(2)
const engine = new MiniSearch({
  fields: ['title', 'tags', 'facts', 'rest'],
  storeFields: ['title'],
  tokenize,
})
for await (const line of createInterface({ input: createReadStream(records) })) {
  engine.add(JSON.parse(line))
}
writeFileSync(target, JSON.stringify(engine))
