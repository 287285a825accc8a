// @ts-check
/** Lists: one copy each, the network raced for the whole page. Other pages: the network, or the shelf. */
import { shown } from "./articles.js";
import { answer, keepable, whole } from "./fetching.js";
import { withRoom } from "./shelf-store.js";
import { fromShell, offlinePage } from "./shell.js";
import { mayKeep } from "./storable.js";

export const LISTS = "kh-lists";
const LISTS_MOST = 40;

/**
 * Keep a list page or a loose fragment; the oldest go. The moment it came travels in a header.
 * @param {KhPart} part
 */
export async function keepLoose(part) {
  const kept = answer(part);
  kept.headers.set("KH-At", "" + Date.now());
  await withRoom(async () => {
    const cache = await caches.open(LISTS);
    await cache.delete(part.url);
    await cache.put(part.url, kept);
    for (const old of (await cache.keys()).slice(0, -LISTS_MOST)) await cache.delete(old);
  });
}

/** @param {KhFetch} event @param {KhPlace} place */
export async function list(event, place) {
  const held = await caches.match(place.key, { cacheName: LISTS });
  const copy = await shown(held, +(held?.headers.get("KH-At") ?? 0));
  const limits = copy ? {} : { head: 15000, body: 30000 };
  try {
    const fresh = await whole(place.key, limits);
    if (mayKeep(fresh.res)) event.waitUntil(keepLoose(fresh).catch(() => {}));
    else if (copy && fresh.res.type !== "opaqueredirect") return copy;
    return answer(fresh);
  } catch {
    return copy ?? offlinePage(place.lang);
  }
}

/** Pages the device fills: the shell's copy at once. @param {KhPlace} place */
export const device = async (place) => (await fromShell(place.key)) ?? offlinePage(place.lang);

/** Search and every other page: the network within five seconds to its first byte, or the shelf.
 * @param {KhFetch} event @param {KhPlace} place */
export async function page(event, place) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), place.key.startsWith("/search") ? 5000 : 20000);
  try {
    return await fetch(event.request, { signal: stop.signal });
  } catch {
    return offlinePage(place.lang);
  } finally {
    clearTimeout(timer);
  }
}

/** Have a page of lists ready without showing it. @param {string} url */
export const fetchList = async (url) => {
  const part = await keepable(url, { head: 8000, body: 12000 });
  await keepLoose(part);
  return part;
};
