// @ts-check
/** Bundles on the phone: one cache an article, and the commit record that makes it count. */
import { pinned, surplus, PINNED } from "./evict.js";
import { cacheOf } from "./routes.js";
import { answer } from "./fetching.js";

const COMMIT = "/kh/commit";
export const TEXT = "/kh/text";
const BUNDLE = /^kh-a1-/;

/** @param {string} name */
export const isBundle = (name) => BUNDLE.test(name);

/** @param {Response | undefined} res */
const json = async (res) => (res ? res.json().catch(() => null) : null);

/**
 * The commit record in a cache, or null.
 * @param {Cache} cache
 * @returns {Promise<KhRecord | null>}
 */
export const recordIn = async (cache) => json(await cache.match(COMMIT));

/** @param {Cache} cache @param {KhRecord} record */
export const commit = (cache, record) => cache.put(COMMIT, Response.json(record));

/** Every commit record, also of bundles that are damaged. @returns {Promise<KhRecord[]>} */
export async function records() {
  const names = (await caches.keys()).filter(isBundle);
  const found = await Promise.all(names.map(async (name) => recordIn(await caches.open(name))));
  return found.filter((record) => record !== null);
}

/**
 * Take a bundle off the phone: record, entries, cache, in this order, because deleting only a cache
 * does not free its room in Chromium.
 * @param {string} name
 */
export async function dropCache(name) {
  if (!(await caches.has(name))) return;
  const cache = await caches.open(name);
  await cache.delete(COMMIT);
  for (const key of await cache.keys()) await cache.delete(key);
  await caches.delete(name);
}

/** @param {KhRecord} record */
export const drop = (record) => dropCache(cacheOf(record.id, record.lang));

/** Parts that a committed bundle lacks. @param {Cache} cache @param {KhRecord} record */
export async function lost(cache, record) {
  const held = new Set((await cache.keys()).map((key) => { const url = new URL(key.url); return url.pathname + url.search; }));
  return record.parts.filter((part) => !held.has(part));
}

/**
 * Run a write; when the phone is full, make room among automatic copies and try once more.
 * @template T
 * @param {() => Promise<T>} write
 */
export async function withRoom(write) {
  try {
    return await write();
  } catch (error) {
    const gone = surplus(await records(), Date.now(), 0);
    if (!gone.length) throw error;
    // `surplus` lists the newest first: the older half goes.
    for (const record of gone.slice(Math.floor(gone.length / 2))) await drop(record);
    return write();
  }
}

/**
 * Write a staged bundle, its record last. On failure an earlier bundle stays as it was, or nothing does.
 * @param {KhRecord} record
 * @param {KhPart[]} parts
 * @param {string} text what search reads
 */
export async function writeBundle(record, parts, text) {
  const all = await records();
  const others = all.filter((r) => r.id !== record.id || r.lang !== record.lang);
  if (record.pin && pinned(others) + record.bytes > PINNED) throw new Error("full");
  const name = cacheOf(record.id, record.lang);
  const before = others.length < all.length;
  try {
    await withRoom(async () => {
      const cache = await caches.open(name);
      for (const part of parts) await cache.put(part.url, answer(part));
      await cache.put(TEXT, new Response(text));
      await commit(cache, record);
    });
  } catch (error) {
    if (!before) await dropCache(name);
    throw error;
  }
  const cache = await caches.open(name);
  const wanted = new Set([COMMIT, TEXT, ...record.parts]);
  for (const key of await cache.keys()) {
    const url = new URL(key.url);
    if (!wanted.has(url.pathname + url.search)) await cache.delete(key);
  }
  for (const old of surplus(others.concat(record), Date.now())) await drop(old);
}

const STATE = "/kh/state";
/** @type {Promise<unknown>} */
let turn = Promise.resolve();

/** What the worker remembers between its lives. @returns {Promise<KhState>} */
export const state = async () => ({
  rev: 0, synced: 0, auto: 20, month: "", moved: 0, notices: [], queue: [],
  ...(await json(await caches.match(STATE, { cacheName: "kh-state" }))),
});

/**
 * Change what is remembered; changes take turns.
 * @param {(state: KhState) => void} change
 * @returns {Promise<KhState>}
 */
export function remember(change) {
  const next = turn.then(async () => {
    const now = await state();
    change(now);
    await (await caches.open("kh-state")).put(STATE, Response.json(now));
    return now;
  });
  turn = next.catch(() => {});
  return next;
}
