// @ts-check
// On a copy read without a network: which links lead to stories that are not on this phone.
import { askWorker, hasWorkers, offlineWords, storyPath, wish } from "./ask.js";
import { announce } from "../reader/lazy.js";

/** @param {Set<string>} held paths of stories on the phone */
function markAbsent(held) {
  const words = offlineWords();
  for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll("main a[href]"))) {
    const path = storyPath(link.href);
    const place = link.closest(".see, .card") ?? link;
    if (!path || path === storyPath(location.href) || link.dataset.absent !== undefined) continue;
    if (held.has(path)) continue;
    link.dataset.absent = "";
    const later = document.createElement("button");
    later.type = "button";
    later.className = "later";
    // Only a sign beside every headline; its accessible name has the words.
    later.textContent = "+";
    later.title = words.later ?? "";
    later.setAttribute("aria-label", `${words.later}: ${link.textContent?.trim()}`);
    later.addEventListener("click", async () => {
      await wish(path, link.textContent?.trim() ?? "");
      later.textContent = words.queued ?? "";
      later.classList.add("later--asked");
      later.removeAttribute("aria-label");
      later.disabled = true;
      announce(words.queued);
    });
    if (place === link) link.after(" ", later);
    else (place.querySelector(".card__meta") ?? place).append(later);
  }
}

async function checkLinks() {
  const { records } = await askWorker("list");
  markAbsent(new Set(records.map((/** @type {any} */ record) => record.path)));
}

if (hasWorkers && document.documentElement.dataset.kept) {
  for (const name of ["khabarayn:worker", "htmx:after:swap"]) document.addEventListener(name, () => void checkLinks().catch(() => {}));
}
