// @ts-check
/** What one fills in: each control gives and takes the value of one field. */

import { el } from '../dom.js'
import { strip } from '../strip.js'

/** @typedef {import('./shape.js').Field} Field */
/** @typedef {import('./shape.js').Value} Value */
/**
 * The control of a field. `get` gives undefined where nothing is filled in.
 *
 * @typedef {object} Control
 * @property {() => Value | undefined} get
 * @property {(value: any) => void} set
 * @property {HTMLElement} first what takes the cursor
 */
/** @typedef {{short: string, articles: Object<string, string>}} Law */
/**
 * @typedef {object} Words
 * @property {Object<string, Object<string, string[]>>} names vocabulary -> id -> label, synonyms
 * @property {Object<string, Law>} statutes
 */

/**
 * Return the control in an element that the page has made for a field.
 *
 * @param {HTMLElement} place
 * @param {Field} field
 * @param {Words} words
 * @param {() => void} changed call it when a value changed without the reader typing
 * @returns {Control}
 */
export function controlOf(place, field, words, changed) {
  const find = (/** @type {string} */ selector) =>
    /** @type {any} */ (place.querySelector(selector))
  switch (field.kind) {
    case 'moment':
    case 'date':
      return momentControl(find('input[type=date]'), find('input[type=time]'))
    case 'flag':
      return flagControl(find('select'))
    case 'choice':
    case 'term':
      return choiceControl(find('select'), field)
    case 'terms':
      return termsControl(find('select'), find('[data-chosen]'), field, words, changed)
    case 'statutes':
      return statutesControl(place, words, changed)
    case 'words':
      return wordsControl(find('textarea'))
    case 'proses':
    case 'lessons':
    case 'rows':
      return new Rows(find('[data-rows]'), find('[data-add]'), field, changed)
    default:
      return textControl(find('input, textarea'))
  }
}

/** @param {HTMLInputElement | HTMLTextAreaElement} input @returns {Control} */
function textControl(input) {
  return {
    get: () => written(input),
    set: (value = '') => {
      input.value = value
    },
    first: input,
  }
}

/** @param {HTMLInputElement | HTMLTextAreaElement} input */
function written(input) {
  return strip(input.value.replace(/\r\n?/g, '\n')) || undefined
}

/** One word a line. @param {HTMLTextAreaElement} area @returns {Control} */
function wordsControl(area) {
  return {
    get: () => {
      const lines = area.value.split('\n').map((line) => strip(line)).filter(Boolean)
      return lines.length ? lines : undefined
    },
    set: (/** @type {string[]} */ value = []) => {
      area.value = value.join('\n')
    },
    first: area,
  }
}

/**
 * A day, with the time of day where there is one. A month alone, as partners' cases have it,
 * is kept until a day is chosen.
 *
 * @param {HTMLInputElement} day
 * @param {HTMLInputElement | null} time
 * @returns {Control}
 */
function momentControl(day, time) {
  /** @type {string | undefined} */
  let other
  return {
    get: () => {
      if (!day.value) return other
      return time?.value ? `${day.value} ${time.value}` : day.value
    },
    set: (value = '') => {
      const [, date = '', clock = ''] = /^(\d{4}-\d\d-\d\d)(?: (\d\d:\d\d))?$/.exec(value) ?? []
      other = date ? undefined : value || undefined
      day.value = date
      if (time) time.value = clock
    },
    first: day,
  }
}

/** @param {HTMLSelectElement} select @returns {Control} */
function flagControl(select) {
  return {
    get: () => (select.value ? select.value === 'true' : undefined),
    set: (value) => {
      select.value = value === undefined ? '' : String(value)
    },
    first: select,
  }
}

/** @param {HTMLSelectElement} select @param {Field} field @returns {Control} */
function choiceControl(select, field) {
  return {
    get: () => select.value || undefined,
    set: (value = field.default ?? '') => {
      offer(select, value)
      select.value = value
    },
    first: select,
  }
}

/** Offer also what a file says and the vocabulary no longer has. @param {HTMLSelectElement} select @param {string} value */
function offer(select, value) {
  const option = [...select.options].find((one) => one.value === value)
  if (option) option.hidden = option.disabled = false
  else select.append(el('option', { value }, value))
}

/** Words that were chosen, each with a button to take it away. */
class Chosen {
  /** @type {string[]} */
  #words = []
  #list
  #shown
  #changed
  #first

  /**
   * @param {HTMLElement} list
   * @param {(word: string) => [label: string, more: string]} shown
   * @param {HTMLElement} first takes the cursor when a word is taken away
   * @param {() => void} changed
   */
  constructor(list, shown, first, changed) {
    this.#list = list
    this.#shown = shown
    this.#first = first
    this.#changed = changed
  }

  get() {
    return this.#words.length ? this.#words : undefined
  }

  /** @param {string[]} [words] */
  set(words = []) {
    this.#words = [...words]
    this.#list.replaceChildren(
      ...this.#words.map((word) => {
        const [label, more] = this.#shown(word)
        return el('li', {}, removable(label, () => this.#drop(word)), more)
      }),
    )
  }

  /** @param {string} word */
  add(word) {
    if (!this.#words.includes(word)) this.set([...this.#words, word])
    this.#changed()
  }

  /** @param {string} word */
  #drop(word) {
    this.set(this.#words.filter((one) => one !== word))
    this.#first.focus()
    this.#changed()
  }
}

/**
 * @param {HTMLSelectElement} select
 * @param {HTMLElement} list
 * @param {Field} field
 * @param {Words} words
 * @param {() => void} changed
 * @returns {Control}
 */
function termsControl(select, list, field, words, changed) {
  const labels = words.names[field.vocabulary ?? ''] ?? {}
  const chosen = new Chosen(list, (id) => [labels[id]?.[0] ?? id, ''], select, changed)
  select.addEventListener('change', () => {
    if (select.value) chosen.add(select.value)
    select.value = ''
  })
  return { get: () => chosen.get(), set: (value) => chosen.set(value), first: select }
}

/** @param {string} label @param {() => void} drop */
function removable(label, drop) {
  return el(
    'button',
    { type: 'button', class: 'cb-pill', 'aria-label': `去掉 ${label}`, click: drop },
    label,
    el('span', { class: 'cb-pill__off', 'aria-hidden': 'true' }, '×'),
  )
}

/** @param {HTMLElement} place @param {Words} words @param {() => void} changed @returns {Control} */
function statutesControl(place, { statutes }, changed) {
  const find = (/** @type {string} */ selector) => /** @type {any} */ (place.querySelector(selector))
  const [list, select, article] = [find('[data-chosen]'), find('select'), find('[data-article]')]
  const [known, meaning] = [find('datalist'), find('[data-meaning]')]
  const shown = (/** @type {string} */ citation) =>
    /** @type {[string, string]} */ ([lawLabel(citation, statutes), textOf(citation, statutes)])
  const chosen = new Chosen(list, shown, select, changed)
  const add = () => {
    const number = articleNumber(article.value)
    if (!select.value || !number) {
      meaning.textContent = '先选一部法规，再写条号，如 53。'
      return
    }
    article.value = ''
    meaning.textContent = ''
    chosen.add(`${select.value}#${number}`)
  }
  select.addEventListener('change', () => {
    const articles = Object.entries(statutes[select.value]?.articles ?? {})
    known.replaceChildren(...articles.map(([value, text]) => el('option', { value }, text)))
  })
  article.addEventListener('input', () => {
    meaning.textContent = textOf(`${select.value}#${articleNumber(article.value)}`, statutes)
  })
  article.addEventListener('keydown', (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== 'Enter' || event.isComposing) return
    event.preventDefault()
    add()
  })
  find('[data-add]').addEventListener('click', add)
  return { get: () => chosen.get(), set: (value) => chosen.set(value), first: select }
}

/** Return 53 or 1165-1.2 of 53、第53条、５３, or ''. @param {string} typed */
export function articleNumber(typed) {
  const plain = strip(typed.normalize('NFKC')).replace(/[第条款项\s]/g, ' ').trim().replace(/ +/g, '.')
  return /^[0-9]+(-[0-9]+)?(\.[0-9]+){0,2}$/.test(plain) ? plain : ''
}

/** @param {string} citation @param {Object<string, Law>} statutes */
function lawLabel(citation, statutes) {
  const [id, number = ''] = citation.split('#')
  const [article, paragraph, item] = number.split('.')
  const below = `${paragraph ? `第${paragraph}款` : ''}${item ? `第${item}项` : ''}`
  return `${statutes[id]?.short ?? id} 第${article}条${below}`
}

/** Return what an article says in short, or ''. @param {string} citation @param {Object<string, Law>} statutes */
function textOf(citation, statutes) {
  const [id, number = ''] = citation.split('#')
  return statutes[id]?.articles[number.split('.')[0]] ?? ''
}

/** Rows that one adds and takes away. @implements {Control} */
class Rows {
  #list
  #field
  #changed
  first

  /**
   * @param {HTMLElement} list
   * @param {HTMLButtonElement} button
   * @param {Field} field
   * @param {() => void} changed
   */
  constructor(list, button, field, changed) {
    this.#list = list
    this.#field = field
    this.#changed = changed
    this.first = button
    button.addEventListener('click', () => {
      this.#add(undefined)
      this.#focusLast()
      changed()
    })
  }

  /** @returns {Value | undefined} */
  get() {
    const items = [...this.#list.children].flatMap((row) => this.#valueOf(row) ?? [])
    return items.length ? items : undefined
  }

  set(/** @type {any[]} */ value = []) {
    this.#list.replaceChildren()
    for (const item of value) this.#add(item)
  }

  /** @param {Element} row @returns {any} undefined where nothing is written */
  #valueOf(row) {
    const { kind } = this.#field
    const inputs = /** @type {HTMLInputElement[]} */ ([...row.querySelectorAll('[data-part]')])
    if (kind !== 'rows') {
      const text = written(inputs[0])
      if (kind === 'proses' || !text) return text
      const box = /** @type {HTMLInputElement} */ (row.querySelector('[type=checkbox]'))
      return { text, ...(box.checked ? { internal: true } : {}) }
    }
    const parts = inputs.flatMap((input) => {
      const text = written(input)
      return text ? [[input.dataset.part ?? '', text]] : []
    })
    return parts.length ? Object.fromEntries(parts) : undefined
  }

  /** @param {any} item */
  #add(item) {
    const { kind, title } = this.#field
    const number = this.#list.children.length + 1
    const name = `${title}第 ${number} 条`
    const drop = () => {
      row.remove()
      this.first.focus()
      this.#changed()
    }
    const parts =
      kind === 'rows'
        ? (this.#field.fields ?? []).map((part) => {
            const label = `${name}，${part.title}`
            const input = el('input', { type: 'text', 'data-part': part.name, 'aria-label': label, placeholder: part.title })
            input.value = item?.[part.name] ?? ''
            return input
          })
        : [textArea(name, kind === 'lessons' ? item?.text : item)]
    const tools = el('div', { class: 'cb-w__tools' })
    if (kind === 'lessons') {
      const box = el('input', { type: 'checkbox', 'aria-label': `${name}，仅内部` })
      box.checked = Boolean(item?.internal)
      tools.append(el('label', {}, box, ' 仅内部'))
    }
    tools.append(el('button', { type: 'button', class: 'cb-link', 'aria-label': `去掉${name}`, click: drop }, '去掉'))
    const row = el('div', { class: 'cb-w__row' }, ...parts, tools)
    this.#list.append(row)
  }

  #focusLast() {
    const last = /** @type {HTMLElement | null} */ (this.#list.lastElementChild)
    const input = /** @type {HTMLElement | null | undefined} */ (last?.querySelector('[data-part]'))
    input?.focus()
  }
}

/** @param {string} label @param {string} [text] */
function textArea(label, text = '') {
  const area = el('textarea', { rows: '2', 'data-part': 'text', 'aria-label': label })
  area.value = text
  return area
}
