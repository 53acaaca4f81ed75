// @ts-check
/** How a case fits a condition, 0 for not at all: Kleene's logic, or is the greater, and the lesser. */

export const MAY_FIT = 1
export const FITS = 2

/** @param {number} fit */
export function not(fit) {
  return FITS - fit
}
