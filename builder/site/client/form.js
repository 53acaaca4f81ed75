// @ts-check
/** What runs on the page on which cases are written, beside what runs on every page. */

import { startForm } from './form/form_page.js'

const form = /** @type {HTMLFormElement | null} */ (document.getElementById('cb-write'))
if (form) startForm(form)
