// @ts-check
/** Pictures: what is held first; without a network any width of the same picture will do. */
import { behind } from "./articles.js";
import { reads } from "./bundle.js";
import { answer, whole } from "./fetching.js";
import { rendition } from "./needs.js";
import { cacheOf, placeOf } from "./routes.js";
import { scope } from "./scope.js";
import { keepIn, pathsIn } from "./shelf-store.js";
import { mayKeep } from "./storable.js";

const IMAGES = "kh-images";

/**
 * The stored address that stands best for `wanted`: the same crop, then the nearest width. When
 * `close`, only one of the same crop and format that is wide enough not to look soft.
 * @param {string} wanted
 * @param {string[]} held
 * @param {boolean} [close]
 */
export function standIn(wanted, held, close) {
  const [, id, crop, width, format] = rendition(wanted);
  return held
    .map((path) => ({ path, of: rendition(path) }))
    .filter(({ of }) => of[1] === id && (!close || (of[2] === crop && of[4] === format && +of[3] >= +width * 0.6)))
    .map(({ path, of }) => ({ path, rank: +(of[2] !== crop) * 1e5 + Math.abs(+of[3] - +width) }))
    .sort((a, b) => a.rank - b.rank)[0]?.path;
}

/** @param {string[]} names @param {string} key @param {boolean} [close] */
async function heldIn(names, key, close) {
  for (const name of names) {
    // caches.open would create the cache.
    if (!(await caches.has(name))) continue;
    const cache = await caches.open(name);
    const found = standIn(key, await pathsIn(cache), close);
    if (found) return cache.match(found);
  }
}

/** @param {KhFetch} event @param {KhPlace} place */
export async function image(event, { key }) {
  reads.avif = /avif/.test(event.request.headers.get("Accept") ?? "avif");
  const client = await scope.clients.get(event.clientId);
  const from = client && placeOf(client.url);
  const held = await heldIn([from ? cacheOf(from) : IMAGES, IMAGES], key, true);
  if (held) return held;
  try {
    const part = await whole(key, 8000, 20000, "default");
    if (mayKeep(part.res)) behind(event, keepIn(IMAGES, part, 120));
    if (part.res.ok) return answer(part);
  } catch {
    // Another width may do.
  }
  return (await heldIn(await caches.keys(), key)) ?? Response.error();
}
