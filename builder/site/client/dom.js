// @ts-check
/** Make and find elements. What comes from cases and from people is only ever text. */

/** @typedef {Node | string | false | null | undefined} Child */

/**
 * Make an element.
 *
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Record<string, string | boolean | ((event: any) => void)>} attributes a function is a
 *   listener, `true` an attribute without a value, `false` none
 * @param {...Child} children strings become text
 * @returns {HTMLElementTagNameMap[K]}
 */
export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(name, value)
    else if (value === true) element.setAttribute(name, '')
    else if (value !== false) element.setAttribute(name, value)
  }
  element.append(...children.filter(isShown))
  return element
}

/** @param {Child} child @returns {child is Node | string} */
function isShown(child) {
  return child !== false && child !== null && child !== undefined
}

/**
 * Return an element that the page has.
 *
 * @param {string} id
 * @returns {any}
 */
export function byId(id) {
  const element = document.getElementById(id)
  if (!element) throw new TypeError(`no #${id} on this page`)
  return element
}

/**
 * Return text with its hits marked.
 *
 * @param {{text: string, isHit: boolean}[]} pieces
 * @returns {(string | HTMLElement)[]}
 */
export function marked(pieces) {
  return pieces.map(({ text, isHit }) => (isHit ? el('mark', {}, text) : text))
}
