/** Runs the writing form's reader, writer and checks for the tests in Python: JSON in, JSON out. */

import { readFileSync } from 'node:fs'
import { readCase } from '../../builder/site/client/form/case_reader.js'
import { caseText } from '../../builder/site/client/form/case_text.js'
import { faultsOf } from '../../builder/site/client/form/checks.js'
import { findingsOf } from '../../builder/site/client/form/findings.js'

const { rules, texts, today } = JSON.parse(readFileSync(0, 'utf8'))
const { fields } = rules
const told = { ...rules, ids: new Set(rules.ids) }
const answers = texts.map((text) => {
  try {
    const values = readCase(text, fields)
    return {
      text: caseText(values, fields),
      faults: today ? faultsOf(values, told, today) : [],
      findings: today ? findingsOf(values, fields) : [],
    }
  } catch (error) {
    return { fault: error.message, kind: error.constructor.name }
  }
})
process.stdout.write(JSON.stringify(answers))
