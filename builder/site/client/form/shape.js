// @ts-check
/** What a case file holds, as the page tells it: made by `builder/checks/form_fields.py`. */

/**
 * @typedef {'line' | 'id' | 'prose' | 'sum' | 'count' | 'moment' | 'date' | 'flag' | 'choice' |
 *   'term' | 'terms' | 'statutes' | 'words' | 'proses' | 'lessons' | 'rows' | 'group'} Kind
 */
/**
 * One field of a case, or of a part of it.
 *
 * @typedef {object} Field
 * @property {string} name as the file has it
 * @property {string} title as people read it
 * @property {string} help
 * @property {Kind} kind
 * @property {string | boolean} [default] not written in a file
 * @property {boolean} [required]
 * @property {number} [longest] characters
 * @property {number} [most] items
 * @property {string[]} [values] of a choice
 * @property {string} [vocabulary] of terms
 * @property {Field[]} [fields] of a group or of rows
 */
/**
 * What fields hold; what is empty is left out. One value is a text (also a sum, a count, a
 * moment) or a flag.
 *
 * @typedef {string | boolean | Lesson | Values | (string | Lesson | Values)[]} Value
 */
/** @typedef {{text: string, internal?: boolean}} Lesson */
/** @typedef {{[name: string]: Value}} Values */

/** Return the title of a field by its path, such as 时间线·收到. @param {Field[]} fields @param {string} path */
export function titleOf(fields, path) {
  /** @type {Field[] | undefined} */
  let level = fields
  const titles = []
  for (const part of path.split('.')) {
    /** @type {Field | undefined} */
    const field = level?.find(({ name }) => name === part)
    if (field) {
      titles.push(field.title)
      level = field.fields
    } else if (/^\d+$/.test(part)) {
      titles.push(`第 ${Number(part) + 1} 项`)
    }
  }
  return titles.join('·')
}

/** Return what a path leads to, or undefined. @param {Values} values @param {string} path @returns {Value | undefined} */
export function valueAt(values, path) {
  /** @type {any} */
  let value = values
  for (const part of path.split('.')) value = value?.[part]
  return value
}
