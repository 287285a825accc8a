// @ts-check
// The base of every page of the newsroom: trusted types, htmx, the token against forged requests.

/**
 * @typedef {{registerExtension(name: string, hooks: object): void}} NewsroomHtmx
 * @typedef {{createHTML(text: string): string, createScript(text: string): string,
 *   createScriptURL(address: string): string}} NewsroomPolicy
 */

const newsroomTypes = /** @type {{trustedTypes?: {createPolicy(name: string, rules: NewsroomPolicy): NewsroomPolicy}}} */ (
  /** @type {unknown} */ (window)
).trustedTypes;

/** @type {NewsroomPolicy} */
const newsroomRules = {
  // Fragments come from our own server and never hold a script: one that does is dropped whole.
  createHTML: (text) => (/<script\b/i.test(text) ? "" : text),
  createScript: () => "",
  createScriptURL: () => "",
};
/** The one policy of these pages: `trusted.createHTML(text)` for the server's own pieces. */
export const trusted = newsroomTypes ? newsroomTypes.createPolicy("khabarayn", newsroomRules) : newsroomRules;

// By this name the vendored editor asks for leave to read a text as a document of its own, in
// which nothing runs; what is pasted may hold scripts, and they stay outside.
Reflect.set(window, "khabaraynTrust", (/** @type {string} */ text) =>
  trusted.createHTML(text.replace(/<script\b[^]*?(?:<\/script[^>]*>|$)/gi, "")),
);

function newsroomNever() {
  throw new Error("this page evaluates no text");
}

/** @type {NewsroomHtmx | undefined} */ (Reflect.get(window, "htmx"))?.registerExtension("khabarayn", {
  /** @param {{initSecurity(policy: NewsroomPolicy, sync: Function, async: Function): void}} api */
  init(api) {
    api.initSecurity(trusted, newsroomNever, newsroomNever);
  },
});

/** The token that every changing request carries. */
export function csrfToken() {
  const meta = document.querySelector('meta[name="csrf-token"]');
  return meta instanceof HTMLMetaElement ? meta.content : "";
}

document.addEventListener("htmx:config:request", (event) => {
  const asked = /** @type {CustomEvent} */ (event).detail?.ctx?.request;
  if (asked) asked.headers["X-CSRFToken"] = csrfToken();
});

/** Announce something to screen readers. @param {string} words */
export function say(words) {
  const place = document.querySelector("[data-announce]");
  if (place) place.textContent = words;
}
