// @ts-check
// The lists of stories by keyboard: along the stories, to the search, to a new story; results are announced.

import { say } from "./base.js";

const deskRoot = document.querySelector("[data-desk]");
// By the key's place on the keyboard, so that the Arabic layout works too.
const deskKeys = /** @type {Record<string, () => void>} */ ({
  KeyJ: () => deskStep(1),
  KeyK: () => deskStep(-1),
  KeyN: () => deskPress("[data-desk-new]"),
  BracketLeft: () => deskShelf(-1),
  BracketRight: () => deskShelf(1),
});

/** @param {number} by */
function deskStep(by) {
  const links = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("[data-line] h2 a")]);
  const here = links.findIndex((link) => link === document.activeElement);
  const next = here < 0 ? (by > 0 ? 0 : links.length - 1) : here + by;
  links[next]?.focus();
}

/** @param {number} by */
function deskShelf(by) {
  const links = [...document.querySelectorAll(".tabs a")];
  const here = links.findIndex((link) => link.hasAttribute("aria-current"));
  const next = links[here + by];
  if (next instanceof HTMLElement) next.click();
}

/** @param {string} selector */
function deskPress(selector) {
  const found = document.querySelector(selector);
  if (found instanceof HTMLElement) found.click();
}

function deskHelp() {
  const dialog = document.querySelector("[data-desk-help]");
  if (dialog instanceof HTMLDialogElement && !dialog.open) dialog.showModal();
}

/** @param {KeyboardEvent} event */
function deskPressed(event) {
  const at = event.target;
  const writing = at instanceof HTMLElement && at.matches("input, select, textarea, [contenteditable]");
  if (writing || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  const asks = event.key === "?" || event.key === "؟" || (event.code === "Slash" && event.shiftKey);
  const seeks = event.key === "/" || event.code === "Slash";
  const known = deskKeys[event.code];
  if (asks) deskHelp();
  else if (seeks) {
    const field = document.querySelector("[data-desk-search]");
    if (field instanceof HTMLElement) field.focus();
  } else if (known && !event.shiftKey) known();
  else return;
  event.preventDefault();
}

/** Keep what the lines are narrowed by in the address: to come back to, and to pass on. */
function deskAddress() {
  const form = document.querySelector("[data-sieve]");
  if (!(form instanceof HTMLFormElement)) return;
  const said = [...new FormData(form)].filter(([, value]) => value !== "");
  const address = new URLSearchParams(/** @type {[string, string][]} */ (said));
  history.replaceState(history.state, "", `?${address}`);
}

/** «All» chooses every story of the page, or none. @param {Event} event */
function deskAll(event) {
  const at = event.target;
  if (!(at instanceof HTMLInputElement)) return;
  const boxes = /** @type {HTMLInputElement[]} */ ([...document.querySelectorAll('[data-line] input[name="story"]')]);
  const all = document.querySelector("[data-many-all]");
  if (at === all) for (const box of boxes) box.checked = at.checked;
  else if (all instanceof HTMLInputElement) all.checked = boxes.every((box) => box.checked);
}

if (deskRoot) {
  document.addEventListener("change", deskAll);
  document.addEventListener("keydown", deskPressed);
  // On a phone the present list's tab may lie outside the visible row.
  document.querySelector(".tabs [aria-current]")?.scrollIntoView({ inline: "center", block: "nearest" });
  const button = document.querySelector("[data-desk-keys]");
  if (button instanceof HTMLButtonElement) {
    button.hidden = false;
    button.addEventListener("click", deskHelp);
  }
  document.addEventListener("htmx:after:swap", () => {
    deskAddress();
    const lines = document.querySelectorAll("[data-line]").length;
    const none = document.querySelector("[data-lines] .lines__none");
    say(none?.textContent?.trim() || String(lines));
  });
}
