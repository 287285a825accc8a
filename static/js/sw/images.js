// @ts-check
/** Pictures: what is held first; without a network any width of the same picture will do. */
import { scope } from "./scope.js";
import { reads } from "./bundle.js";
import { answer, whole } from "./fetching.js";
import { cacheOf, placeOf } from "./routes.js";
import { records } from "./shelf-store.js";
import { mayKeep } from "./storable.js";

const IMAGES = "kh-images";
const IMAGES_MOST = 120;

/** @param {string} path */
const parsed = (path) => /\/media\/([^/]+)\/(?:(\w+)-)?(\d+)\.(\w+)$/.exec(path) ?? ["", "", "", "0", ""];

/**
 * The stored address that stands best for `wanted`: the same crop, then the nearest width. With
 * `least`, only one of the same crop and format that is at least that part of the width.
 * @param {string} wanted
 * @param {string[]} held
 * @param {number} [least]
 */
export function standIn(wanted, held, least = 0) {
  const [, id, crop, width, kind] = parsed(wanted);
  /** @param {string} path */
  const rank = (path) => {
    const [, , otherCrop, otherWidth] = parsed(path);
    return (otherCrop === crop ? 0 : 1e6) + Math.abs(+otherWidth - +width);
  };
  return held
    .filter((path) => {
      const [, otherId, otherCrop, otherWidth, otherKind] = parsed(path);
      return otherId === id && (!least || (otherCrop === crop && otherKind === kind && +otherWidth >= +width * least));
    })
    .sort((a, b) => rank(a) - rank(b))[0];
}

/** @param {string} cacheName */
const paths = async (cacheName) =>
  (await caches.has(cacheName)) ? (await (await caches.open(cacheName)).keys()).map((key) => new URL(key.url).pathname) : [];

/** @param {KhFetch} event @param {KhPlace} place */
export async function image(event, place) {
  const accepts = event.request.headers.get("Accept") ?? "";
  if (accepts.includes("image/")) reads.avif = accepts.includes("avif");
  const client = await scope.clients.get(event.clientId || event.resultingClientId);
  const from = client && placeOf("GET", client.url, location.origin, scope.KH.langs, true);
  const own = from?.id ? cacheOf(from.id, from.lang) : IMAGES;
  for (const cacheName of new Set([own, IMAGES])) {
    const found = standIn(place.key, await paths(cacheName), 0.6);
    const res = found && (await caches.match(found, { cacheName }));
    if (res) return res;
  }
  try {
    const part = await whole(place.key, { head: 8000, body: 20000, cache: "default" });
    if (part.res.status === 200) {
      if (mayKeep(part.res)) event.waitUntil(keep(part).catch(() => {}));
      return answer(part);
    }
  } catch {
    // Another width may do.
  }
  for (const cacheName of [own, IMAGES, ...(await records()).map((r) => cacheOf(r.id, r.lang))]) {
    const found = standIn(place.key, await paths(cacheName));
    const res = found && (await caches.match(found, { cacheName }));
    if (res) return res;
  }
  return Response.error();
}

/** Seen pictures, for lists read without a network; the oldest go. @param {KhPart} part */
async function keep(part) {
  const cache = await caches.open(IMAGES);
  await cache.put(part.url, answer(part));
  for (const old of (await cache.keys()).slice(0, -IMAGES_MOST)) await cache.delete(old);
}
