// @ts-check
/** Lists: one copy each, the network raced for the whole page. Other pages: the network, or the shelf. */
import { behind, shown } from "./articles.js";
import { answer, whole } from "./fetching.js";
import { keepIn } from "./shelf-store.js";
import { offlinePage } from "./shell.js";
import { mayKeep } from "./storable.js";

export const LISTS = "kh-lists";

/** Keep a list or a loose fragment. @param {KhPart} part */
export const keepLoose = (part) => keepIn(LISTS, part, 40);

/** @param {KhFetch} event @param {KhPlace} place */
export async function list(event, place) {
  const copy = await shown(place.key);
  try {
    const fresh = await whole(place.key, copy ? 3000 : 20000);
    if (mayKeep(fresh.res)) behind(event, keepLoose(fresh));
    else if (copy && fresh.res.status) return copy;
    return answer(fresh);
  } catch {
    return copy ?? offlinePage();
  }
}

/** Search and every other page: the network, soon, or the shelf. @param {KhFetch} event */
export async function page(event) {
  try {
    return answer(await whole(event.request.url, 5000, 20000));
  } catch {
    return offlinePage();
  }
}
