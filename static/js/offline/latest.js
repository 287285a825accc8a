// @ts-check
// Download the newest stories in the background, while network and reader are idle, text before pictures.
import { askWorker, storyPath } from "./ask.js";
import { lineSpeed } from "../pure/line.js";

// Milliseconds before the first background download.
const FIRST_PAUSE = 8000;
// Under this many bits per second a line is slow, and at most SLOW_BYTES come in one visit.
const SLOW = 1e6;
const SLOW_BYTES = 150_000;
// The size of the largest text so far; one that could exceed the limit is not begun.
const STORY_BYTES = 30_000;
// Nothing is begun for so many milliseconds after the page, the line or the reader did something.
const STILL = 4000;
const SPENT = "kh-auto-bytes";

let busyAt = Date.now();
let halted = false;
const busy = () => {
  busyAt = Date.now();
};

/** Stop background downloads on this page. */
export const haltLatest = () => {
  halted = true;
};

/** Watch the network, except for requests from here, and the reader. @param {string} own */
function watch(own) {
  new PerformanceObserver((list) => {
    if (list.getEntries().some(({ name }) => name !== own)) busy();
  }).observe({ type: "resource" });
  for (const name of ["scroll", "pointerdown", "keydown", "touchmove"]) addEventListener(name, busy, { passive: true });
}

/** Wait until all is still; false when the page is left or told to stop. */
async function still() {
  for (;;) {
    if (halted || document.visibilityState === "hidden") return false;
    const left = busyAt + STILL - Date.now();
    if (left <= 0) return true;
    await new Promise((go) => setTimeout(go, left));
  }
}

/** Bytes that came by themselves in this visit. */
const spent = () => Number(sessionStorage.getItem(SPENT) ?? 0);

/** Whether another text may come: always on a fast line, up to the limit on one that is slow or unknown. */
function mayCome() {
  const entries = /** @type {PerformanceResourceTiming[]} */ ([...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")]);
  const fast = lineSpeed(entries) >= SLOW;
  return { fast, more: fast || spent() + STORY_BYTES <= SLOW_BYTES };
}

/** @param {string} path @param {object} wish @returns {Promise<boolean>} false when it was slow */
async function bring(path, wish) {
  const began = Date.now();
  let bytes = 0;
  await askWorker("read", { path, why: "auto", more: 1, ...wish }, (step) => {
    ({ bytes } = step);
  });
  sessionStorage.setItem(SPENT, String(spent() + bytes));
  return Date.now() - began < 6000;
}

/**
 * The newest stories, one at a time until one is slow or fails: all their texts first, then, on a fast line,
 * their pictures. None when data is to be saved, five at most on a phone's own network.
 */
export async function bringLatest() {
  const address = /** @type {HTMLElement | null} */ (document.querySelector("[data-latest]"))?.dataset.latest ?? "";
  watch(new URL(address, location.href).href);
  await new Promise((go) => setTimeout(go, FIRST_PAUSE));
  const link = /** @type {any} */ (navigator).connection;
  if (link?.saveData || document.documentElement.dataset.lite === "1") return;
  const { records, state } = await askWorker("list");
  const most = link?.type === "cellular" || /2g|3g/.test(link?.effectiveType ?? "") ? Math.min(5, state.auto) : state.auto;
  if (!most) return;
  if (!(await still()) || !mayCome().more) return;
  const res = await fetch(address, { credentials: "omit" });
  const latest = await res.text();
  sessionStorage.setItem(SPENT, String(spent() + Number(res.headers.get("Content-Length") ?? latest.length)));
  const paths = new Set(Array.from(latest.matchAll(/href="([^"#?]+)"/g), (m) => storyPath(m[1])).filter(Boolean));
  const held = new Map(records.map((/** @type {any} */ record) => [record.path, record]));
  const fresh = [...paths].slice(0, most).filter((path) => !held.has(path));
  for (const path of fresh) if (!(await still()) || !mayCome().more || !(await bring(path, { bare: true }))) return;
  for (const path of fresh) if (!(await still()) || !mayCome().fast || !(await bring(path, {}))) return;
}
