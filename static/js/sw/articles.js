// @ts-check
/** Articles: race the network for the whole page when a copy is held; else stream, and keep. */
import { decoder, save } from "./bundle.js";
import { answer, whole } from "./fetching.js";
import { cacheOf } from "./routes.js";
import { commit, drop, recordOf } from "./shelf-store.js";
import { offlinePage } from "./shell.js";
import { intact, mayKeep, stated, stored } from "./storable.js";

/** Do something after the answer; it may fail. @param {KhEvent} event @param {Promise<unknown>} work */
export const behind = (event, work) => event.waitUntil(work.catch(() => {}));

/**
 * A stored page, marked so that it can say how old it is; nothing when it is damaged.
 * @param {string} key
 * @param {string} [cacheName] any, when none is named
 * @param {number} [at]
 */
export async function shown(key, cacheName, at) {
  const part = await stored(key, cacheName);
  if (part) return answer(part, decoder.decode(part.body).replace("<html", `<html data-kept="${at ?? Date.parse(part.res.headers.get("Date") ?? "")}"`));
}

/** @param {KhFetch} event @param {KhPlace} place */
export async function article(event, place) {
  const record = await recordOf(place);
  const copy = record && (await shown(place.key, cacheOf(place), record.at));
  if (!copy) return streamed(event, place);
  try {
    const fresh = await whole(place.key);
    const { kind, id, rev } = stated(fresh.res.headers);
    if (id === place.id && (kind === "withdrawn" || mayKeep(fresh.res))) {
      behind(event, kind !== "article" ? drop(record)
        : rev === record.rev ? commit(record, { read: Date.now() })
        : save(place, { why: "read", page: fresh }));
      return answer(fresh);
    }
  } catch {
    // The copy answers.
  }
  behind(event, commit(record, { read: Date.now() }));
  return copy;
}

/** No copy: show the network's answer as it comes, and keep it on the way. @param {KhFetch} event @param {KhPlace} place */
async function streamed(event, place) {
  const { url, cache } = event.request;
  try {
    const res = await fetch(url, { credentials: "omit", redirect: "manual", cache, signal: AbortSignal.timeout(20000) });
    if (mayKeep(res))
      behind(event, res.clone().arrayBuffer().then(async (body) =>
        (await intact(res.headers, body)) && save(place, { why: "read", page: { url: place.key, res, body } })));
    return res;
  } catch {
    return offlinePage();
  }
}
