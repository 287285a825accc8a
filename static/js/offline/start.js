// @ts-check
// Starts the worker, reports to it what was read, and shows when a page is a copy and how old it is.
import { ageText, askWorker, hasWorkers, offlineWords } from "./ask.js";
import { bringLatest, haltLatest } from "./latest.js";
import { announce, trustedWorker } from "../reader/lazy.js";

// A worker takes over when the one before has nothing left to do, which may be long on a bad line: after
// so many milliseconds the page is opened anew all the same.
const PATIENCE = 3000;
// Milliseconds after which a page that comes back may be out of date.
const AWAY = 30_000;
const RENEWED = "kh-renewed";
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

/** A reader who saves data gets the worker whose shell has no fonts. */
const register = () =>
  navigator.serviceWorker.register(trustedWorker(document.documentElement.dataset.lite === "1"), { updateViaCache: "none" });

/** Wait for a worker; rejects when the first one cannot be installed. @param {ServiceWorkerRegistration} registration */
const installed = ({ active, waiting, installing }) =>
  new Promise((resolve, reject) => {
    void navigator.serviceWorker.ready.then(resolve);
    const first = installing ?? waiting ?? active;
    const look = () => (!first || first.state === "redundant") && reject(new TypeError("not installed"));
    first?.addEventListener("statechange", look);
    look();
  });

async function startWorker() {
  const { dataset } = document.documentElement;
  /** @type {ServiceWorkerRegistration} */ let registration;
  try {
    registration = await register();
    await installed(registration);
  } catch (error) {
    // No room is reserved for buttons that never come, and nothing waits for an answer.
    delete dataset.worker;
    document.dispatchEvent(new Event("khabarayn:workerless"));
    throw error;
  }
  dataset.worker = "on";
  void tellLite().catch(() => {});
  document.addEventListener("khabarayn:choices", () => {
    void register().catch(() => {});
    void tellLite().catch(() => {});
  });
  document.dispatchEvent(new Event("khabarayn:worker"));
  // Also the very first page, which came before the worker was there.
  const story = document.querySelector("article[data-article]");
  if (story && !keptAt) askWorker("read", { path: location.pathname, why: "read" }).catch(() => {});
  if (!keptAt) void bringLatest().catch(() => {});
  void countNotices().catch(() => {});
  addEventListener("online", () => void askWorker("online").catch(() => {}));
  watchUpdate(registration);
  watchReturn();
}

/** Shown again after a while: what changed is asked for, and newer news is said. */
function watchReturn() {
  let hiddenAt = 0;
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") hiddenAt = Date.now();
    else if (hiddenAt && Date.now() - hiddenAt >= AWAY) void askNews().catch(() => {});
  });
}

async function askNews() {
  const { state: before } = await askWorker("list");
  await askWorker("online");
  const { state } = await askWorker("list");
  // The offer of a new release stays.
  if (!before.rev || state.rev <= before.rev || !offlinePill || offlinePill.querySelector("button")) return;
  const link = document.createElement("a");
  link.className = "offline-pill__act";
  link.href = /** @type {HTMLElement | null} */ (document.querySelector("[data-latest]"))?.dataset.latest ?? "";
  link.textContent = offlineWords().latest ?? "";
  offlinePill.replaceChildren(`${offlineWords().news} `, link);
  offlinePill.hidden = false;
}

/** What was withdrawn meanwhile is counted on the application's icon. */
async function countNotices() {
  const { state } = await askWorker("list");
  if (state.notices.length) await /** @type {any} */ (navigator).setAppBadge?.(state.notices.length);
}

/** A new release waits until nobody reads, or until a tap. @param {ServiceWorkerRegistration} registration */
function watchUpdate(registration) {
  let asked = false;
  const offer = () => {
    // Not offered again while the worker that the reader asked for takes over.
    const justAsked = Date.now() - Number(sessionStorage.getItem(RENEWED) ?? 0) < 60_000;
    // The same release with or without fonts is not announced.
    if (registration.waiting && registration.waiting.scriptURL !== registration.active?.scriptURL)
      return registration.waiting.postMessage({ ask: "skip" });
    if (!registration.waiting || !offlinePill || keptAt || justAsked) return;
    const take = document.createElement("button");
    take.type = "button";
    take.className = "offline-pill__act";
    take.textContent = offlineWords().renew ?? "";
    take.addEventListener("click", () => {
      asked = true;
      take.disabled = true;
      sessionStorage.setItem(RENEWED, String(Date.now()));
      haltLatest();
      // Another release may have come since the offer was made: the newest one takes over.
      registration.waiting?.postMessage({ ask: "skip" });
      setTimeout(() => location.reload(), PATIENCE);
    });
    offlinePill.replaceChildren(`${offlineWords().newer} `, take);
    offlinePill.hidden = false;
  };
  if (registration.waiting && navigator.serviceWorker.controller) offer();
  const expect = () => {
    const coming = registration.installing;
    coming?.addEventListener("statechange", () => {
      if (coming.state === "installed" && navigator.serviceWorker.controller) offer();
    });
  };
  // One may be on its way already.
  expect();
  registration.addEventListener("updatefound", expect);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") registration.waiting?.postMessage({ ask: "skip", quiet: true });
  });
  // The page is reloaded only where the reader asked for it.
  navigator.serviceWorker.addEventListener("controllerchange", () => asked && location.reload());
}

let pause = 10_000;

/** Without a worker the page works online only; the installation is tried again. */
const begin = () =>
  void startWorker().catch(() => {
    const again = () => {
      clearTimeout(timer);
      removeEventListener("online", again);
      begin();
    };
    const timer = setTimeout(again, pause);
    pause *= 2;
    addEventListener("online", again);
  });

if (hasWorkers) {
  if (document.readyState === "complete") begin();
  else addEventListener("load", begin, { once: true });
}

// A fragment that failed leaves its link, and a message says that nothing more came.
document.addEventListener("htmx:after:request", (event) => {
  const { ctx } = /** @type {CustomEvent} */ (event).detail ?? {};
  const place = ctx?.sourceElement;
  if (!(place instanceof HTMLElement) || !ctx?.response?.headers?.get?.("KH-Offline")) return;
  place.dataset.off = offlineWords().off ?? "";
  announce(offlineWords().off);
});
