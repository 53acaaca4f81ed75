/** Runs the browser's detectors for tests/detectors/test_browser_twin.py: JSON in, JSON out. */

import { readFileSync } from 'node:fs'
import { findAccounts, findEmails, findLinks } from '../../builder/site/client/detectors/accounts.js'
import { findAddresses } from '../../builder/site/client/detectors/addresses.js'
import { findDates } from '../../builder/site/client/detectors/dates.js'
import { detect } from '../../builder/site/client/detectors/detect.js'
import { fold } from '../../builder/site/client/detectors/disguises.js'
import { findNumbers } from '../../builder/site/client/detectors/numbers.js'
import { findPlates } from '../../builder/site/client/detectors/plates.js'

const finders = { findNumbers, findPlates, findEmails, findLinks, findAccounts, findAddresses, findDates }
const inPoints = (text, place) => [...text.slice(0, place)].length

const answers = JSON.parse(readFileSync(0, 'utf8')).map((text) => {
  const folded = fold(text)
  const spans = Object.entries(finders).flatMap(([name, find]) =>
    find(folded.text).map(({ kind, start, end }) => [name, kind, start, end]),
  )
  return {
    folded: folded.text,
    spans,
    places: [...folded.text].map((_, at) => inPoints(text, folded.original(at, at + 1)[0])),
    findings: detect(text).map(({ kind, start, end, excerpt }) => [kind, inPoints(text, start), inPoints(text, end), excerpt]),
  }
})
process.stdout.write(JSON.stringify(answers))
