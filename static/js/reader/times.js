// @ts-check
// Rewrite times on the page: how long ago, in the month names and digits that the reader chose.

import { chosenDigits } from "../pure/digits.js";
import { inMonths } from "../pure/months.js";

/** @param {string | null} iso @returns {string} empty when it is long ago */
function inWords(iso) {
  const minutes = (Date.now() - Date.parse(iso ?? "")) / 60000;
  if (!(minutes > -1 && minutes < 24 * 60)) return "";
  const language = document.documentElement.lang;
  const words = new Intl.RelativeTimeFormat(language + "-u-nu-latn", { numeric: "auto" });
  if (minutes < 1) return words.format(0, "second");
  return minutes < 60
    ? words.format(-Math.floor(minutes), "minute")
    : words.format(-Math.floor(minutes / 60), "hour");
}

/** @type {WeakMap<Text, string>} */
const written = new WeakMap();

/** Write every text in ``place`` anew, from what the server wrote. @param {Element} place @param {(text: string) => string} told */
function rewrite(place, told) {
  const walker = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
  for (let node = /** @type {Text | null} */ (walker.nextNode()); node; node = /** @type {Text | null} */ (walker.nextNode())) {
    if (!written.has(node)) written.set(node, node.data);
    const text = told(written.get(node) ?? "");
    if (node.data !== text) node.data = text;
  }
}

/** @param {ParentNode} within */
function tellTimes(within) {
  const { months } = document.documentElement.dataset;
  for (const time of within.querySelectorAll("time[data-time]")) {
    const iso = time.getAttribute("datetime");
    const ago = time.getAttribute("data-time") === "ago" ? inWords(iso) : "";
    if (ago) {
      if (!time.hasAttribute("title")) time.setAttribute("title", time.textContent ?? "");
      time.textContent = chosenDigits(ago);
      continue;
    }
    const month = Number((iso ?? "").slice(5, 7));
    rewrite(time, (text) => chosenDigits(inMonths(text, month, months)));
  }
  for (const place of within.querySelectorAll("[data-number]")) rewrite(place, chosenDigits);
  for (const place of within.querySelectorAll("[data-ago]")) {
    place.textContent = chosenDigits(inWords(place.getAttribute("data-ago")));
  }
}

tellTimes(document);
document.addEventListener("khabarayn:choices", () => tellTimes(document));
document.addEventListener("htmx:after:swap", () => tellTimes(document));
setInterval(() => tellTimes(document), 60000);
