// @ts-check
// «احفظ»: the button's three states, on an article's page and on every card.
import { askWorker, hasWorkers, isFull, offlineWords, sizeText, storyPath } from "./ask.js";
import { announce } from "../reader/lazy.js";

/** @typedef {"none" | "saving" | "saved" | "failed"} SaveState */

/** @param {Element} button */
const pathOfButton = (button) => button.getAttribute("data-path") ?? storyPath(location.href);

/**
 * @param {Element} button
 * @param {SaveState} state
 * @param {string} [more] stands behind the word: a size, a reason
 */
function showSave(button, state, more = "") {
  const words = offlineWords();
  const said = { none: words.save, saving: words.saving, saved: words.saved, failed: words.failed }[state] ?? "";
  button.setAttribute("data-state", state);
  button.setAttribute("aria-pressed", String(state === "saved"));
  const label = button.querySelector("[data-label]");
  const headline = button.getAttribute("data-headline");
  if (!label) return;
  const about = document.createElement("span");
  about.textContent = said;
  if (more) {
    const behind = document.createElement("span");
    behind.className = "save__more";
    behind.textContent = " · " + more;
    about.append(behind);
  }
  label.replaceChildren(about);
  if (headline) label.append(": " + headline);
  button.setAttribute("title", about.textContent ?? "");
}

/** Why a save failed, in words. @param {Error} error */
export function whyFailed(error) {
  const words = offlineWords();
  if (isFull(error)) return (error.message === "full" ? words.full : words.quota) ?? "";
  if (/^4/.test(error.message)) return words.gone ?? "";
  return words.network ?? "";
}

/** Asked once: the browser may then not clear what readers keep. */
function askToStay() {
  navigator.storage?.persist?.().catch(() => {});
}

/** @param {Element} button */
async function pressed(button) {
  const path = pathOfButton(button);
  const state = button.getAttribute("data-state");
  if (state === "saving") return;
  if (state === "saved") {
    await askWorker("mark", { path, change: { pin: false, why: "read" } });
    return showSave(button, "none");
  }
  showSave(button, "saving");
  askToStay();
  try {
    const record = await askWorker("save", { path }, ({ bytes }) => showSave(button, "saving", sizeText(bytes)));
    showSave(button, "saved", sizeText(record.bytes));
    announce(`${offlineWords().saved} · ${sizeText(record.bytes)}`);
    document.dispatchEvent(new Event("khabarayn:saved"));
  } catch (error) {
    showSave(button, "failed", whyFailed(/** @type {Error} */ (error)));
    announce(whyFailed(/** @type {Error} */ (error)));
  }
}

/** Give every card its button. @param {ParentNode} within */
function addSaveButtons(within) {
  const model = /** @type {HTMLTemplateElement | null} */ (document.querySelector("template[data-save-card]"));
  if (!model) return;
  for (const card of within.querySelectorAll(".card")) {
    const link = /** @type {HTMLAnchorElement | null} */ (card.querySelector(".card__title a"));
    const meta = card.querySelector(".card__meta");
    if (!link || !meta || card.querySelector("[data-save]") || !storyPath(link.href)) continue;
    const copy = /** @type {DocumentFragment} */ (model.content.cloneNode(true));
    const button = /** @type {Element} */ (copy.querySelector("button"));
    button.setAttribute("data-path", storyPath(link.href));
    button.setAttribute("data-save", storyPath(link.href).slice(-8));
    button.setAttribute("data-headline", link.textContent?.trim() ?? "");
    meta.append(copy);
    showSave(button, "none");
  }
}

/** Show what the phone holds already. */
async function readySaves() {
  addSaveButtons(document);
  const buttons = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-save]"));
  if (!buttons.length) return;
  const { records } = await askWorker("list");
  const pinned = new Map(records.filter((/** @type {any} */ r) => r.pin).map((/** @type {any} */ r) => [r.path, r]));
  for (const button of buttons) {
    const record = pinned.get(pathOfButton(button));
    if (button.dataset.state === "none" || button.dataset.state === "saved")
      showSave(button, record ? "saved" : "none", record && button.matches(".pill") ? sizeText(record.bytes) : "");
    button.hidden = false;
  }
}

if (hasWorkers) {
  const ready = () => void readySaves().catch(() => {});
  document.addEventListener("khabarayn:worker", ready);
  document.addEventListener("htmx:after:swap", () => {
    if ("worker" in document.documentElement.dataset) ready();
  });
  document.addEventListener("click", (event) => {
    const button = /** @type {Element} */ (event.target).closest?.("button[data-save]");
    if (button) void pressed(button);
  });
}
