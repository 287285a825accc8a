// @ts-check
// How pages speak with the worker, and how sizes and ages read.

import { chosenDigits } from "../pure/digits.js";

// The browser may end a worker in the middle of its work, and tells nobody: after so many milliseconds of
// silence no answer comes any more. Hearing all that changed meanwhile may take as long as a worker lives.
/** @type {Record<string, number>} */
const SILENCE = { list: 30_000, online: 300_000 };

/** Rejects once this phone's first worker could not be installed: until one is, there is none to ask. */
const workerless = new Promise((_, reject) =>
  document.addEventListener("khabarayn:workerless", () => reject(new TypeError("no worker")), { once: true }),
);
workerless.catch(() => {});

/**
 * Ask the worker; resolves with its answer, rejects with its reason, or when no answer can come any more.
 * `step` hears what comes between.
 * @param {string} ask
 * @param {object} [details]
 * @param {(said: any) => void} [step]
 * @returns {Promise<any>}
 */
export async function askWorker(ask, details = {}, step) {
  const { active } = await Promise.race([navigator.serviceWorker.ready, workerless]);
  return new Promise((resolve, reject) => {
    const { port1, port2 } = new MessageChannel();
    const late = () => {
      if (ask === "list" && !("again" in details)) void askWorker(ask, { again: true }).then(resolve, reject);
      else reject(new TypeError("no answer"));
    };
    let timer = setTimeout(late, SILENCE[ask] ?? 60_000);
    port1.onmessage = ({ data }) => {
      clearTimeout(timer);
      if (data.step) {
        timer = setTimeout(late, 60_000);
        return step?.(data.step);
      }
      port1.close();
      if ("failed" in data) reject(Object.assign(new Error(data.failed), { name: data.name }));
      else resolve(data.done);
    };
    active?.postMessage({ ask, ...details }, [port2]);
  });
}

export const hasWorkers = "serviceWorker" in navigator && isSecureContext && "caches" in window;

/** Words that scripts say, from the page, in its language. @returns {Record<string, string>} */
export function offlineWords() {
  const { attributes = [] } = document.querySelector("[data-offline-words]") ?? {};
  return Object.fromEntries(Array.from(attributes, ({ name, value }) => [name.replace("data-word-", ""), value]));
}

/** The size in the largest fitting unit of 1024, as the server writes it. @param {number} bytes */
export function sizeText(bytes) {
  const arabic = document.documentElement.lang !== "en";
  const units = arabic ? ["بايت", "ك.ب", "م.ب", "ج.ب"] : ["B", "kB", "MB", "GB"];
  let step = 0;
  for (; bytes >= 999.5 && step < 3; step++) bytes /= 1024;
  return chosenDigits(`${step && bytes < 9.95 ? bytes.toFixed(1) : Math.round(bytes)} ${units[step]}`);
}

/** How long ago a moment was. @param {number} at milliseconds */
export function ageText(at) {
  const minutes = Math.max(0, (Date.now() - at) / 60000);
  const say = new Intl.RelativeTimeFormat(document.documentElement.lang + "-u-nu-latn", { numeric: "auto" });
  const said =
    minutes < 1 ? say.format(0, "second")
    : minutes < 60 ? say.format(-Math.floor(minutes), "minute")
    : minutes < 1440 ? say.format(-Math.floor(minutes / 60), "hour")
    : say.format(-Math.floor(minutes / 1440), "day");
  return chosenDigits(said);
}

const WISHES = "kh-wishes";

/** Headlines of the stories that wait for the network, by path. @returns {Record<string, string>} */
export function wishTitles() {
  try {
    return JSON.parse(localStorage.getItem(WISHES) ?? "{}") ?? {};
  } catch {
    return {};
  }
}

/** Save a story when the network is back. @param {string} path @param {string} title */
export async function wish(path, title) {
  await askWorker("queue", { path });
  try {
    localStorage.setItem(WISHES, JSON.stringify({ ...wishTitles(), [path]: title }));
  } catch {
    // It then waits without its headline.
  }
  // Where the browser can, the worker is woken when the network is back.
  void navigator.serviceWorker.ready
    .then((registration) => /** @type {any} */ (registration).sync?.register("wishes"))
    .catch(() => {});
}

/** Remove a story from those that wait for the network. @param {string} path */
export async function unwish(path) {
  const { state } = await askWorker("list");
  await askWorker("set", { change: { queue: state.queue.filter((/** @type {string} */ other) => other !== path) } });
  const { [path]: _gone, ...titles } = wishTitles();
  localStorage.setItem(WISHES, JSON.stringify(titles));
}

/** Whether a write failed for want of room: of ours, or of the device's. @param {unknown} error */
export const isFull = (error) => error instanceof Error && (error.message === "full" || error.name === "QuotaExceededError");

/** The path of a story's page in the page's own language, or "". @param {string} href */
export const storyPath = (href) =>
  /^((?:\/[a-z]{2})?\/a\/[0-9a-z]{8})(?:\/|$)/.exec(new URL(href, location.href).pathname)?.[1] ?? "";
