// @ts-check
/**
 * Load the files of the static index by `<script>`: a page opened from a folder may load
 * nothing else. What the files are: `builder/index/shards.py`.
 */

/** The index, or a part of it, cannot be had. */
export class IndexFault extends Error {
  /** @param {string} where @param {string} what @param {string} remedy */
  constructor(where, what, remedy) {
    super(`${what}${remedy}`)
    this.where = where
    this.what = what
    this.remedy = remedy
  }
}

/** Return the fault of a file that came, but is not what it should be. @param {string} name */
export function damaged(name) {
  return new IndexFault(
    name,
    `检索数据（${name}）不完整或者已经损坏。`,
    '请刷新页面；仍然如此，请告诉发布本站的单位。',
  )
}

/** @param {string} name @param {boolean} isFolder */
function missing(name, isFolder) {
  if (isFolder) {
    return new IndexFault(
      name,
      `找不到检索数据（${name}）。`,
      '请把整个网站文件夹重新解压，再打开其中的 index.html。',
    )
  }
  if (navigator.onLine === false) {
    return new IndexFault(name, '现在没有连上网络，检索数据取不到。', '请连上网络后点“重试”。')
  }
  return new IndexFault(
    name,
    `没有取到检索数据（${name}）。`,
    '请检查网络后点“重试”；网站刚更新过的，请刷新页面。',
  )
}

/** @typedef {(name: string, url: string) => Promise<unknown>} Load */

/**
 * Return what loads files into a document.
 *
 * @param {Document} document
 * @returns {Load} rejects with `IndexFault`
 */
export function scriptLoader(document) {
  /** @type {Map<string, unknown>} */
  const received = new Map()
  const page = /** @type {any} */ (document.defaultView)
  page.casebookShard = (/** @type {string} */ name, /** @type {unknown} */ payload) => {
    received.set(name, payload)
  }
  const isFolder = page.location.protocol === 'file:'
  return (name, url) =>
    new Promise((resolve, reject) => {
      const script = document.createElement('script')
      script.src = url
      script.async = true
      script.onload = () => {
        script.remove()
        if (!received.has(name)) {
          reject(damaged(name))
          return
        }
        resolve(received.get(name))
        received.delete(name)
      }
      script.onerror = () => {
        script.remove()
        reject(missing(name, isFolder))
      }
      document.head.append(script)
    })
}

/** The files of one index; each is loaded once, and a failure is forgotten, so that it can be retried. */
export class IndexFiles {
  /** @type {Map<string, Promise<unknown>>} */
  #files = new Map()
  #load
  #folder

  /** @param {Load} load @param {string} folder address of the digest folder, with a slash */
  constructor(load, folder) {
    this.#load = load
    this.#folder = folder
  }

  /**
   * Return what `read` makes of a file's payload, once for all who ask.
   *
   * @template T
   * @param {string} name
   * @param {(payload: any) => T} read throws when the payload is not what it should be
   * @returns {Promise<T>} rejects with `IndexFault`
   */
  get(name, read) {
    let file = this.#files.get(name)
    if (!file) {
      file = this.#load(name, `${this.#folder}${name}.js`).then((payload) => {
        try {
          return read(payload)
        } catch {
          throw damaged(name)
        }
      })
      file.catch(() => this.#files.delete(name))
      this.#files.set(name, file)
    }
    return /** @type {Promise<T>} */ (file)
  }
}
