// @ts-check
/** Where an address belongs, decided from the address alone. */
import { scope } from "./scope.js";

const STORY = "([2-9bcdfghjkmnp-tv-z]{8})(?:/|$)";
const ARTICLE_PATH = RegExp("^/a/" + STORY);
const OWN_FRAGMENT = RegExp("^/_f/(?:see-also|related)/" + STORY);
// In a further language the pages of the device are kept like lists: once they were seen.
const LIST_PATH = /^\/(?:latest|saved|offline|settings|sections|(?:[spt]|by)\/.+|editions(?:\/[^.]+)?)?$/;
const NEVER_PATH = /^\/(?:newsroom|log(?:in|out)|_me|api|\w+z)(?:\/|$)|\.\w+$/;

/**
 * The place of an address, or null for what the worker must not touch.
 * @param {string} address
 * @param {boolean} [navigating]
 * @param {string} [origin]
 * @param {string[]} [langs] prefixes of the other languages
 * @returns {KhPlace | null}
 */
export function placeOf(address, navigating = true, origin = location.origin, langs = scope.KH.langs) {
  const { pathname, search, searchParams, origin: its } = new URL(address, origin);
  if (its !== origin) return null;
  const lang = langs.find((one) => pathname.startsWith(`/${one}/`)) ?? "";
  const prefix = lang && "/" + lang;
  const path = pathname.slice(prefix.length);
  /** @param {string} kind @param {string} [id] @param {string} [key] */
  const place = (kind, id = "", key = path) => ({ kind, id, lang, key: prefix + key });
  const [, top, second] = path.split("/");
  if (top === "static" || top === "face") return place("shell");
  if (top === "media") return place("image", second);
  if (top === "_f") return place("fragment", OWN_FRAGMENT.exec(path)?.[1], path + search);
  if (!navigating || NEVER_PATH.test(path)) return null;
  const id = ARTICLE_PATH.exec(path)?.[1];
  if (id) return place("article", id, "/a/" + id);
  if (!lang && /^\/(?:saved|offline|settings)$/.test(path)) return place("shell");
  if (LIST_PATH.test(path) && !searchParams.has("before")) return place("list");
  return place("page", "", path + search);
}

/**
 * The name of the cache that holds an article: one for each language it was saved in.
 * @param {{id: string, lang: string}} story
 */
export const cacheOf = ({ id, lang }) => "kh-a1-" + (lang && lang + ".") + id;
