/** Runs the writing form's reader, writer and checks for the tests in Python: JSON in, JSON out. */

import { readFileSync } from 'node:fs'
import { readCase } from '../../builder/site/client/form/case_reader.js'
import { caseText } from '../../builder/site/client/form/case_text.js'

const { fields, texts } = JSON.parse(readFileSync(0, 'utf8'))
const answers = texts.map((text) => {
  try {
    return { text: caseText(readCase(text, fields), fields) }
  } catch (error) {
    return { fault: error.message, kind: error.constructor.name }
  }
})
process.stdout.write(JSON.stringify(answers))
