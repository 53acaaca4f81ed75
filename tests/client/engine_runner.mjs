/**
 * Run searches with the browser's engine over an index on the disk, outside a browser.
 *
 *     node engine_runner.mjs FOLDER [--fresh] < requests.json > results.json
 *
 * FOLDER holds the manifest. A request is {text, limit, filters, sort}; a result its hits'
 * ids and what else is compared, and the files that were loaded for it; with --fresh as if
 * each were the first in its page. With a choice of same-type cases, and days, it has what
 * they say of the complaint too, and the brief.
 */

import { readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { openIndex } from '../../builder/site/client/engine.js'

/** Load files as a page would: each is one call of casebookShard. */
export function diskLoader(onLoad = () => {}) {
  return async (name, url) => {
    const source = readFileSync(new URL(url), 'utf8')
    onLoad(name, source.length)
    let payload
    const casebookShard = (given, content) => {
      if (given === name) payload = content
    }
    new Function('casebookShard', source)(casebookShard)
    return payload
  }
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const base = `${pathToFileURL(process.argv[2])}/`
  const requests = JSON.parse(readFileSync(0, 'utf8'))
  const results = []
  let files = []
  const open = () => openIndex(base, diskLoader((name) => files.push(name)))
  let engine = await open()
  for (const request of requests) {
    if (process.argv[3] === '--fresh') engine = await open()
    files = []
    const result = await engine.search(request)
    const told = request.choice ? await engine.sameType(result) : null
    results.push({
      sameType: told && {
        asked: { ...told.asked, law: [...told.asked.law].sort(), weights: undefined },
        likely: told.likely,
        comparisons: told.comparisons,
        outlook: told.outlook,
        lines: told.lines,
        brief: await engine.brief(result, told, request.days),
      },
      ids: result.hits.map(({ id }) => id),
      scores: result.hits.map(({ score }) => score),
      kind: result.kind,
      total: result.total,
      atLeast: result.atLeast,
      hints: result.hints,
      conditions: result.conditions,
      files: [...files],
    })
  }
  process.stdout.write(JSON.stringify(results))
}
