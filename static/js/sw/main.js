// @ts-check
/** The worker: which strategy answers what, and what pages may ask of it. */
import { article, behind } from "./articles.js";
import { save } from "./bundle.js";
import { fragment } from "./fragments.js";
import { image } from "./images.js";
import { list, page } from "./lists.js";
import { placeOf } from "./routes.js";
import { scope } from "./scope.js";
import { mend, story, wholeRecords } from "./selfcheck.js";
import { commit, drop, recordOf, remember, state } from "./shelf-store.js";
import { install, shell, tidy } from "./shell.js";
import { flush, sync } from "./sync.js";

/** @type {Promise<void> | undefined} */
let awake;
/** Once after each start of the worker, after its first answer. */
const wake = () => (awake ??= mend().finally(sync).finally(flush));

/** The network is back. */
const back = () => sync(0).finally(flush);

scope.addEventListener("install", (event) => event.waitUntil(install()));
scope.addEventListener("activate", (event) => event.waitUntil(tidy().then(() => scope.clients.claim())));

const answers = { article, list, fragment, image, page, shell };

scope.addEventListener("fetch", (event) => {
  const { method, url, mode } = event.request;
  const navigating = mode === "navigate";
  const place = method === "GET" && placeOf(url, navigating);
  if (!place) return;
  event.respondWith(answers[/** @type {keyof typeof answers} */ (place.kind)](event, place));
  if (navigating) behind(event, wake());
});

/** @param {string} path @returns {Promise<KhRecord>} */
const held = async (path) => /** @type {any} */ (await recordOf(story(path)));

/** What pages may ask; each answer goes back through the port. @type {Record<string, (ask: any, tell: (step: object) => void) => Promise<any>>} */
const asks = {
  list: async () => ({ records: await wholeRecords(), state: await state() }),
  save: ({ path }, tell) => save(story(path), { why: "saved", tell }),
  read: async ({ path, more, ...how }, tell) => (!more && (await held(path))) || save(story(path), { ...how, tell }),
  drop: async ({ path }) => drop(await held(path)),
  mark: async ({ path, change }) => commit(await held(path), change),
  queue: ({ path }) => remember((now) => { now.queue = [...new Set([...now.queue, story(path).key])]; }),
  set: ({ change }) => remember((now) => Object.assign(now, change)),
  online: back,
  // A waiting worker takes over on a tap, or when nobody is looking.
  skip: async ({ quiet }) => {
    if (!quiet || (await scope.clients.matchAll({ includeUncontrolled: true })).every(({ visibilityState }) => visibilityState === "hidden"))
      await scope.skipWaiting();
  },
};

scope.addEventListener("message", (event) => {
  const { data, ports } = event;
  /** @param {object} said */
  const say = (said) => ports[0]?.postMessage(said);
  behind(event, asks[data.ask](data, (step) => say({ step })).then(
    (done) => say({ done }),
    ({ message, name }) => say({ failed: message, name }),
  ));
});

scope.addEventListener("sync", (event) => event.waitUntil(back()));
