// @ts-check
/** Fetch a whole body under a deadline, or nothing; what is abandoned is aborted. */
import { intact, mayKeep } from "./storable.js";

/**
 * The whole answer. Rejects when headers take longer than `head` ms or the body `body` ms more, when
 * the body is not the one its headers promise, and when the network fails.
 * @param {string} url
 * @param {{head?: number, body?: number, cache?: RequestCache}} [limits]
 * @returns {Promise<KhPart>}
 */
export async function whole(url, { head = 3000, body = 3000, cache = "no-cache" } = {}) {
  const stop = new AbortController();
  let timer = setTimeout(() => stop.abort(), head);
  try {
    const res = await fetch(url, { credentials: "omit", redirect: "manual", cache, signal: stop.signal });
    clearTimeout(timer);
    timer = setTimeout(() => stop.abort(), body);
    const bytes = await res.arrayBuffer();
    if (res.headers.has("KH-Len") && !(await intact(res.headers, bytes))) throw new TypeError("cut");
    return { url, res, body: bytes };
  } finally {
    clearTimeout(timer);
  }
}

/**
 * `whole`, and rejects what may not be kept: for storing.
 * @param {string} url
 * @param {Parameters<typeof whole>[1]} [limits]
 */
export async function keepable(url, limits) {
  const part = await whole(url, limits);
  if (!mayKeep(part.res)) throw new TypeError(part.res.status + " " + url);
  return part;
}

/**
 * The answer as a Response that can be stored and shown.
 * @param {KhPart} part
 * @param {BodyInit} [body]
 */
export function answer({ res, body: bytes }, body = bytes) {
  // A redirect that was not followed cannot be rebuilt; the browser takes it as it is.
  if (res.type === "opaqueredirect") return res;
  const { status, statusText, headers } = res;
  return new Response(status === 204 || status === 304 ? null : body, { status, statusText, headers });
}

/** Bytes that came over the network for it: compressed, where the server says so.
 * @param {KhPart} part */
export const weight = ({ res, body }) => +(res.headers.get("Content-Length") || body.byteLength);
