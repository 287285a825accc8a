// @ts-check
/** Fragments: the copy first, refreshed behind; without one the network; without that, the plain link stays. */
import { answer, keepable, whole } from "./fetching.js";
import { keepLoose, LISTS } from "./lists.js";
import { cacheOf } from "./routes.js";
import { recordIn } from "./shelf-store.js";
import { intact } from "./storable.js";

/** @param {KhFetch} event @param {KhPlace} place */
export async function fragment(event, place) {
  const name = place.id ? cacheOf(place.id, place.lang) : LISTS;
  const cache = (await caches.has(name)) ? await caches.open(name) : null;
  const held = await cache?.match(place.key);
  const body = await held?.arrayBuffer();
  if (cache && held && body && (await intact(held.headers, body))) {
    event.waitUntil(refresh(place, cache).catch(() => {}));
    return answer({ url: place.key, res: held, body });
  }
  try {
    const fresh = await whole(place.key, { head: 4000, body: 4000 });
    if (!place.id && fresh.res.status === 200) event.waitUntil(keepLoose(fresh).catch(() => {}));
    return answer(fresh);
  } catch {
    // 204 swaps nothing: the link inside stays, and the page says that no more came.
    return new Response(null, { status: 204, headers: { "KH-Offline": "1" } });
  }
}

/** @param {KhPlace} place @param {Cache} cache */
async function refresh(place, cache) {
  const fresh = await keepable(place.key, { head: 4000, body: 4000 });
  if (fresh.res.status !== 200) return;
  if (!place.id) await keepLoose(fresh);
  else if ((await recordIn(cache))?.parts.includes(place.key)) await cache.put(place.key, answer(fresh));
}
