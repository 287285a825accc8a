// @ts-check
// Stories that come in a signed file are put on the phone's shelf, just as the site served them.
import { askWorker } from "./ask.js";
import { cacheOf } from "../sw/routes.js";
import { textOf } from "../sw/needs.js";
import { bundles, pathsIn, recordOf, writeBundle } from "../sw/shelf-store.js";
import { khbResponse } from "../pure/khb.js";

/** @typedef {import("../pure/khb.js").KhbHead} Head */

export const EDITIONS = "kh-editions";

/**
 * An address of signed files, as the page hands it over.
 * @param {"key" | "file" | "read" | "signed"} kind @param {string} [name] of the edition, or the story's id
 */
export const fileAddress = (kind, name = "") =>
  (/** @type {HTMLElement | null} */ (document.querySelector("[data-edition-addresses]"))?.dataset[kind] ?? "").replace("NAME", name);

/** Where the contents of an edition stand: under the prefix of the language that its name ends with. @param {string} name */
export const readAddress = (name) => (name[14] ? "/" + name.slice(14) : "") + fileAddress("read", name);

/** The language under whose prefix a story's page stands. @param {string} [path] */
export const languageOf = (path = "") => [path.split("/")[1] ?? ""].find((part) => part.length === 2) ?? "";

/** What the page says of a file that is refused, by the reason. @param {string} reason @returns {string} */
export const fileWord = (reason) => document.querySelector("[data-file-words]")?.getAttribute(`data-${reason}`) ?? reason;

/** The paper's public keys: from the network, else from the shell. @returns {Promise<JsonWebKey[]>} */
export async function paperKeys() {
  const path = fileAddress("key");
  const held = await caches.match(path);
  const res = await fetch(path, { credentials: "omit" }).catch(() => undefined);
  const given = res?.ok && res.headers.has("KH-Cache") ? res : held;
  return given ? (await given.json()).keys : [];
}

/**
 * Where every stored part lies, by the digest it was kept under.
 * @returns {Promise<Map<string, {name: string, path: string}>>}
 */
export async function heldDigests() {
  const found = new Map();
  for (const name of [...(await bundles()), EDITIONS]) {
    if (!(await caches.has(name))) continue;
    const cache = await caches.open(name);
    for (const path of await pathsIn(cache)) {
      const digest = (await cache.match(path))?.headers.get("KH-Sha256");
      if (digest) found.set(digest, { name, path });
    }
  }
  return found;
}

/** @param {{name: string, path: string}} place */
export async function storedBytes({ name, path }) {
  const res = await (await caches.open(name)).match(path);
  return new Uint8Array((await res?.arrayBuffer()) ?? new ArrayBuffer(0));
}

/**
 * Keep a story of the file, all of whose text is in `parts`: its record last. A newer one that the
 * phone has already stays.
 * @param {Head} head
 * @param {string} id
 * @param {Map<string, Uint8Array>} parts
 * @param {object} mark what the record says of where it came from
 */
export async function keepStory(head, id, parts, mark) {
  const said = head.said.filter((one) => one.id === id);
  const text = said.find((one) => one.about === "article");
  const path = text?.parts[0]?.path ?? "";
  const page = parts.get(path);
  if (!text || !page) return;
  const story = { id, lang: languageOf(path) };
  const before = await recordOf(story);
  const seal = { key: head.key, statements: head.statements.filter((_, n) => head.said[n].id === id) };
  const newer = before && before.rev > (text.rev ?? 0) ? before : null;
  const cache = (await caches.has(cacheOf(story))) ? await caches.open(cacheOf(story)) : null;
  /** @type {KhPart[]} */ const kept = [];
  for (const one of newer ? [] : said)
    for (const { path: url } of one.parts) {
      const part = head.parts.get(url);
      const stored = await cache?.match(url);
      const same = stored && stored.headers.get("KH-Sha256") === part?.sha256 ? await stored.arrayBuffer() : undefined;
      const body = parts.get(url)?.slice().buffer ?? same;
      if (part && body) kept.push({ url, res: khbResponse(part, new Uint8Array(body)), body: /** @type {ArrayBuffer} */ (body) });
    }
  // Pictures that the phone has of this very text stay in the bundle.
  for (const url of before && before.rev === text.rev ? before.parts : []) {
    const res = kept.some((part) => part.url === url) ? undefined : await cache?.match(url);
    if (res) kept.push({ url, res, body: await res.arrayBuffer() });
  }
  const html = new TextDecoder().decode(page);
  const now = Date.now();
  const fresh = {
    ...story, path, rev: text.rev ?? 0, at: now, read: before?.read ?? now, pin: false, why: "edition",
    bytes: kept.reduce((sum, part) => sum + part.body.byteLength, 0),
    title: textOf(html, /<h1[^>]*>([^]*?)<\/h1>/), section: textOf(html, /class="kicker[^>]*>([^]*?)<\/p>/),
    parts: kept.map((part) => part.url), assets: [],
  };
  if (newer) await (await caches.open(cacheOf(story))).put("/kh/commit", Response.json({ ...newer, ...mark, pin: newer.pin }));
  else
    await writeBundle(
      /** @type {KhRecord} */ ({ ...fresh, ...(before?.pin && { pin: true, why: before.why }), ...mark, ...(before?.pin && { pin: true }), seal }),
      kept, textOf(html, /<article[^>]*>([^]*)<\/article>/),
      // An edition pushes nothing out, and weighing all that is here for each of its stories would be slow.
      Promise.resolve([]),
    );
}

/**
 * A file was made at some moment, and what was said since of its stories may have been heard already: hear
 * it again from there on, so that nothing withdrawn or corrected comes back by a file.
 * @param {number | undefined} told the number up to which /api/sync had told everything then
 */
export async function hearSince(told) {
  if (told === undefined) return;
  // Without a worker nothing was asked before.
  const { state } = await askWorker("list").catch(() => ({ state: {} }));
  if (state.rev === undefined) return;
  if (state.rev > told) await askWorker("set", { change: { rev: Math.max(told, 1) } });
  // Without a network this is asked once there is one.
  await askWorker("set", { change: { synced: 0 } });
  askWorker("online").catch(() => {});
}
