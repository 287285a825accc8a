// @ts-check
/** Where an address belongs, decided from the address alone. */

const ARTICLE_PATH = /^\/a\/([2-9bcdfghjkmnp-tv-z]{8})(?:\/|$)/;
const OWN_FRAGMENT = /^\/_f\/(?:see-also|related)\/([2-9bcdfghjkmnp-tv-z]{8})(?:\/|$)/;
const LIST_PATH = /^\/(?:latest|editions|about|[st]\/.+|by\/.+|editions\/[^.]+)?$/;
const NEVER_PATH = /^\/(?:newsroom|login|logout|_me|api|sw\.js|healthz|readyz|share)(?:\/|$)/;
const PAGE_OF_DEVICE = /^\/(?:saved|offline)$/;

/**
 * The place of an address, or null for what the worker must not touch.
 * @param {string} method
 * @param {string} address absolute
 * @param {string} origin
 * @param {string[]} langs prefixes of the other languages
 * @param {boolean} navigating
 * @returns {KhPlace | null}
 */
export function placeOf(method, address, origin, langs, navigating) {
  const url = new URL(address);
  if (method !== "GET" || url.origin !== origin) return null;
  const first = url.pathname.split("/", 2)[1];
  const lang = langs.includes(first) ? first : "";
  const path = (lang ? url.pathname.slice(lang.length + 1) : url.pathname) || "/";
  const prefix = lang && "/" + lang;
  /** @param {string} kind @param {string} [key] @param {string} [id] */
  const place = (kind, key = path, id = "") => ({ kind, key: prefix + key, id, lang });
  if (NEVER_PATH.test(path)) return null;
  if (path.startsWith("/static/")) return place("asset");
  if (path.startsWith("/media/")) return { ...place("image"), id: path.split("/")[2] };
  if (path.startsWith("/_f/"))
    return place("fragment", path + url.search, OWN_FRAGMENT.exec(path)?.[1]);
  if (!navigating) return null;
  const article = ARTICLE_PATH.exec(path);
  if (article) return place("article", "/a/" + article[1], article[1]);
  if (PAGE_OF_DEVICE.test(path)) return place("device");
  if (LIST_PATH.test(path) && !url.searchParams.has("before")) return place("list");
  return place("page", path + url.search);
}

/**
 * The name of the cache that holds an article: one for each language it was saved in.
 * @param {string} id
 * @param {string} lang
 */
export const cacheOf = (id, lang) => "kh-a1-" + (lang && lang + ".") + id;
