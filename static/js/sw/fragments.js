// @ts-check
/** Fragments: the copy first, refreshed behind; without one the network; without that, the plain link stays. */
import { behind } from "./articles.js";
import { answer, keepable, whole } from "./fetching.js";
import { keepLoose, LISTS } from "./lists.js";
import { cacheOf } from "./routes.js";
import { recordOf } from "./shelf-store.js";
import { mayKeep, stored } from "./storable.js";

/** @param {KhFetch} event @param {KhPlace} place */
export async function fragment(event, place) {
  const { id, key } = place;
  const part = await stored(key, id ? cacheOf(place) : LISTS);
  if (part) {
    behind(event, refresh(place));
    return answer(part);
  }
  try {
    const fresh = await whole(key, 4000);
    if (!id && mayKeep(fresh.res)) behind(event, keepLoose(fresh));
    return answer(fresh);
  } catch {
    // 204 swaps nothing: the link inside stays, and the page says that no more came.
    return new Response(null, { status: 204, headers: { "KH-Offline": "1" } });
  }
}

/** @param {KhPlace} place */
async function refresh(place) {
  const fresh = await keepable(place.key);
  if (fresh.res.status !== 200) return;
  if (!place.id) await keepLoose(fresh);
  // Only into a saved bundle: a save under way fetches its own.
  else if ((await recordOf(place))?.parts.includes(place.key))
    await (await caches.open(cacheOf(place))).put(place.key, answer(fresh));
}
