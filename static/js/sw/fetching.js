// @ts-check
/** Fetch a whole body under a deadline, or nothing; what is abandoned is aborted. */
import { intact, mayKeep } from "./storable.js";

/**
 * The whole answer. Rejects when headers take longer than `head` ms or the body `rest` ms more, when
 * the body is not the one its headers promise, and when the network fails.
 * @param {string} url
 * @param {number} [head]
 * @param {number} [rest]
 * @param {RequestCache} [cache]
 * @returns {Promise<KhPart>}
 */
export async function whole(url, head = 3000, rest = head, cache = "no-cache") {
  const stop = new AbortController();
  const abort = () => stop.abort();
  let timer = setTimeout(abort, head);
  try {
    const res = await fetch(url, { credentials: "omit", redirect: "manual", cache, signal: stop.signal });
    clearTimeout(timer);
    timer = setTimeout(abort, rest);
    const body = await res.arrayBuffer();
    if (!res.headers.has("KH-Len") || (await intact(res.headers, body))) return { url, res, body };
    // A cut body may lie in the browser's own cache, where asking whether it changed would keep it.
    if (cache === "reload") throw Error("cut");
    return await whole(url, head, rest, "reload");
  } finally {
    clearTimeout(timer);
  }
}

/**
 * `whole`, patiently, for storing: rejects what may not be kept, with the status as its message.
 * @param {string} url
 * @param {RequestCache} [cache]
 * @param {number} [ms]
 */
export async function keepable(url, cache = "no-cache", ms = 12000) {
  const part = await whole(url, ms, ms, cache);
  if (!mayKeep(part.res)) throw Error("" + part.res.status);
  return part;
}

/**
 * The answer as a Response that can be stored and shown.
 * @param {{res: Response, body: ArrayBuffer}} part
 * @param {BodyInit} [body]
 */
export function answer({ res, body: bytes }, body = bytes) {
  const { status, headers } = res;
  // A redirect that was not followed cannot be rebuilt; the browser takes it as it is.
  return status ? new Response(status === 204 ? null : body, { status, headers }) : res;
}
