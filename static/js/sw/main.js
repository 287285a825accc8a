// @ts-check
/** The worker: which strategy answers what, and what pages may ask of it. */
import { scope } from "./scope.js";
import { article } from "./articles.js";
import { save } from "./bundle.js";
import { fragment } from "./fragments.js";
import { image } from "./images.js";
import { device, list, page } from "./lists.js";
import { cacheOf, placeOf } from "./routes.js";
import { wholeRecords } from "./selfcheck.js";
import { commit, drop, records, remember, state } from "./shelf-store.js";
import { asset, install, tidy } from "./shell.js";
import { enqueue, flush, heldIn, latest, sync } from "./sync.js";

let checked = false;
/** Once in each of the worker's lives, behind the first answer. */
const waking = async () => {
  if (checked) return;
  checked = true;
  await wholeRecords(true);
  await sync();
  await flush();
};

scope.addEventListener("install", (event) => event.waitUntil(install()));
scope.addEventListener("activate", (event) => event.waitUntil(tidy().then(() => scope.clients.claim())));

scope.addEventListener("fetch", (event) => {
  const { request } = event;
  const navigating = request.mode === "navigate";
  const place = placeOf(request.method, request.url, location.origin, scope.KH.langs, navigating);
  if (!place || request.headers.has("Range")) return;
  const answers = { article, list, fragment, image, page, asset: () => asset(place.key), device: () => device(place) };
  event.respondWith(answers[/** @type {keyof typeof answers} */ (place.kind)](event, place));
  if (navigating) event.waitUntil(waking().catch(() => {}));
});

/** What pages may ask; each answer goes back through the port. @type {Record<string, (ask: any, tell: (said: object) => void) => Promise<any>>} */
const asks = {
  list: async () => {
    const whole = await wholeRecords();
    return { records: whole, state: await state() };
  },
  held: async ({ path }) => {
    const { id, lang } = wished(path);
    return heldIn(cacheOf(id, lang));
  },
  save: async ({ path }, tell) => save(wished(path), { why: "saved", tell }),
  read: async ({ path }) => {
    const place = wished(path);
    if (!(await heldIn(cacheOf(place.id, place.lang)))) await save(place, { why: "read" });
  },
  drop: async ({ path }) => {
    const { id, lang } = wished(path);
    for (const record of await records()) if (record.id === id && record.lang === lang) await drop(record);
  },
  pin: async ({ path }) => {
    const { id, lang } = wished(path);
    const record = await heldIn(cacheOf(id, lang));
    if (record) await commit(await caches.open(cacheOf(id, lang)), { ...record, pin: true, why: "saved" });
  },
  unpin: async ({ path }) => {
    const { id, lang } = wished(path);
    const record = await heldIn(cacheOf(id, lang));
    if (record) await commit(await caches.open(cacheOf(id, lang)), { ...record, pin: false, why: "read" });
  },
  queue: async ({ path }) => enqueue(wished(path).key),
  set: async ({ auto }) => remember((now) => { now.auto = auto; }),
  seen: async () => {
    /** @type {any} */ (navigator).clearAppBadge?.().catch(() => {});
    return remember((now) => { now.notices = []; });
  },
  idle: async (line) => latest(line),
  online: async () => sync(0).finally(flush),
  // A waiting worker takes over on a tap, or when nobody is looking.
  skip: async ({ quiet }) => {
    const windows = await scope.clients.matchAll({ type: "window", includeUncontrolled: true });
    if (!quiet || windows.every((client) => client.visibilityState === "hidden")) await scope.skipWaiting();
  },
};

/** @param {string} path */
function wished(path) {
  const place = placeOf("GET", new URL(path, location.origin).href, location.origin, scope.KH.langs, true);
  if (place?.kind !== "article") throw new TypeError("no article: " + path);
  return place;
}

scope.addEventListener("message", (event) => {
  const port = event.ports[0];
  const { ask, ...rest } = event.data ?? {};
  const does = asks[ask];
  if (!does) return;
  event.waitUntil(
    does(rest, (said) => port?.postMessage({ step: said })).then(
      (done) => port?.postMessage({ done: done ?? true }),
      (error) => port?.postMessage({ failed: String(error?.message ?? error), name: error?.name }),
    ),
  );
});

scope.addEventListener("sync", (event) => event.waitUntil(sync(0).then(flush)));
scope.addEventListener("periodicsync", (event) => event.waitUntil(sync(0).then(() => latest({}))));
