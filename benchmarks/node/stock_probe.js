// Runs before the scripts of a mkdocs-material page and listens to its search worker, since
// the list of results is drawn piece by piece. A page opened with ?q= searches by itself.
(() => {
  const READY = 1
  const RESULT = 3
  // `first` is when the first answer stood on the page.
  window.probe = { first: null, ids: [], search: null }
  let told = () => {}

  const idsOf = (items) =>
    items.slice(0, 10).map(([page]) => page.location.replace(/^.*\/(.*)\.html.*$/, '$1'))

  const PlainWorker = window.Worker
  window.Worker = class extends PlainWorker {
    constructor(...given) {
      super(...given)
      this.addEventListener('message', ({ data }) => {
        if (data.type === READY) window.probe.search = search
        if (data.type !== RESULT) return
        const ids = idsOf(data.data.items)
        // after the page's own listener and the frame it asks for
        requestAnimationFrame(() => setTimeout(() => told(ids)))
      })
    }
  }

  const search = (query) =>
    new Promise((resolve) => {
      const box = document.querySelector('input[data-md-component="search-query"]')
      told = resolve
      box.value = query
      box.dispatchEvent(new KeyboardEvent('keyup', { bubbles: true }))
    })

  if (new URL(location.href).searchParams.has('q')) {
    told = (ids) => {
      if (!document.querySelector('input[data-md-component="search-query"]').value) return
      window.probe.ids = ids
      window.probe.first = performance.now()
    }
  }
})()
