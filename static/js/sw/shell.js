// @ts-check
/** The shell: pages, sheets, scripts and faces that must be there before anything else. */
import { answer, keepable } from "./fetching.js";
import { pathOf, records, withRoom } from "./shelf-store.js";
import { scope } from "./scope.js";

const SHELL = "kh-shell-";
const FILES = "kh-files";
const here = () => SHELL + scope.KH.build;
const shells = async () => (await caches.keys()).filter((name) => name.startsWith(SHELL));

/** Fetch the whole shell, each body verified, or reject: an old worker then stays. */
export async function install() {
  const parts = await Promise.all(scope.KH.shell.map((url) => keepable(url, "no-cache", 30000)));
  const cache = await caches.open(here());
  for (const part of parts) await cache.put(part.url, answer(part));
}

/** What is kept for `key`: in this shell, among loose files, in the shell before. @param {string} key */
export async function fromShell(key) {
  for (const cacheName of [here(), FILES, ...(await shells())]) {
    const found = await caches.match(key, { cacheName });
    if (found) return found;
  }
}

/** The page that says what opens without a network. */
export const offlinePage = async () => (await fromShell("/offline")) ?? Response.error();

/** Make sure that hashed files a bundle names are on the phone. @param {string[]} urls */
export async function keepFiles(urls) {
  for (const url of urls) {
    if (await fromShell(url)) continue;
    const part = await keepable(url, "default");
    await withRoom(async () => (await caches.open(FILES)).put(url, answer(part)));
  }
}

/** Hashed files and pages that the device fills: held, or from the network. @param {KhFetch} _ @param {KhPlace} place */
export const shell = async (_, { key }) => (await fromShell(key)) ?? fetch(key);

/** Drop shells but this one and the last, after rescuing the files that saved articles name. */
export async function tidy() {
  const needed = new Set((await records()).flatMap((record) => record.assets));
  const files = await caches.open(FILES);
  // A sheet names its faces, which rarely change: they are never dropped for their own sake.
  /** @param {Request} key */
  const wanted = (key) => needed.has(pathOf(key)) || key.url.endsWith("2");
  const old = (await shells()).filter((name) => name !== here()).slice(0, -1);
  for (const name of [FILES, ...old]) {
    const cache = await caches.open(name);
    for (const key of await cache.keys()) {
      const kept = wanted(key) && (await cache.match(key));
      await (kept ? files.put(key, kept) : cache.delete(key));
    }
    if (name !== FILES) await caches.delete(name);
  }
}
