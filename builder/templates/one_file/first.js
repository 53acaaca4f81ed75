(function (page) {
  page.className = 'cb-js'
  var dark = window.matchMedia('(prefers-color-scheme: dark)')
  function paint() {
    page.setAttribute('data-md-color-scheme', dark.matches ? 'slate' : 'default')
  }
  paint()
  if (dark.addEventListener) dark.addEventListener('change', paint)
})(document.documentElement)
