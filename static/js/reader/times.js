// @ts-check
// Moments on this device: how long ago, in the month names and digits that the reader chose.

import { inMonths } from "../pure/months.js";

/** @param {string} text @param {string | undefined} set */
export function inDigits(text, set) {
  if (set === "arab") return text.replace(/[0-9]/g, (d) => "٠١٢٣٤٥٦٧٨٩"[Number(d)]);
  if (set === "latn") return text.replace(/[٠-٩]/g, (d) => String("٠١٢٣٤٥٦٧٨٩".indexOf(d)));
  return text;
}

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
  const { months, one } = document.documentElement.dataset;
  // What the reader chose, else what the paper writes its own one with.
  const digits = document.documentElement.dataset.digits ?? (one === "١" ? "arab" : "latn");
  for (const time of within.querySelectorAll("time[data-time]")) {
    const iso = time.getAttribute("datetime");
    const ago = time.getAttribute("data-time") === "ago" ? inWords(iso) : "";
    if (ago) {
      if (!time.hasAttribute("title")) time.setAttribute("title", time.textContent ?? "");
      time.textContent = inDigits(ago, digits);
      continue;
    }
    const full = time.getAttribute("data-time") === "full";
    const month = Number((iso ?? "").slice(5, 7));
    rewrite(time, (text) => inDigits(inMonths(text, month, months, full), digits));
  }
  for (const place of within.querySelectorAll("[data-number]")) rewrite(place, (text) => inDigits(text, digits));
  for (const place of within.querySelectorAll("[data-ago]")) {
    place.textContent = inDigits(inWords(place.getAttribute("data-ago")), digits);
  }
}

tellTimes(document);
document.addEventListener("khabarayn:choices", () => tellTimes(document));
document.addEventListener("htmx:after:swap", () => tellTimes(document));
setInterval(() => tellTimes(document), 60000);
