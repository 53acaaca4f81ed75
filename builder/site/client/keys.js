// @ts-check
/** Keys that work on every page: `/`, `s` and `f` go to the search field. */

const TO_FIELD = ['/', 's', 'f']

/**
 * @param {() => HTMLElement | null} field the search field of the page, where it is to be seen
 * @param {() => void} otherwise where there is none to be seen
 */
export function listenForKeys(field, otherwise) {
  document.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return
    if (!TO_FIELD.includes(event.key) || isTyping(event.target)) return
    event.preventDefault()
    const found = field()
    if (found) found.focus()
    else otherwise()
  })
}

/** @param {EventTarget | null} target */
function isTyping(target) {
  if (!(target instanceof HTMLElement)) return false
  return target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName)
}
