// @ts-check
/**
 * The buttons at the end of each case in the one file, which needs to carry them once only.
 * What copying and printing do: `assets/casebook.js`, which runs after this.
 */

import { el } from './dom.js'

export function putTools() {
  for (const citation of document.querySelectorAll('.cb-cite [id]')) {
    const { id, textContent } = citation
    const share = () => {
      // refused by the reader or the device: there is still 复制引用
      navigator.share({ text: textContent ?? '' }).catch(() => {})
    }
    const button = { type: 'button', class: 'cb-button' }
    citation.closest('.cb-end')?.append(
      el(
        'p',
        { class: 'cb-tools' },
        Boolean(navigator.share) && el('button', { ...button, click: share }, '分享'),
        el('button', { ...button, 'data-cb-copy': id, hidden: true }, '复制引用'),
        el('button', { ...button, 'data-cb-print': true, hidden: true }, '打印本页'),
        el('span', { class: 'cb-done', role: 'status' }),
      ),
    )
  }
}
