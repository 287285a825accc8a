// @ts-check
/** Save an article as a unit: fetch every part into memory, write them, the commit record last. */
import { keepable } from "./fetching.js";
import { files, fragments, pictures, textOf } from "./needs.js";
import { cacheOf } from "./routes.js";
import { keepFiles } from "./shell.js";
import { recordOf, remember, state, writeBundle } from "./shelf-store.js";
import { stated, stored } from "./storable.js";

/** @type {Map<string, Promise<KhRecord>>} Saves on their way, by cache name. */
export const underway = new Map();
/** Whether this browser asked for AVIF; learned from its own requests. */
export const reads = { avif: true };
export const decoder = new TextDecoder();

/**
 * @typedef {object} Wish
 * @property {string} why read, auto, saved
 * @property {KhPart} [page] the article's HTML, when it is here already
 * @property {(step: {bytes: number}) => void} [tell]
 * @property {boolean} [bare] without its pictures
 */

/**
 * Save the article at `place`; waits for a save that is under way. Rejects when any part fails.
 * @param {KhPlace} place
 * @param {Wish} wish
 */
export async function save(place, wish) {
  const name = cacheOf(place);
  const record = await underway.get(name)?.catch(() => undefined);
  if (record && (record.pin || wish.why !== "saved")) return record;
  const saving = stage(place, wish).finally(() => underway.delete(name));
  underway.set(name, saving);
  return saving;
}

/** @param {KhPlace} place @param {Wish} wish @returns {Promise<KhRecord>} */
async function stage(place, { why, page, tell, bare }) {
  let moved = 0;
  /** @param {KhPart} part */
  const came = (part) => {
    moved += +(part.res.headers.get("Content-Length") ?? part.body.byteLength);
    tell?.({ bytes: moved });
    return part;
  };
  const html = came(page ?? (await keepable(place.key)));
  const { kind, id, rev } = stated(html.res.headers);
  if (kind !== "article" || id !== place.id) throw Error("foreign");
  const before = await recordOf(place);
  /** The picture as any bundle holds it, else from the network. @param {string} url */
  const picture = async (url) => (await stored(url)) ?? came(await keepable(url, "default"));
  const text = decoder.decode(html.body);
  const pieces = await Promise.all(fragments(text).map(async (url) => came(await keepable(url))));
  /** @type {KhPart[]} */ const shots = [];
  // Four at a time, so that on a weak network each is in time for its deadline.
  const waiting = new Set([
    ...pictures(text, reads.avif, 800),
    ...pieces.flatMap(({ body }) => pictures(decoder.decode(body), reads.avif, 320)),
  ]).values();
  // With pictures on request none are fetched in advance.
  if (why === "saved" || !(bare || (await state()).lite)) await Promise.all([1, 2, 3, 4].map(async () => {
    for (const url of waiting) shots.push(await picture(url));
  }));
  const assets = files(text);
  await keepFiles(assets);
  html.url = place.key;
  const parts = [html, ...pieces, ...shots].filter((part) => part.res.status === 200);
  const now = Date.now();
  /** @type {KhRecord} */
  const record = {
    ...before, id, lang: place.lang, path: place.key, rev, at: now,
    read: why === "read" || !before ? now : before.read,
    pin: why === "saved" || !!before?.pin, why: before?.pin ? before.why : why,
    bytes: parts.reduce((sum, part) => sum + part.body.byteLength, 0),
    title: textOf(text, /<h1[^>]*>([^]*?)<\/h1>/),
    section: textOf(text, /class="kicker[^>]*>([^]*?)<\/p>/),
    parts: parts.map((part) => part.url), assets,
  };
  await writeBundle(record, parts, textOf(text, /<article[^>]*>([^]*)<\/article>/));
  // Bytes of background downloads are counted by the month.
  if (why !== "saved")
    await remember((state) => {
      const month = new Date().toISOString().slice(0, 7);
      state.moved = { [month]: moved + (state.moved[month] ?? 0) };
    });
  return record;
}
