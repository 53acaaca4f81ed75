// @ts-check
/** Keep the visited library usable offline, and say so when that is what one sees. */

import { el } from './dom.js'

const WORKER = 'sw.js'
const WANTED = 'meta[name="casebook-offline"]'

/** @param {URL} root address of the site */
export function keepOffline(root) {
  tell()
  window.addEventListener('online', tell)
  window.addEventListener('offline', tell)
  const isServed = location.protocol === 'https:' || location.protocol === 'http:'
  if (!isServed || !('serviceWorker' in navigator) || !document.querySelector(WANTED)) return
  window.addEventListener('load', () => {
    const options = { scope: root.href, updateViaCache: /** @type {const} */ ('none') }
    // an extra: where the browser or the server refuses it, everything works but this
    navigator.serviceWorker.register(new URL(WORKER, root).href, options).catch(() => {})
  })
}

/** Say that what one sees was stored, or take that back. */
function tell() {
  const isStored = document.body.hasAttribute('data-cb-stored')
  const hasWorker = 'serviceWorker' in navigator && Boolean(navigator.serviceWorker.controller)
  const isOffline = isStored || (hasWorker && navigator.onLine === false)
  const shown = document.getElementById('cb-offline')
  if (!isOffline) shown?.remove()
  if (!isOffline || shown) return
  const words = '没有连上网络：看到的、查到的是这台设备上次存下的内容，可能不是最新的。'
  document
    .querySelector('.md-content__inner')
    ?.prepend(el('p', { id: 'cb-offline', class: 'cb-offline', role: 'status' }, words))
}
