// @ts-check
// The form around the text: what its fields say, how long they are, and putting them back.

import { counted } from "./words.js";

/** @typedef {HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement} Field */

/** @param {HTMLFormElement} form @returns {Field[]} */
export const fieldsOf = (form) => /** @type {Field[]} */ ([...form.querySelectorAll("[data-field]")]);

/** @param {HTMLFormElement} form @returns {Record<string, string>} */
export function typedIn(form) {
  return Object.fromEntries(
    fieldsOf(form).map((one) => [
      one.name,
      one instanceof HTMLInputElement && one.type === "checkbox" ? (one.checked ? "1" : "") : one.value,
    ]),
  );
}

/** @param {HTMLFormElement} form @param {Record<string, string>} values */
export function fillIn(form, values) {
  for (const one of fieldsOf(form)) {
    const value = values[one.name] ?? "";
    if (one instanceof HTMLInputElement && one.type === "checkbox") one.checked = value === "1";
    else one.value = value;
  }
  countAll(form);
}

/** @param {HTMLFormElement} form @param {string} name */
export const fieldNamed = (form, name) => fieldsOf(form).find((one) => one.name === name);

/** @param {HTMLFormElement} form */
export function countAll(form) {
  for (const one of fieldsOf(form)) count(form, one);
}

/**
 * The direction is that of most letters: a headline that begins with «OpenAI» stays Arabic, which
 * the browser's own dir=auto would turn.
 * @param {Field} one
 */
function turn(one) {
  if (!one.matches("[data-turns]")) return;
  const rtl = one.value.match(/[\u0590-\u08ff\ufb1d-\ufdfd\ufe70-\ufefc]/g)?.length ?? 0;
  const ltr = one.value.match(/\p{Script=Latin}/gu)?.length ?? 0;
  one.dir = rtl === ltr ? "auto" : rtl > ltr ? "rtl" : "ltr";
}

/** @param {HTMLFormElement} form @param {Field} one */
function count(form, one) {
  turn(one);
  const place = form.querySelector(`[data-count="${one.name}"]`);
  const limit = Number(one.dataset.limit);
  if (!place || !limit) return;
  const length = [...one.value.trim()].length;
  place.textContent = `${length} / ${limit}`;
  place.setAttribute("data-level", length > limit ? "over" : length > Number(one.dataset.good) ? "long" : "");
}

/** @param {HTMLFormElement} form */
export function watchFields(form) {
  form.addEventListener("input", (event) => {
    const one = event.target;
    if (one instanceof HTMLTextAreaElement) count(form, one);
  });
  form.addEventListener("keydown", (event) => {
    const one = event.target;
    // A headline is one line: Enter there would only be cleaned away.
    if (event.key === "Enter" && one instanceof HTMLTextAreaElement && one.matches(".write__line") && !event.isComposing) {
      event.preventDefault();
    }
  });
  countAll(form);
}

/** @param {Element | null} place @param {string} text */
export function countWords(place, text) {
  if (!place) return;
  const words = text.split(/\s+/).filter((one) => /[\p{L}\p{N}]/u.test(one)).length;
  const minutes = Math.max(1, Math.round(words / 181));
  place.textContent = words ? `${counted("words", words)} · ${counted("minutes", minutes)}` : "";
}

/** A notice above the text, with what can be done about it. @param {HTMLElement} form @param {string} name @param {...(Node | string)} inside */
export function notice(form, name, ...inside) {
  const place = form.querySelector("[data-notices]");
  place?.querySelector(`[data-notice="${name}"]`)?.remove();
  if (!inside.length || !place) return;
  const made = document.createElement("div");
  made.className = "notice";
  made.setAttribute("data-notice", name);
  made.setAttribute("role", "status");
  made.append(...inside);
  place.append(made);
}
