// @ts-check
// Words of the editor's scripts, taken from the page; making elements; and requests to the newsroom.

const saidWords = new Map(
  [...document.querySelectorAll("[data-word]")].map((one) => [
    one.getAttribute("data-word") ?? "",
    one.textContent ?? "",
  ]),
);

/** @param {string} key */
export const word = (key) => saidWords.get(key) ?? key;

const FORMS = { zero: [0, "0"], one: [1, "1"], two: [2, "2"], few: [3, "3"], many: [4, "11"], other: [5, "100"] };

/**
 * A count with its noun, in the form that the language wants: the page says each form with a number
 * of that form, which stands for any.
 * @param {string} key @param {number} count
 */
export function counted(key, count) {
  const [form, example] = FORMS[new Intl.PluralRules(document.documentElement.lang).select(count)];
  return word(`${key}.${form}`).replace(String(example), String(count));
}

/**
 * Make an element.
 * @param {string} tag @param {Record<string, string | boolean | EventListener>} [given]
 * @param {...(Node | string)} inside @returns {HTMLElement}
 */
export function make(tag, given = {}, ...inside) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(given)) {
    if (typeof value === "function") made.addEventListener(name, value);
    else if (value === true) made.setAttribute(name, "");
    else if (value !== false) made.setAttribute(name, value);
  }
  made.append(...inside);
  return made;
}

/** @param {string} key @param {EventListener} press @param {string} [look] */
export function button(key, press, look = "pill") {
  return make("button", { type: "button", class: look, click: press }, word(key));
}

/**
 * An address of the newsroom, as the page hands it over in `data-addresses`.
 * @param {string} name @param {Record<string, string>} [query] @returns {string}
 */
export function addressOf(name, query = {}) {
  const path = /** @type {HTMLElement | null} */ (document.querySelector("[data-addresses]"))?.dataset[name];
  if (path === undefined) throw new Error(`the page hands over no address «${name}»`);
  return Object.keys(query).length ? `${path}?${new URLSearchParams(query)}` : path;
}

/** The token that every changing request carries. */
export function pageToken() {
  const meta = document.querySelector('meta[name="csrf-token"]');
  return meta instanceof HTMLMetaElement ? meta.content : "";
}

/** @param {string} token */
export function renewToken(token) {
  document.querySelector('meta[name="csrf-token"]')?.setAttribute("content", token);
  for (const field of document.querySelectorAll('input[name="csrf_token"]')) {
    if (field instanceof HTMLInputElement) field.value = token;
  }
}

/** Ask the newsroom; a sign-in page in place of an answer is an error. @param {string} address @returns {Promise<any>} */
export async function ask(address) {
  const answer = await fetch(address, { headers: { Accept: "application/json" }, redirect: "manual" });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

/** @param {string} address @param {unknown} what @returns {Promise<any>} */
export async function tell(address, what) {
  const answer = await fetch(address, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-CSRFToken": pageToken() },
    body: JSON.stringify(what),
    redirect: "manual",
  });
  if (!answer.ok) throw await refusal(answer);
  return answer.json();
}

/** The error of an answer: its status, and as its cause the words in which the server says why. @param {Response} answer */
export async function refusal(answer) {
  const said = await answer.json().catch(() => ({}));
  return new Error(String(answer.status), { cause: said?.refused || "" });
}

/** @param {string} words */
export function tellListeners(words) {
  const place = document.querySelector("[data-announce]");
  if (place) place.textContent = words;
}
