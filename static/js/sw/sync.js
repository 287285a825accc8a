// @ts-check
/** Corrections travel; waiting wishes are met; the newest stories come while the phone is idle. */
import { scope } from "./scope.js";
import { save } from "./bundle.js";
import { fetchList } from "./lists.js";
import { placeOf } from "./routes.js";
import { commit, drop, recordIn, records, remember, state } from "./shelf-store.js";
import { cacheOf } from "./routes.js";
import { placeOfRecord, wholeRecords } from "./selfcheck.js";

/** @param {string} path */
const articleAt = (path) =>
  /** @type {KhPlace} */ (placeOf("GET", new URL(path, location.origin).href, location.origin, scope.KH.langs, true));

/**
 * Ask what changed since the last time, and follow it.
 * @param {number} [pause] ms since the last time before asking again
 */
export async function sync(pause = 3e5) {
  const before = await state();
  if (Date.now() - before.synced < pause) return;
  let more = true, rev = before.rev;
  while (more) {
    const res = await fetch("/api/sync?since=" + rev, { credentials: "omit", cache: "no-store", signal: AbortSignal.timeout(8000) });
    if (!res.ok || !res.headers.get("Content-Type")?.includes("json")) return;
    const said = await res.json();
    if (typeof said.rev !== "number") return;
    const held = await records();
    /** @type {KhState["notices"]} */ const notices = [];
    for (const { id, reason } of said.withdrawn)
      for (const record of held.filter((r) => r.id === id)) {
        await drop(record);
        notices.push({ id, title: record.title, reason, at: Date.now() });
      }
    for (const { id, rev: newer, why } of said.changed)
      for (const record of held.filter((r) => r.id === id && r.rev < newer)) {
        // Marked at once: the reader learns of it even if the new text does not come yet.
        if (why === "corrected")
          await commit(await caches.open(cacheOf(id, record.lang)), { ...record, corrected: Date.now() });
        await save(placeOfRecord(record), { why: record.why === "saved" ? "saved" : "auto" });
      }
    more = said.more && said.rev > rev;
    rev = said.rev;
    await remember((now) => {
      now.rev = rev;
      if (!more) now.synced = Date.now();
      now.notices = now.notices.filter((n) => !notices.some((m) => m.id === n.id)).concat(notices).slice(-20);
    });
    if (notices.length) /** @type {any} */ (navigator).setAppBadge?.(notices.length).catch(() => {});
    if (said.min_build > scope.KH.gen) await scope.registration.update();
  }
}

/** Save what waits for the network, one at a time; what fails waits on. */
export async function flush() {
  for (const path of (await state()).queue) {
    await save(articleAt(path), { why: "saved" });
    await remember((now) => { now.queue = now.queue.filter((other) => other !== path); });
  }
}

/**
 * Bring the newest stories, one at a time, until one is slow or fails.
 * @param {{saver?: boolean, cell?: boolean}} line what the page knows of the connection
 */
export async function latest({ saver, cell }) {
  const { auto } = await state();
  const most = saver ? 0 : cell ? Math.min(auto, 5) : auto;
  if (!most) return;
  const held = new Set((await wholeRecords()).map((record) => record.path));
  for (const url of ["/", "/latest"]) {
    const page = await fetchList(url);
    const html = new TextDecoder().decode(page.body);
    if (url === "/") continue;
    const found = [...new Set(Array.from(html.matchAll(/href="(\/a\/\w{8})"/g), (m) => m[1]))].slice(0, most);
    for (const path of found) {
      if (held.has(path)) continue;
      const began = Date.now();
      await save(articleAt(path), { why: "auto" });
      if (Date.now() - began > 6000) return;
    }
  }
}

/** A story the reader asks for later. @param {string} path */
export const enqueue = (path) => remember((now) => { if (!now.queue.includes(path)) now.queue.push(path); });

/** @param {string} name */
export const heldIn = async (name) => ((await caches.has(name)) ? recordIn(await caches.open(name)) : null);
