// @ts-check
/** Articles: race the network for the whole page when a copy is held; else stream, and keep. */
import { save } from "./bundle.js";
import { answer, whole } from "./fetching.js";
import { cacheOf } from "./routes.js";
import { commit, drop, recordIn } from "./shelf-store.js";
import { offlinePage } from "./shell.js";
import { intact, mayKeep, stated } from "./storable.js";

/**
 * A stored page, marked so that it can say how old it is; null when it is damaged.
 * @param {Response | undefined} res
 * @param {number} at
 */
export async function shown(res, at) {
  if (!res) return null;
  const body = await res.arrayBuffer();
  if (!(await intact(res.headers, body))) return null;
  const html = new TextDecoder().decode(body).replace("<html ", `<html data-kept="${at}" `);
  return answer({ url: "", res, body }, html);
}

/** @param {KhFetch} event @param {KhPlace} place */
export async function article(event, place) {
  const name = cacheOf(place.id, place.lang);
  const cache = (await caches.has(name)) ? await caches.open(name) : null;
  const record = cache && (await recordIn(cache));
  const copy = record && (await shown(await cache.match(place.key), record.at));
  if (!copy) return streamed(event, place);
  try {
    const fresh = await whole(place.key);
    const said = stated(fresh.res.headers);
    if (said.id === place.id) {
      if (said.kind === "withdrawn") {
        event.waitUntil(drop(record));
        return answer(fresh);
      }
      if (said.kind === "article" && mayKeep(fresh.res)) {
        const same = said.rev === record.rev;
        const kept = same ? commit(cache, { ...record, read: Date.now() }) : save(place, { why: "read", page: fresh });
        event.waitUntil(kept.catch(() => {}));
        return answer(fresh);
      }
    }
  } catch {
    // The copy answers.
  }
  event.waitUntil(commit(cache, { ...record, read: Date.now() }).catch(() => {}));
  return copy;
}

/**
 * No copy: show the network's answer as it comes, and keep it on the way.
 * @param {KhFetch} event
 * @param {KhPlace} place
 */
async function streamed(event, place) {
  const url = event.request.url;
  try {
    const res = await fetch(url, { credentials: "omit", redirect: "manual", cache: event.request.cache, signal: AbortSignal.timeout(20000) });
    if (mayKeep(res) && stated(res.headers).kind === "article") {
      const twin = res.clone();
      event.waitUntil(keepTwin(place, twin).catch(() => {}));
    }
    return res;
  } catch {
    return offlinePage(place.lang);
  }
}

/** @param {KhPlace} place @param {Response} res */
async function keepTwin(place, res) {
  const page = { url: place.key, res, body: await res.arrayBuffer() };
  if (await intact(res.headers, page.body)) await save(place, { why: "read", page });
}
