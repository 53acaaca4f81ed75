// @ts-check
/** Find number plates of vehicles: twin of `builder/detectors/plates.py`. */

import { plainDigits } from './disguises.js'
import { all, matchAt } from './patterns.js'

/** @param {string} text @returns {import('./numbers.js').Span[]} */
export function findPlates(text) {
  return all('plates.PLATE', text).flatMap(({ start, end, groups }) => {
    const body = plainDigits(groups.body).replace(/[ ·.-]/g, '').toUpperCase()
    const figures = body.replace(/[^0-9]/g, '').length
    const isPlate = (figures >= 2 && matchAt('plates.BODY', body)) || matchAt('plates.MASKED_BODY', body)
    return isPlate ? [{ kind: 'plate', start, end }] : []
  })
}
