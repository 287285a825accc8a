// @ts-check
// Starts the worker, tells it what was read, and says when a page is a copy and how old it is.
import { ageText, askWorker, hasWorkers, offlineWords, storyPath } from "./ask.js";
import { announce, trustedWorker } from "../reader/lazy.js";

const keptAt = Number(document.documentElement.dataset.kept ?? 0);
const offlinePill = /** @type {HTMLElement | null} */ (document.querySelector("[data-offline-pill]"));

function tellCopy() {
  if (!offlinePill || !keptAt) return;
  const age = document.createElement("span");
  age.textContent = ageText(keptAt);
  offlinePill.replaceChildren(`${offlineWords().kept} · `, age);
  offlinePill.hidden = false;
}
tellCopy();
setInterval(tellCopy, 60000);

/** A copy is completed at once from what was kept with it, and asks nothing of the network. */
async function completeCopy() {
  const htmx = /** @type {any} */ (window).htmx;
  for (const place of document.querySelectorAll("[data-hx-get][data-hx-trigger^=intersect]")) {
    if (await caches.match(place.getAttribute("data-hx-get") ?? "")) htmx?.trigger(place, "intersect", {}, false);
  }
}
if (keptAt) document.addEventListener("DOMContentLoaded", () => void completeCopy().catch(() => {}), { once: true });

/** The worker sees no choices of ours: it is told whether pictures come on request only. */
const tellLite = () => askWorker("set", { change: { lite: document.documentElement.dataset.lite === "1" } });

async function startWorker() {
  const registration = await navigator.serviceWorker.register(trustedWorker(), { updateViaCache: "none" });
  await navigator.serviceWorker.ready;
  document.documentElement.dataset.worker = "";
  await tellLite();
  document.addEventListener("khabarayn:choices", () => void tellLite().catch(() => {}));
  document.dispatchEvent(new Event("khabarayn:worker"));
  // Also the very first page, which came before the worker was there.
  const story = document.querySelector("article[data-article]");
  if (story && !keptAt) askWorker("read", { path: location.pathname, why: "read" }).catch(() => {});
  setTimeout(() => void bringLatest().catch(() => {}), 8000);
  addEventListener("online", () => void askWorker("online").catch(() => {}));
  watchUpdate(registration);
}

/**
 * The newest stories, while nothing else is asked for: one at a time until one is slow or fails; none
 * when data is to be saved, five at most on a phone's own network.
 */
async function bringLatest() {
  const link = /** @type {any} */ (navigator).connection;
  if (link?.saveData || document.documentElement.dataset.lite === "1" || keptAt) return;
  const { records, state } = await askWorker("list");
  if (state.notices.length) await /** @type {any} */ (navigator).setAppBadge?.(state.notices.length);
  const most = link?.type === "cellular" || /2g|3g/.test(link?.effectiveType ?? "") ? Math.min(5, state.auto) : state.auto;
  if (!most) return;
  const address = /** @type {HTMLElement | null} */ (document.querySelector("[data-latest]"))?.dataset.latest ?? "";
  const latest = await (await fetch(address, { credentials: "omit" })).text();
  const found = Array.from(latest.matchAll(/href="([^"#?]+)"/g), (m) => storyPath(m[1])).filter(Boolean);
  const held = new Set(records.map((/** @type {any} */ record) => record.path));
  for (const path of [...new Set(found)].slice(0, most)) {
    if (held.has(path) || document.visibilityState === "hidden") continue;
    const began = Date.now();
    await askWorker("read", { path, why: "auto" });
    if (Date.now() - began > 6000) return;
  }
}

/** A new release waits until nobody reads, or until a tap. @param {ServiceWorkerRegistration} registration */
function watchUpdate(registration) {
  let asked = false;
  const offer = () => {
    const waiting = registration.waiting;
    if (!waiting || !offlinePill || keptAt) return;
    const take = document.createElement("button");
    take.type = "button";
    take.className = "offline-pill__act";
    take.textContent = offlineWords().renew ?? "";
    take.addEventListener("click", () => {
      asked = true;
      waiting.postMessage({ ask: "skip" });
    });
    offlinePill.replaceChildren(`${offlineWords().newer} `, take);
    offlinePill.hidden = false;
  };
  if (registration.waiting && navigator.serviceWorker.controller) offer();
  registration.addEventListener("updatefound", () => {
    const coming = registration.installing;
    coming?.addEventListener("statechange", () => {
      if (coming.state === "installed" && navigator.serviceWorker.controller) offer();
    });
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") registration.waiting?.postMessage({ ask: "skip", quiet: true });
  });
  // Only who asked for it is given a new page under their eyes.
  navigator.serviceWorker.addEventListener("controllerchange", () => asked && location.reload());
}

if (hasWorkers) {
  const begin = () =>
    void startWorker().catch(() => {
      // Without a worker the page is a page: nothing is promised, nothing breaks.
    });
  if (document.readyState === "complete") begin();
  else addEventListener("load", begin, { once: true });
}

// A fragment that did not come leaves its link, and says that no more came.
document.addEventListener("htmx:after:request", (event) => {
  const { ctx } = /** @type {CustomEvent} */ (event).detail ?? {};
  const place = ctx?.sourceElement;
  if (!(place instanceof HTMLElement) || !ctx?.response?.headers?.get?.("KH-Offline")) return;
  place.dataset.off = offlineWords().off ?? "";
  announce(offlineWords().off);
});
