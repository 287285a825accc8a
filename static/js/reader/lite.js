// @ts-check
// Pictures on request: each box says how much its picture weighs and loads it at a tap.

import { chosenDigits } from "../pure/digits.js";

const LITE_WORDS = document.querySelector("[data-lite-words]")?.getAttribute("data-lite-words") ?? "";

/** @param {Element} pic */
function unveil(pic) {
  for (const node of pic.querySelectorAll("source, img")) {
    for (const name of ["srcset", "src"]) {
      const value = node.getAttribute("data-" + name);
      if (value === null) continue;
      node.setAttribute(name, value);
      node.removeAttribute("data-" + name);
    }
  }
  pic.querySelector(".pic__ask")?.remove();
}

/** @param {ParentNode} within */
function veil(within) {
  const lite = document.documentElement.dataset.lite;
  for (const pic of within.querySelectorAll(".pic:has(img)")) {
    if (!lite) unveil(pic);
    // A picture inside a link is left out: a button must not stand in a link.
    else if (!pic.closest("a") && pic.querySelector("img[data-src]") && !pic.querySelector(".pic__ask")) {
      const ask = document.createElement("button");
      ask.type = "button";
      ask.className = "pic__ask";
      const weight = document.createElement("bdi");
      weight.textContent = chosenDigits(pic.getAttribute("data-weight") ?? "");
      const told = document.createElement("span");
      told.className = "vh";
      told.textContent = pic.querySelector("img")?.alt ?? "";
      ask.append(LITE_WORDS + " (", weight, ") ", told);
      ask.addEventListener("click", (event) => {
        event.preventDefault();
        event.stopPropagation();
        unveil(pic);
      });
      pic.append(ask);
    }
  }
}

veil(document);
document.addEventListener("khabarayn:choices", () => veil(document));
document.addEventListener("htmx:after:swap", () => veil(document));
