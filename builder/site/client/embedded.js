// @ts-check
/**
 * The index as it lies in the one file: one text, gzip in base64, that holds every file of
 * the static index by its name. Written by `builder/site/one_file.py`.
 */

import { gunzipSync, strFromU8 } from 'fflate'
import { damaged } from './loader.js'

/**
 * Return what takes files of the index from an element of the page. Nothing is unpacked
 * before the first is asked for.
 *
 * @param {Element} element
 * @returns {import('./loader.js').Load} rejects with `IndexFault`
 */
export function embeddedLoader(element) {
  /** @type {Map<string, unknown> | null} */
  let files = null
  return async (name) => {
    files ??= unpacked(element, name)
    if (!files.has(name)) throw damaged(name)
    return files.get(name)
  }
}

/** @param {Element} element @param {string} name @returns {Map<string, unknown>} */
function unpacked(element, name) {
  try {
    const packed = atob((element.textContent ?? '').trim())
    const bytes = Uint8Array.from(packed, (one) => one.charCodeAt(0))
    return new Map(Object.entries(JSON.parse(strFromU8(gunzipSync(bytes)))))
  } catch {
    throw damaged(name)
  }
}
