// @ts-check
/** Save an article as a unit: stage every part in memory, write, commit last. */
import { keepable, weight } from "./fetching.js";
import { files, fragments, pictures, textOf } from "./needs.js";
import { cacheOf } from "./routes.js";
import { keepFiles } from "./shell.js";
import { recordIn, remember, writeBundle } from "./shelf-store.js";
import { intact, stated } from "./storable.js";

/** @type {Map<string, Promise<KhRecord>>} Saves on their way, by cache name. */
export const underway = new Map();
/** Whether this browser asked for AVIF; learned from its own requests. */
export const reads = { avif: true };

/**
 * @typedef {object} Wish
 * @property {string} why read, auto, saved
 * @property {KhPart} [page] the article's HTML, when it is here already
 * @property {(progress: {bytes: number, done: number, of: number}) => void} [tell]
 * @property {boolean} [fresh] ask the network for every part again
 */

/**
 * Save the article at `place`; joins a save that is under way. Rejects when any part fails.
 * @param {KhPlace} place
 * @param {Wish} wish
 */
export async function save(place, wish) {
  const name = cacheOf(place.id, place.lang);
  const running = underway.get(name);
  if (running) {
    const record = await running.catch(() => null);
    if (record && (record.pin || wish.why !== "saved")) return record;
  }
  const saving = stageAndWrite(place, wish).finally(() => underway.delete(name));
  underway.set(name, saving);
  return saving;
}

/** @param {KhPlace} place @param {Wish} wish @returns {Promise<KhRecord>} */
async function stageAndWrite(place, { why, page, tell, fresh }) {
  let bytes = 0, done = 0, moved = 0, of = 1;
  const slow = { head: 8000, body: 12000 };
  /** @param {KhPart} part */
  const came = (part) => {
    done++;
    bytes += part.body.byteLength;
    moved += weight(part);
    tell?.({ bytes: moved, done, of });
    return part;
  };
  const html = came(page ?? (await keepable(place.key, slow)));
  const said = stated(html.res.headers);
  if (said.kind !== "article" || said.id !== place.id) throw new TypeError("foreign");
  const cache = await caches.open(cacheOf(place.id, place.lang));
  const before = await recordIn(cache);
  /** The part as it is held, when it need not come again. @param {string} url */
  const held = async (url) => {
    const res = fresh ? undefined : (await cache.match(url)) ?? (await caches.match(url, { cacheName: "kh-images" }));
    if (!res) return null;
    const body = await res.arrayBuffer();
    return (await intact(res.headers, body)) ? { url, res, body } : null;
  };
  const text = new TextDecoder().decode(html.body);
  const pieces = await Promise.all(
    fragments(text).map((url) => ((of += 1), keepable(url, slow).then(came))),
  );
  const later = pieces.map((piece) => new TextDecoder().decode(piece.body)).join("");
  const images = [...new Set([...pictures(text, reads.avif, 800), ...pictures(later, reads.avif, 320)])];
  of += images.length;
  /** @type {KhPart[]} */ const shots = [];
  // Four at a time, so that a weak network is not cut into slices that all miss their deadline.
  const waiting = images.values();
  await Promise.all(Array.from({ length: 4 }, async () => {
    for (const url of waiting) {
      const old = await held(url);
      shots.push(old ?? came(await keepable(url, { ...slow, cache: "default" })));
      if (old) done++, (bytes += old.body.byteLength);
    }
  }));
  const assets = files(text);
  await keepFiles(assets);
  const parts = [html, ...pieces, ...shots].filter((part) => part.res.status === 200);
  html.url = place.key;
  const now = Date.now();
  /** @type {KhRecord} */
  const record = {
    id: place.id, lang: place.lang, path: place.key, rev: said.rev, at: now,
    read: why === "read" || !before ? now : before.read,
    pin: why === "saved" || !!before?.pin, why: before?.pin ? before.why : why, bytes,
    title: textOf(text, /<h1[^>]*>([^]*?)<\/h1>/),
    section: textOf(text, /class="kicker[^>]*>([^]*?)<\/p>/),
    teaser: textOf(text, /name="description" content="([^"]*)/),
    picture: images[0] ?? "", parts: parts.map((part) => part.url), assets,
    ...(before?.corrected && { corrected: before.corrected }),
  };
  await writeBundle(record, parts, textOf(text, /<article[^>]*>([^]*)<\/article>/));
  if (why !== "saved") await spent(moved);
  return record;
}

/** Count bytes that moved without being asked for, by calendar month. @param {number} moved */
export const spent = (moved) => remember((state) => {
  const month = new Date().toISOString().slice(0, 7);
  if (state.month !== month) (state.month = month), (state.moved = 0);
  state.moved += moved;
});
