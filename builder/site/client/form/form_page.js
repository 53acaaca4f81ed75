// @ts-check
/** The page on which a case is written: fields, live checks, similar cases, the file. */

import { byId, el } from '../dom.js'
import { faultsOf } from './checks.js'
import { FileFault } from './case_reader.js'
import { controlOf } from './controls.js'
import { dropDraft, keepDraft, keepsDrafts, keptDraft, setKeepsDrafts } from './draft.js'
import { findingsOf } from './findings.js'
import { LikeCases } from './like_cases.js'
import { valueAt } from './shape.js'
import { takeTicket } from './ticket_in.js'
import { fileText, openFile } from './written_file.js'

/** @typedef {import('./checks.js').Rules} Rules */
/** @typedef {import('./controls.js').Control} Control */
/** @typedef {import('./shape.js').Field} Field */
/** @typedef {import('./shape.js').Values} Values */
/** @typedef {import('./written_file.js').Opened} Opened */
/** @typedef {Rules & import('./controls.js').Words & {code: string}} Told what the page tells */

const REST = 400 // ms without typing, after which all is checked again
const FAULTS_SHOWN = 12
const MOST_BYTES = 1 << 20

/** Make the form work. @param {HTMLFormElement} form */
export function startForm(form) {
  const told = JSON.parse(form.dataset.told ?? '')
  new FormPage(form, { ...told, ids: new Set(told.ids) }).start()
}

class FormPage {
  #form
  #told
  /** @type {Map<string, {control: Control, said: HTMLElement}>} path -> what shows the field */
  #fields = new Map()
  /** @type {Values} what a file says that is not edited here */
  #kept = {}
  /** @type {Opened | null} */
  #opened = null
  #likes = new LikeCases()
  #waiting = 0
  #ownId = '' // the id that the form itself proposed

  /** @param {HTMLFormElement} form @param {Told} told */
  constructor(form, told) {
    this.#form = form
    this.#told = told
  }

  start() {
    const changed = () => this.#changed()
    for (const place of /** @type {NodeListOf<HTMLElement>} */ (
      this.#form.querySelectorAll('[data-field]')
    )) {
      const path = place.dataset.field ?? ''
      const control = controlOf(place, fieldAt(this.#told.fields, path), this.#told, changed)
      this.#fields.set(path, { control, said: byId(`e-${path}`) })
    }
    this.#form.addEventListener('input', changed)
    this.#form.addEventListener('change', changed)
    this.#form.addEventListener('submit', (event) => {
      event.preventDefault()
      this.#save()
    })
    byId('cb-w-file').addEventListener('change', () => this.#open())
    byId('cb-w-new').addEventListener('click', () => this.#empty())
    byId('cb-w-fill').addEventListener('click', () => this.#fill())
    const keep = byId('cb-w-keep')
    keep.checked = keepsDrafts()
    keep.addEventListener('change', () => {
      setKeepsDrafts(keep.checked)
      this.#changed()
    })
    const draft = keptDraft()
    if (draft) {
      this.#put(draft.values, draft.opened)
      this.#say(`接着写 ${moment(new Date(draft.at))} 没写完的那件。`)
    } else {
      this.#put({}, null)
    }
    this.#form.hidden = false
    this.#check()
  }

  /** Show values. @param {Values} values @param {Opened | null} opened */
  #put(values, opened) {
    this.#opened = opened
    this.#kept = Object.fromEntries(
      Object.entries(values).filter(([name]) => !this.#isEdited(name)),
    )
    for (const [path, { control }] of this.#fields) control.set(valueAt(values, path))
    this.#ownId = ''
    if (!values.id) this.#proposeId()
  }

  /** @param {string} name of a field of the case */
  #isEdited(name) {
    return [...this.#fields.keys()].some((path) => path.split('.')[0] === name)
  }

  /** @returns {Values} */
  #values() {
    /** @type {Values} */
    const values = { ...this.#kept }
    for (const [path, { control }] of this.#fields) {
      const value = control.get()
      if (value !== undefined) place(values, path, value)
    }
    return values
  }

  /** Propose the next free id of the year in which the complaint came, while nobody typed one. */
  #proposeId() {
    const id = this.#control('id')
    if (id.get() !== undefined && id.get() !== this.#ownId) return
    const received = this.#control('timeline.received').get()
    const year = typeof received === 'string' ? received.slice(0, 4) : today().slice(0, 4)
    const start = `${this.#told.code}-${year}-`
    const used = [...this.#told.ids].filter((one) => one.startsWith(start))
    const serial = Math.max(0, ...used.map((one) => Number(one.slice(start.length)))) + 1
    this.#ownId = start + String(serial).padStart(4, '0')
    id.set(this.#ownId)
  }

  #changed() {
    clearTimeout(this.#waiting)
    this.#waiting = window.setTimeout(() => this.#check(), REST)
  }

  /** Check everything, keep it, and look for similar cases. */
  #check() {
    clearTimeout(this.#waiting)
    this.#proposeId()
    const values = this.#values()
    const faults = faultsOf(values, this.#told, today())
    const findings = findingsOf(values, this.#told.fields)
    for (const [path, { said }] of this.#fields) {
      const isOf = (/** @type {{path: string}} */ one) => `${one.path}.`.startsWith(`${path}.`)
      const wrong = faults.filter((one) => isOf(one) && valueAt(values, one.path) !== undefined)
      said.replaceChildren(
        ...wrong.map(({ what }) => el('li', {}, what)),
        ...findings.filter(isOf).map(({ what, blocks }) =>
          el('li', { class: blocks ? 'cb-w__stop' : 'cb-w__mind' }, what),
        ),
      )
    }
    const stops = [...faults, ...findings.filter(({ blocks }) => blocks)]
    const minds = findings.length - findings.filter(({ blocks }) => blocks).length
    byId('cb-w-faults').replaceChildren(
      ...stops.slice(0, FAULTS_SHOWN).map(({ path, what }) =>
        el('li', {}, el('button', { type: 'button', class: 'cb-link', click: () => this.#goTo(path) }, what)),
      ),
    )
    byId('cb-w-save').disabled = stops.length > 0
    byId('cb-w-state').textContent = stops.length
      ? `还差 ${stops.length} 处：`
      : `可以存了。${minds ? `另有 ${minds} 处像个人信息，请看一看。` : ''}`
    if (this.#hasWords(values)) {
      keepDraft({ values, opened: this.#opened, at: new Date().toISOString() })
    }
    this.#likes.look(values)
    return { values, stops }
  }

  /** @param {Values} values */
  #hasWords(values) {
    return Boolean(this.#opened || values.title || values.facts)
  }

  /** @param {string} path */
  #goTo(path) {
    const found = [...this.#fields].find(([own]) => `${path}.`.startsWith(`${own}.`) || own.startsWith(`${path}.`))
    if (!found) return
    found[1].control.first.scrollIntoView({ block: 'center' })
    found[1].control.first.focus()
  }

  #save() {
    const { values, stops } = this.#check()
    if (stops.length) return
    const text = fileText(values, this.#opened, this.#told.fields)
    const address = URL.createObjectURL(new Blob([text], { type: 'application/yaml' }))
    const link = el('a', { href: address, download: `${values.id}.yml` })
    document.body.append(link)
    link.click()
    link.remove()
    setTimeout(() => URL.revokeObjectURL(address), 60_000)
    byId('cb-w-state').textContent = `已存成 ${values.id}.yml，请交给管案例库的同事收进去（casebook inbox）。`
  }

  async #open() {
    const input = byId('cb-w-file')
    const file = /** @type {File | undefined} */ (input.files[0])
    input.value = ''
    if (!file || (this.#hasUnsaved() && !window.confirm('现在写的还没有存成文件，打开别的就没有了。打开吗？'))) return
    try {
      if (file.size > MOST_BYTES) throw new FileFault('文件超过 1 MiB，不像案例文件。')
      const text = await file.text()
      const { values, opened } = openFile(text, this.#told.fields, (id) => this.#told.ids.has(id))
      this.#put(values, opened)
      const comments = /^\s*#|\s#\s/m.test(text.replace(/^# 基于 .*\n/, ''))
      const lost = comments && opened.same !== text ? '改了再存，# 开头的说明会去掉。' : ''
      this.#say(`打开了 ${values.id ?? file.name}。${lost}`)
    } catch (error) {
      if (!(error instanceof FileFault)) throw error
      this.#say(error.message)
    }
    this.#check()
  }

  #hasUnsaved() {
    const values = this.#values()
    const text = fileText(values, this.#opened, this.#told.fields)
    return this.#hasWords(values) && text !== this.#opened?.text
  }

  #empty() {
    if (this.#hasUnsaved() && !window.confirm('清空以后，没有存成文件的就没有了。清空吗？')) return
    dropDraft()
    this.#put({}, null)
    this.#say('清空了。')
    this.#check()
    this.#control('title').first.focus()
  }

  async #fill() {
    const text = byId('cb-w-ticket').value
    byId('cb-w-filled').textContent = '正在认……'
    const taken = await takeTicket(text, this.#told.names)
    for (const [path, value] of Object.entries(taken.values)) {
      const control = this.#control(path)
      if (control.get() === undefined) control.set(value)
    }
    byId('cb-w-filled').textContent = taken.said
    byId('cb-w-types').replaceChildren(
      ...taken.types.map(({ id, label }) =>
        el('li', {}, el('button', { type: 'button', class: 'cb-pill', click: () => this.#addType(id) }, `加上：${label}`)),
      ),
    )
    this.#check()
  }

  /** @param {string} id of a dispute type */
  #addType(id) {
    const control = this.#control('dispute_types')
    const chosen = /** @type {string[]} */ (control.get() ?? [])
    if (!chosen.includes(id)) control.set([...chosen, id])
    this.#check()
  }

  /** @param {string} path @returns {Control} */
  #control(path) {
    const found = this.#fields.get(path)
    if (!found) throw new TypeError(`no field ${path} on this page`)
    return found.control
  }

  /** @param {string} words */
  #say(words) {
    byId('cb-w-opened').textContent = words
  }
}

/** @param {Field[]} fields @param {string} path @returns {Field} */
function fieldAt(fields, path) {
  const [name, ...more] = path.split('.')
  const field = fields.find((one) => one.name === name)
  if (!field) throw new TypeError(`no field ${path} in a case`)
  return more.length ? fieldAt(field.fields ?? [], more.join('.')) : field
}

/** Put a value at its path. @param {Values} values @param {string} path @param {import('./shape.js').Value} value */
function place(values, path, value) {
  const [name, ...more] = path.split('.')
  if (!more.length) {
    values[name] = value
    return
  }
  const inner = /** @type {Values} */ (values[name] ?? {})
  values[name] = inner
  place(inner, more.join('.'), value)
}

/** Return this day as the device has it, ISO. */
function today() {
  return moment(new Date()).slice(0, 10)
}

/** Return 2026-03-02 09:40 as the device has it. @param {Date} at */
function moment(at) {
  const two = (/** @type {number} */ part) => String(part).padStart(2, '0')
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
  return `${day} ${two(at.getHours())}:${two(at.getMinutes())}`
}
