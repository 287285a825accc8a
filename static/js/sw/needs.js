// @ts-check
/** What a page needs to open whole, read from its HTML: fragments, one width a picture, files. */

/** @param {string} html @param {RegExp} pattern */
const each = (html, pattern) => [
  ...new Set(Array.from(html.matchAll(pattern), (m) => m[1].replaceAll("&amp;", "&"))),
];

/**
 * One address for each picture: the narrowest that is at least `least` pixels wide, AVIF where it is
 * read.
 * @param {string} html
 * @param {boolean} avif
 * @param {number} least
 * @returns {string[]}
 */
export function pictures(html, avif, least) {
  /** @type {Map<string, {path: string, rank: number}>} */
  const best = new Map();
  for (const path of each(html, /["\s,](\/media\/[\w-]+\/[\w-]+\.(?:avif|webp|jpg))/g)) {
    const [, , id, name] = path.split("/");
    const [, crop, width, kind] = /** @type {RegExpExecArray} */ (/^(?:(\w+)-)?(\d+)\.(\w+)$/.exec(name) ?? []);
    if (!width) continue;
    // The smallest that is large enough, else the largest there is; its format decides first.
    const size = +width >= least ? +width - least : 1e4 - +width;
    const rank = size + (kind === (avif ? "avif" : "webp") ? 0 : kind === "jpg" ? 2e5 : 1e5);
    const key = id + crop;
    if (rank < (best.get(key)?.rank ?? Infinity)) best.set(key, { path, rank });
  }
  return Array.from(best.values(), (found) => found.path);
}

/** Addresses of the pieces that come later. @param {string} html */
export const fragments = (html) => each(html, /data-hx-get="((?:\/\w+)?\/_f\/(?:see-also|related)\/[^"]+)"/g);

/** Hashed files the page names. @param {string} html */
export const files = (html) => each(html, /(?:href|src)="(\/static\/[^"#]+)/g);

/**
 * A text between two marks of the HTML, without tags.
 * @param {string} html
 * @param {RegExp} pattern
 */
export const textOf = (html, pattern) =>
  (pattern.exec(html)?.[1] ?? "").replace(/<[^>]*>/g, " ").replace(/&(\w+|#\d+);/g, (all, name) =>
    ({ amp: "&", lt: "<", gt: ">", quot: '"', nbsp: " " })[/** @type {string} */ (name)] ??
    (name[0] === "#" ? String.fromCodePoint(+name.slice(1)) : all)).replace(/\s+/g, " ").trim();
