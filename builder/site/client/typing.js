// @ts-check
/** Listen to typing: nothing happens while an input method still composes a word. */

const PAUSE = 120 // ms without a key before a search starts
const COMPOSING = 229 // what older browsers give as the key code meanwhile

/**
 * Call back with a field's text once typing pauses.
 *
 * @param {HTMLInputElement | HTMLTextAreaElement} field
 * @param {(text: string) => void} take
 * @returns {() => void} call it to take what is there at once
 */
export function onTyped(field, take) {
  let composing = false
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let waiting
  const now = () => {
    clearTimeout(waiting)
    take(field.value)
  }
  const later = () => {
    clearTimeout(waiting)
    if (!composing) waiting = setTimeout(now, PAUSE)
  }
  field.addEventListener('compositionstart', () => {
    composing = true
    clearTimeout(waiting)
  })
  field.addEventListener('compositionend', () => {
    composing = false
    later()
  })
  field.addEventListener('input', later)
  return now
}

/** Return whether a key belongs to an input method. @param {KeyboardEvent} event */
export function isComposing(event) {
  return event.isComposing || event.keyCode === COMPOSING
}
