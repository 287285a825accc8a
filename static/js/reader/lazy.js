// @ts-check
// Places that htmx completes: trusted types, one announcement each, and the plain link on failure.

/**
 * @typedef {{registerExtension(name: string, hooks: object): void}} Htmx
 * @typedef {{createHTML(text: string): string, createScript(text: string): string,
 *   createScriptURL(address: string): string}} Policy
 */

const types = /** @type {{trustedTypes?: {createPolicy(name: string, rules: Policy): Policy}}} */ (
  /** @type {unknown} */ (window)
).trustedTypes;

/** @type {Policy} */
const rules = {
  // Fragments come from our own server and never hold a script: one that does is dropped whole.
  createHTML: (text) => (/<script\b/i.test(text) ? "" : text),
  createScript: () => "",
  createScriptURL: (address) => (/^\/sw\.js(\?lite=1)?$/.test(address) ? address : ""),
};
const policy = types ? types.createPolicy("khabarayn", rules) : rules;

/** The worker's address, as the browser wants it. @param {boolean} lite whether its shell is without typefaces */
export const trustedWorker = (lite) => policy.createScriptURL("/sw.js" + (lite ? "?lite=1" : ""));

function never() {
  throw new Error("this page evaluates no text");
}

/** @type {Htmx | undefined} */ (Reflect.get(window, "htmx"))?.registerExtension("khabarayn", {
  /** @param {{initSecurity(policy: Policy, sync: Function, async: Function): void}} api */
  init(api) {
    api.initSecurity(policy, never, never);
  },
});

const announcer = document.querySelector("[data-announce]");
/** @type {Set<string>} */
const announced = new Set();

/** @param {string | undefined} words */
export function announce(words) {
  if (!announcer || !words || announced.has(words)) return;
  announced.add(words);
  announcer.textContent = words;
}

/** @param {Event} event @returns {HTMLElement | null} */
function asking(event) {
  const detail = /** @type {CustomEvent} */ (event).detail;
  const found = detail?.ctx?.sourceElement ?? event.target;
  return found instanceof HTMLElement ? found : null;
}

document.addEventListener("htmx:before:request", (event) => {
  const place = asking(event);
  place?.setAttribute("aria-busy", "true");
  if (!place?.matches("[data-more]")) return;
  const list = place.closest("ol, ul");
  place.dataset.from = String(list ? list.children.length - 1 : 0);
  place.dataset.focus = document.activeElement === place ? "1" : "";
  moreList = list;
  moreLink = place;
});

// Written by the server behind every piece: a body cut on its way, or the log-in page of a hotel's
// network, has no such end and changes nothing.
const WHOLE = "<!--whole-->";

document.addEventListener("htmx:after:request", (event) => {
  const { ctx } = /** @type {CustomEvent} */ (event).detail;
  if (ctx.response.status !== 200) return;
  if (ctx.text.endsWith(WHOLE)) {
    ctx.text = ctx.text.slice(0, -WHOLE.length);
    return;
  }
  event.preventDefault();
  failed(event);
});

document.addEventListener("htmx:finally:request", (event) => {
  asking(event)?.removeAttribute("aria-busy");
});

/** @type {Element | null} */
let moreList = null;
/** @type {HTMLElement | null} */
let moreLink = null;

document.addEventListener("htmx:after:swap", (event) => {
  // One rail serves every page: the story that is open is not offered beside itself.
  document.querySelector(`.side__more li:has(a[href="${location.pathname}"])`)?.remove();
  announce(asking(event)?.dataset.say);
  if (!moreList || !moreLink || moreLink.isConnected) return;
  const first = moreList.children[Number(moreLink.dataset.from)];
  const days = [...moreList.querySelectorAll("[data-day]")];
  // The older page begins with its own day; the same day is not named twice.
  days.forEach((day, at) => {
    if (at && day.getAttribute("data-day") === days[at - 1].getAttribute("data-day")) day.remove();
  });
  const next = first?.isConnected ? first : moreList.children[Number(moreLink.dataset.from)];
  if (announcer) announcer.textContent = moreLink.dataset.say ?? "";
  if (moreLink.dataset.focus) next?.querySelector("a")?.focus();
  moreList = moreLink = null;
});

/** @param {Event} event */
function failed(event) {
  const place = asking(event);
  // The link that continues a list is a plain link again and leads to the next page.
  if (place instanceof HTMLAnchorElement && place.matches("[data-more]:not([data-quiet])")) location.href = place.href;
}
document.addEventListener("htmx:error", failed);
document.addEventListener("htmx:response:error", failed);
