// @ts-check
/** The shell: pages, sheets, scripts and faces that must be there before anything else. */
import { scope } from "./scope.js";
import { answer, keepable } from "./fetching.js";
import { records, withRoom } from "./shelf-store.js";

const SHELL = "kh-shell-";
export const FILES = "kh-files";
const here = () => SHELL + scope.KH.build;

/** Fetch the whole shell, each body verified, or reject: an old worker then stays. */
export async function install() {
  const parts = await Promise.all(
    scope.KH.shell.map((url) => keepable(url, { head: 30000, body: 30000, cache: url[1] === "s" && url[7] === "/" ? "default" : "no-cache" })),
  );
  const cache = await caches.open(here());
  for (const part of parts) await cache.put(part.url, answer(part));
}

/**
 * The answer kept for `key` in this shell, among loose files, or in the shell before.
 * @param {string} key
 */
export async function fromShell(key) {
  const names = (await caches.keys()).filter((name) => name.startsWith(SHELL));
  for (const cacheName of [here(), FILES, ...names]) {
    const found = await caches.match(key, { cacheName, ignoreVary: true });
    if (found) return found;
  }
}

/** The page that says what opens without a network. @param {string} lang */
export const offlinePage = async (lang = "") =>
  (await fromShell((lang && "/" + lang) + "/offline")) ?? (await fromShell("/offline")) ?? Response.error();

/** Make sure that hashed files a bundle names are on the phone. @param {string[]} urls */
export async function keepFiles(urls) {
  for (const url of urls) {
    if (await fromShell(url)) continue;
    const part = await keepable(url, { head: 8000, body: 12000, cache: "default" });
    await withRoom(async () => (await caches.open(FILES)).put(url, answer(part)));
  }
}

/** @param {string} key */
export async function asset(key) {
  const held = await fromShell(key);
  if (held) return held;
  const res = await fetch(key, { credentials: "omit" });
  return res;
}

/** Drop shells but this one and the last, after rescuing the files that saved articles name. */
export async function tidy() {
  const names = (await caches.keys()).filter((name) => name.startsWith(SHELL) && name !== here());
  const needed = new Set((await records()).flatMap((record) => record.assets));
  const files = await caches.open(FILES);
  for (const name of names.slice(0, -1)) {
    const old = await caches.open(name);
    for (const key of await old.keys()) {
      const { pathname } = new URL(key.url);
      // Sheets name their faces, which rarely change: they come along.
      const wanted = needed.has(pathname) || (needed.size && pathname.endsWith(".woff2"));
      const found = wanted && !(await caches.match(key, { cacheName: here() })) && (await old.match(key));
      if (found) await files.put(key, found);
    }
    await caches.delete(name);
  }
  for (const key of await files.keys()) {
    const { pathname } = new URL(key.url);
    if (!needed.has(pathname) && !pathname.endsWith(".woff2")) await files.delete(key);
  }
}
