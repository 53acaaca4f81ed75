// @ts-check
/**
 * Take blanks from the ends of a text, as Python's `str.strip` does: `trim` takes others.
 *
 * By loops: a pattern such as / +$/ takes quadratic time over blanks inside a long text.
 */

// What Python takes for blank, here and as \s of a regular expression.
export const BLANKS =
  '\t\n\v\f\r\x1c\x1d\x1e\x1f \x85\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006' +
  '\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000'

/**
 * Return the text without these characters at its ends.
 *
 * @param {string} text
 * @param {string} characters none beyond U+FFFF
 */
export function strip(text, characters = BLANKS) {
  return stripStart(stripEnd(text, characters), characters)
}

/**
 * Return the text without these characters at its beginning.
 *
 * @param {string} text
 * @param {string} characters none beyond U+FFFF
 */
export function stripStart(text, characters = BLANKS) {
  let start = 0
  while (start < text.length && characters.includes(text[start])) start += 1
  return text.slice(start)
}

/**
 * Return the text without these characters at its end.
 *
 * @param {string} text
 * @param {string} characters none beyond U+FFFF
 */
export function stripEnd(text, characters = BLANKS) {
  let end = text.length
  while (end > 0 && characters.includes(text[end - 1])) end -= 1
  return text.slice(0, end)
}
