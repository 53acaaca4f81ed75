// @ts-check
/** Show the slides of a pack one at a time; without this script they stand one below the other. */

const SHOWING = 'cb-showing' // on the body
const SWIPE = 40 // pixels that make a swipe

/** Make the slides ready to be shown. @param {HTMLElement} deck */
export function startSlides(deck) {
  const slides = /** @type {HTMLElement[]} */ ([...deck.querySelectorAll('.cb-slide')])
  const button = /** @type {HTMLButtonElement} */ (document.getElementById('cb-slides-start'))
  let at = 0
  let touched = 0

  const show = (/** @type {number} */ wanted) => {
    at = Math.max(0, Math.min(slides.length - 1, wanted))
    slides.forEach((slide, place) => slide.classList.toggle('cb-slide--now', place === at))
    slides[at].focus({ preventScroll: true })
  }
  const isShowing = () => document.body.classList.contains(SHOWING)
  const begin = () => {
    document.body.classList.add(SHOWING)
    deck.requestFullscreen?.().catch(() => {}) // a page in a frame may not: the window will do
    show(at)
  }
  const end = () => {
    document.body.classList.remove(SHOWING)
    if (document.fullscreenElement) document.exitFullscreen().catch(() => {})
    button.focus()
  }
  /** @type {Record<string, () => void>} */
  const keys = {
    ArrowRight: () => show(at + 1),
    ArrowDown: () => show(at + 1),
    PageDown: () => show(at + 1),
    ' ': () => show(at + 1),
    Enter: () => show(at + 1),
    ArrowLeft: () => show(at - 1),
    ArrowUp: () => show(at - 1),
    PageUp: () => show(at - 1),
    Home: () => show(0),
    End: () => show(slides.length - 1),
    n: () => deck.classList.toggle('cb-slides--notes'),
    f: () => {
      if (document.fullscreenElement) document.exitFullscreen().catch(() => {})
      else deck.requestFullscreen?.().catch(() => {})
    },
    Escape: end,
  }

  for (const slide of slides) slide.tabIndex = -1
  button.hidden = false
  button.addEventListener('click', begin)
  document.addEventListener('keydown', (event) => {
    const act = keys[event.key.length === 1 ? event.key.toLowerCase() : event.key]
    if (!isShowing() || !act || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    event.stopPropagation()
    act()
  }, true)
  deck.addEventListener('click', (event) => {
    if (isShowing()) show(event.clientX < window.innerWidth / 3 ? at - 1 : at + 1)
  })
  deck.addEventListener('touchstart', (event) => {
    touched = event.changedTouches[0].clientX
  }, { passive: true })
  deck.addEventListener('touchend', (event) => {
    const moved = event.changedTouches[0].clientX - touched
    if (!isShowing() || Math.abs(moved) < SWIPE) return
    event.preventDefault() // a swipe is no click
    show(moved < 0 ? at + 1 : at - 1)
  })
}
