/* Small helps for readers. Loaded before the theme's own script; every page works without it. */
(function () {
  'use strict'

  /* A phone shows the lesser facts of a case only when asked; paper and wide screens show all. */
  var phone = window.matchMedia('screen and (max-width: 59.984375em)')
  function unfold(open) {
    document.querySelectorAll('.cb-facts details').forEach(function (part) {
      part.open = open
    })
  }
  function fit() {
    unfold(!phone.matches)
  }
  fit()
  phone.addEventListener('change', fit)
  window.addEventListener('beforeprint', function () {
    unfold(true)
  })
  window.addEventListener('afterprint', fit)

  document.querySelectorAll('[data-cb-print]').forEach(function (button) {
    button.hidden = false
    button.addEventListener('click', function () {
      window.print()
    })
  })

  document.querySelectorAll('[data-cb-copy]').forEach(function (button) {
    var source = document.getElementById(button.getAttribute('data-cb-copy'))
    var done = button.parentElement.querySelector('.cb-done')
    button.hidden = false
    button.addEventListener('click', function () {
      copy(source).then(
        function () {
          done.textContent = '已复制'
        },
        function () {
          select(source)
          done.textContent = '请按 Ctrl+C 复制'
        },
      )
    })
  })

  function copy(element) {
    if (navigator.clipboard && window.isSecureContext) {
      return navigator.clipboard.writeText(element.textContent).catch(function () {
        return copySelected(element)
      })
    }
    return copySelected(element)
  }

  function copySelected(element) {
    select(element)
    return document.execCommand('copy') ? Promise.resolve() : Promise.reject(new Error('copy'))
  }

  function select(element) {
    var range = document.createRange()
    range.selectNodeContents(element)
    var selection = window.getSelection()
    selection.removeAllRanges()
    selection.addRange(range)
  }
})()
