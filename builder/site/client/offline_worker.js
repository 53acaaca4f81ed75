// @ts-check
/**
 * Keeps a visited library readable without a network: the service worker of a site. In front
 * of it stands what `builder/site/offline.py` knows of the build, as `casebookBuild`.
 *
 * Pages and what they load come from the network, and from the store only without one; the
 * files of the index, named after their content, from the store first. The store is one for
 * each address of a site and each build, so that two libraries on one server never mix.
 */

/**
 * @typedef {object} Build
 * @property {string} name
 * @property {boolean} [isOff] the library was taken down: forget everything
 * @property {string[]} top names right below the site's folder; others are not the site's
 * @property {string} index folder of the index, with a slash at its end
 * @property {string[]} core what searching needs
 * @property {string[]} shards of the index, where it is small enough to be taken whole
 */

const worker = /** @type {any} */ (self)
/** @type {Build} */
const build = worker.casebookBuild
/** @type {string} */
const scope = worker.registration.scope
const mine = `casebook|${scope}|`
const storeName = mine + build.name

const STORED_ON = 'x-casebook-stored'
const DAY = 86_400_000
const LONGEST = 30 * DAY // without the server; who took a case down cannot reach this device
const MOST_VISITED = 500 // pages taken over into the store of a new build
const AT_ONCE = 6
const KINDS = /^(?:text\/(?:html|css|javascript)|application\/(?:javascript|x-javascript)|image\/)/
const GONE = [401, 403, 404, 410]

worker.addEventListener('install', (/** @type {any} */ event) => {
  event.waitUntil((build.isOff ? Promise.resolve() : fill()).then(() => worker.skipWaiting()))
})

worker.addEventListener('activate', (/** @type {any} */ event) => {
  event.waitUntil(build.isOff ? leave() : forgetOthers().then(() => worker.clients.claim()))
})

worker.addEventListener('fetch', (/** @type {any} */ event) => {
  const key = build.isOff || event.request.method !== 'GET' ? null : keyOf(event.request.url)
  if (!key) return
  const isShard = key.startsWith(scope + build.index)
  event.respondWith(isShard ? fromStore(event.request, key) : fromNetwork(event.request, key))
})

/** Return what an address is stored by, or null where it is none of this site. @param {string} address */
function keyOf(address) {
  const [path] = address.split(/[?#]/)
  if (!path.startsWith(scope)) return null
  const inside = path.slice(scope.length)
  if (inside && !build.top.includes(decodeURIComponent(inside.split('/')[0]))) return null
  return inside === '' || inside.endsWith('/') ? `${path}index.html` : path
}

/** Take the core, which has to be there, then the index and the pages visited so far. */
async function fill() {
  const store = await caches.open(storeName)
  const take = async (/** @type {string} */ address) => {
    const response = await fetch(address, { cache: 'no-cache' })
    if (!(await keep(store, address, response))) throw new TypeError(address)
  }
  await Promise.all(build.core.map((path) => take(scope + path)))
  const shards = build.shards.map((name) => scope + build.index + name)
  await each([...shards, ...(await visited())], (address) => take(address).catch(() => {}))
}

/** Return the pages in the stores of earlier builds. */
async function visited() {
  /** @type {Set<string>} */
  const found = new Set()
  for (const name of await others()) {
    const requests = await (await caches.open(name)).keys()
    for (const { url } of requests) {
      if (url.endsWith('.html') && keyOf(url)) found.add(url)
    }
  }
  return [...found].slice(0, MOST_VISITED)
}

/** @param {string[]} addresses @param {(address: string) => Promise<void>} act */
async function each(addresses, act) {
  const waiting = addresses[Symbol.iterator]()
  const work = async () => {
    for (const address of waiting) await act(address)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
}

async function others() {
  return (await caches.keys()).filter((name) => name.startsWith(mine) && name !== storeName)
}

async function forgetOthers() {
  await Promise.all((await others()).map((name) => caches.delete(name)))
}

/** Forget everything of this site, and show its readers what stands there now. */
async function leave() {
  await forgetOthers()
  await caches.delete(storeName)
  await worker.registration.unregister()
  const pages = await worker.clients.matchAll({ type: 'window', includeUncontrolled: true })
  const ours = pages.filter((/** @type {any} */ { url }) => url.startsWith(scope))
  await Promise.all(ours.map((/** @type {any} */ page) => page.navigate(page.url).catch(() => {})))
}

/** @param {Request} request @param {string} key */
async function fromStore(request, key) {
  const store = await caches.open(storeName)
  const kept = await store.match(key)
  if (kept && !isTooOld(kept)) return kept
  const response = await fetch(request)
  await keep(store, key, response.clone())
  return response
}

/** @param {Request} request @param {string} key */
async function fromNetwork(request, key) {
  const store = await caches.open(storeName)
  try {
    const response = await fetch(request)
    if (response.status < 500) {
      if (GONE.includes(response.status)) await store.delete(key)
      else await keep(store, key, response.clone())
      return response
    }
    return (await stored(store, key, request)) ?? response
  } catch (error) {
    const kept = await stored(store, key, request)
    if (kept) return kept
    if (request.mode === 'navigate') return notStored()
    throw error
  }
}

/** @param {Cache} store @param {string} key @param {Request} request */
async function stored(store, key, request) {
  const kept = await store.match(key)
  if (!kept) return null
  if (isTooOld(kept)) {
    await store.delete(key)
    return null
  }
  const isPage = /^text\/html/.test(kept.headers.get('content-type') ?? '')
  if (request.mode !== 'navigate' || !isPage) return kept
  const html = (await kept.text()).replace('<body', '<body data-cb-stored')
  return new Response(html, { headers: kept.headers })
}

/** @param {Response} kept */
function isTooOld(kept) {
  return !(Date.now() - Number(kept.headers.get(STORED_ON)) < LONGEST)
}

/**
 * Store a response, if it is one of the site's own and may be kept; return whether it was.
 *
 * @param {Cache} store
 * @param {string} key
 * @param {Response} response
 */
async function keep(store, key, response) {
  const { headers, status, type } = response
  const isElsewhere = response.redirected && keyOf(response.url) !== key // as to a page to log in
  const isPrivate = /no-store/.test(headers.get('cache-control') ?? '')
  const isKind = KINDS.test(headers.get('content-type') ?? '')
  if (status !== 200 || type !== 'basic' || isElsewhere || isPrivate || !isKind) return false
  const kind = headers.get('content-type') ?? ''
  const told = { 'content-type': kind, [STORED_ON]: String(Date.now()) }
  await store.put(key, new Response(await response.blob(), { headers: told }))
  return true
}

function notStored() {
  const html = `<!doctype html><html lang="zh"><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>没有连上网络</title>
<style>body{max-width:36rem;margin:2rem auto;padding:0 1rem;font-family:sans-serif;line-height:1.8}
@media (prefers-color-scheme:dark){body{background:#14191e;color:#dfe4e8}a{color:#8fc1ea}}</style>
<h1>没有连上网络</h1><p>这一页没有在这台设备上打开过，所以没有存下来。连上网络后再打开。</p>
<p><a href="${scope}index.html">首页</a>　<a href="${scope}search/index.html">查案例</a></p></html>`
  return new Response(html, { status: 503, headers: { 'content-type': 'text/html; charset=utf-8' } })
}
