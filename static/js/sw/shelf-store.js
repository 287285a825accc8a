// @ts-check
/** Bundles on the phone: one cache an article, and the commit record that makes it count. */
import { answer } from "./fetching.js";
import { pinned, surplus, PINNED } from "./evict.js";
import { cacheOf } from "./routes.js";

const COMMIT = "/kh/commit";
const TEXT = "/kh/text";
// The address and its cache are named alike.
const STATE = "/kh-state";

/** The path and query of a stored request. @param {Request} request */
export const pathOf = ({ url }) => url.slice(location.origin.length);

/** Paths stored in a cache. @param {Cache} cache */
export const pathsIn = async (cache) => (await cache.keys()).map(pathOf);

/** @param {string} key @param {string} cacheName */
const json = async (key, cacheName) => (await caches.match(key, { cacheName }))?.json();

/** The commit record in a cache, or nothing. @param {string} name @returns {Promise<KhRecord | undefined>} */
export const recordIn = (name) => json(COMMIT, name);

/** The commit record of a story, or nothing. @param {{id: string, lang: string}} story */
export const recordOf = (story) => recordIn(cacheOf(story));

/** Names of the caches that hold stories. */
export const bundles = async () => (await caches.keys()).filter((name) => name.startsWith("kh-a"));

/** Every commit record, also of bundles that are damaged. @returns {Promise<KhRecord[]>} */
export const records = async () =>
  /** @type {any} */ (await Promise.all((await bundles()).map(recordIn))).filter(Boolean);

/** Write a record, changed. @param {KhRecord} record @param {Partial<KhRecord>} [change] */
export const commit = async (record, change) =>
  (await caches.open(cacheOf(record))).put(COMMIT, Response.json({ ...record, ...change }));

/**
 * Take a bundle off the phone: record, entries, cache, in this order, because deleting only a cache
 * does not free its room in Chromium.
 * @param {string} name
 */
export async function dropCache(name) {
  const cache = await caches.open(name);
  await cache.delete(COMMIT);
  for (const key of await cache.keys()) await cache.delete(key);
  await caches.delete(name);
}

/** @param {KhRecord} record */
export const drop = (record) => dropCache(cacheOf(record));

/**
 * Run a write; when the phone is full, make room among automatic copies but for the one named `but`,
 * and try once more.
 * @param {() => Promise<unknown>} write
 * @param {string} [but]
 */
export async function withRoom(write, but) {
  try {
    await write();
  } catch (error) {
    if (/** @type {Error} */ (error).name !== "QuotaExceededError") throw error;
    const gone = surplus(await records(), 0).filter((r) => cacheOf(r) !== but);
    for (const record of gone.slice(gone.length >> 1)) await drop(record);
    await write();
  }
}

/** Keep a part in a cache, and of that only the newest `most`. @param {string} name @param {KhPart} part @param {number} most */
export const keepIn = (name, part, most) =>
  withRoom(async () => {
    const cache = await caches.open(name);
    await cache.delete(part.url);
    await cache.put(part.url, answer(part));
    for (const old of (await cache.keys()).slice(0, -most)) await cache.delete(old);
  });

/**
 * Write a staged bundle, its record last. On failure an earlier bundle stays as it was, or nothing does.
 * @param {KhRecord} record
 * @param {KhPart[]} parts
 * @param {string} text what search reads
 * @param {Promise<KhRecord[]>} [all] the other records, where they are to be weighed
 */
export async function writeBundle(record, parts, text, all = records()) {
  const name = cacheOf(record);
  const others = (await all).filter((r) => cacheOf(r) !== name);
  if (record.pin && pinned(others) + record.bytes > PINNED) throw Error("full");
  const before = await recordOf(record);
  const cache = await caches.open(name);
  try {
    await withRoom(async () => {
      for (const part of parts) await cache.put(part.url, answer(part));
      await cache.put(TEXT, new Response(text));
      await commit(record);
    }, name);
  } catch (error) {
    if (!before) await dropCache(name);
    throw error;
  }
  const wanted = [COMMIT, TEXT, ...record.parts];
  for (const key of await cache.keys()) if (!wanted.includes(pathOf(key))) await cache.delete(key);
  for (const old of surplus([...others, record])) await drop(old);
}

/** @type {Promise<unknown>} */
let turn = Promise.resolve();

/** The worker's state, stored between its runs. @returns {Promise<KhState>} */
export const state = async () => ({
  rev: 0, synced: 0, auto: 20, moved: {}, notices: [], queue: [], missed: {},
  ...(await json(STATE, STATE)),
});

/** Change the stored state; changes are queued. @param {(state: KhState) => void} change */
export const remember = (change) =>
  (turn = turn.then(async () => {
    const now = await state();
    change(now);
    await (await caches.open(STATE)).put(STATE, Response.json(now));
  }).catch(() => {}));
