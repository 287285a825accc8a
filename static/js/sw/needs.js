// @ts-check
/** What a page needs to open whole, read from its HTML: fragments, one width a picture, files. */

/** @param {string} html @param {RegExp} pattern */
const each = (html, pattern) => [...new Set(Array.from(html.matchAll(pattern), (m) => m[1].replaceAll("&amp;", "&")))];

/** Name of a rendition: picture, crop, width, format. @param {string} path */
export const rendition = (path) => /\/media\/([^/]+)\/(?:(\w+)-)?(\d+)\.(\w+)$/.exec(path) ?? [];

/**
 * One address for each picture: the narrowest that is at least `least` pixels wide, AVIF where it is
 * read.
 * @param {string} html
 * @param {boolean} avif
 * @param {number} least
 * @returns {string[]}
 */
export function pictures(html, avif, least) {
  /** @type {Record<string, [number, string]>} */
  const best = {};
  for (const path of each(html, /["\s,](\/media\/[\w-]+\/[\w-]+\.(?:avif|webp|jpg))/g)) {
    const [, id, crop, width, format] = rendition(path);
    // The smallest that is large enough, else the largest there is; its format decides first.
    const size = +width >= least ? +width : 1e5 - +width;
    const rank = size + (format === (avif ? "avif" : "webp") ? 0 : format === "jpg" ? 2e6 : 1e6);
    if (!(best[id + crop]?.[0] <= rank)) best[id + crop] = [rank, path];
  }
  return Object.values(best).map(([, path]) => path);
}

/** Addresses of the pieces that come later. @param {string} html */
export const fragments = (html) => each(html, /data-hx-get="([^"]*\/_f\/(?:see-also|related)\/[^"]+)"/g);

/** Hashed files the page names in an href or src. @param {string} html */
export const files = (html) => each(html, /[fc]="(\/(?:static|face)\/[^"]+)"/g);

/**
 * The text between two marks of the HTML, without tags.
 * @param {string} html
 * @param {RegExp} pattern
 */
export const textOf = (html, pattern) =>
  (pattern.exec(html)?.[1] ?? "")
    .replace(/<[^>]*>/g, " ")
    .replace(/&(#?)(\w+);/g, (_, code, name) => (code ? String.fromCharCode(name) : name === "amp" ? "&" : " "))
    .replace(/\s+/g, " ")
    .trim();
