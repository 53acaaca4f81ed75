// @ts-check
/**
 * Fold text to the one form that index and queries compare: twin of `builder/text/folding.py`.
 *
 * Every code point is folded on its own: NFKC, then traditional to simplified, then lower
 * case. Marks and invisible characters are dropped. No DOM, no loading.
 */

// Written as they stand inside [...] of a regular expression with the flag u.
export const HAN =
  String.raw`\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufa6d\ufa70-\ufad9\u{20000}-\u{3fffd}`
// Digits, then Latin, Greek, Cyrillic, hangul jamo, kana, hangul syllables.
export const WORD =
  String.raw`0-9a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02af\u1e00-\u1eff` +
  String.raw`\u0370-\u0373\u0376\u0377\u037b-\u037d\u037f\u0386\u0388-\u038a\u038c\u038e-\u03a1` +
  String.raw`\u03a3-\u03ff\u0400-\u0481\u048a-\u052f\u1100-\u11ff` +
  String.raw`\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\uac00-\ud7a3`
// Soft hyphen, combining accents, zero-width and direction marks, variation selectors, BOM.
export const DROPPED =
  String.raw`\u00ad\u0300-\u036f\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff` +
  String.raw`\u{e0100}-\u{e01ef}`
const FOLDED =
  String.raw`A-Z\u00a0-\u02af\u0370-\u052f\u1e00-\u1fff` + // Latin, Greek, Cyrillic
  String.raw`\u2000-\u2bff` + // punctuation, letter-like, numbers, enclosed
  String.raw`\u2e80-\u2fdf\u3000-\u312f\u3130-\u33ff` + // radicals, CJK symbols, kana, units
  String.raw`\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff` + // Han
  String.raw`\ufb00-\ufb06\ufe30-\ufe6f\uff00-\uffef` + // ligatures, vertical, small, full width
  String.raw`\u{1d400}-\u{1d7ff}\u{1f100}-\u{1f2ff}\u{2f800}-\u{2fa1f}`

const IS_FOLDED = new RegExp(`[${FOLDED}]`, 'u')
const IS_DROPPED = new RegExp(`[${DROPPED}]`, 'u')

/** Folded text that remembers where it came from. All places are in UTF-16 units. */
export class Folded {
  /**
   * @param {string} text the folded text
   * @param {number[]} origins unit of the folded text -> start, in the original, of the code
   *   point that made it; then the length of the original
   * @param {string} original
   */
  constructor(text, origins, original) {
    this.text = text
    this.origins = origins
    this.original = original
  }

  /**
   * Return the stretch of the original that made the non-empty text[start, end).
   *
   * @param {number} start
   * @param {number} end
   * @returns {[start: number, end: number]}
   */
  span(start, end) {
    const last = this.origins[end - 1]
    return [this.origins[start], last + widthAt(this.original, last)]
  }
}

/** Folds text, each code point once: what became of it is kept. */
export class Folding {
  /** @type {Map<string, string>} traditional -> simplified */
  #simplified = new Map()
  /** @type {Map<number, string | null>} code point -> what it becomes; null: it stays */
  #becomes = new Map()

  /** @param {string} simplified pairs of code points: traditional, simplified */
  constructor(simplified) {
    const characters = [...simplified]
    for (let at = 0; at < characters.length; at += 2) {
      this.#simplified.set(characters[at], characters[at + 1])
    }
  }

  /**
   * Return the folded text alone: same as `fold(text).text`, without the origins.
   *
   * @param {string} text
   */
  foldText(text) {
    let folded = ''
    let keptFrom = 0
    for (let at = 0; at < text.length; ) {
      const codePoint = /** @type {number} */ (text.codePointAt(at))
      const next = at + (codePoint > 0xffff ? 2 : 1)
      const becomes = this.#lookUp(codePoint)
      if (becomes !== null) {
        folded += text.slice(keptFrom, at) + becomes
        keptFrom = next
      }
      at = next
    }
    return keptFrom ? folded + text.slice(keptFrom) : text
  }

  /**
   * Return the folded text and where each of its units came from.
   *
   * @param {string} text
   */
  fold(text) {
    /** @type {number[]} */
    const origins = []
    let folded = ''
    let at = 0
    for (const character of text) {
      const becomes = this.#lookUp(/** @type {number} */ (character.codePointAt(0))) ?? character
      folded += becomes
      for (let unit = 0; unit < becomes.length; unit += 1) origins.push(at)
      at += character.length
    }
    origins.push(text.length)
    return new Folded(folded, origins, text)
  }

  /** @param {number} codePoint */
  #lookUp(codePoint) {
    let becomes = this.#becomes.get(codePoint)
    if (becomes === undefined) {
      const character = String.fromCodePoint(codePoint)
      const folded = this.#foldOne(character)
      becomes = folded === character ? null : folded
      this.#becomes.set(codePoint, becomes)
    }
    return becomes
  }

  /**
   * Return what one code point becomes: nothing, itself, or several code points.
   *
   * @param {string} character
   */
  #foldOne(character) {
    if (IS_DROPPED.test(character)) return ''
    if (!IS_FOLDED.test(character)) return character
    const normal = [...character.normalize('NFKC')]
    const lower = normal.map((part) => this.#simplified.get(part) ?? part).join('').toLowerCase()
    return [...lower].filter((part) => !IS_DROPPED.test(part)).join('')
  }
}

/**
 * Return how many UTF-16 units the code point at a place takes.
 *
 * @param {string} text
 * @param {number} at
 */
export function widthAt(text, at) {
  return /** @type {number} */ (text.codePointAt(at)) > 0xffff ? 2 : 1
}
