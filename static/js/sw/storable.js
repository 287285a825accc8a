// @ts-check
/** What may be kept, and whether a body is the one that was sent. */

/**
 * `KH-Cache: article; id=…; rev=…`, read.
 * @param {Headers} headers
 * @returns {{kind: string, id: string, rev: number}}
 */
export function stated(headers) {
  const [kind, ...rest] = (headers.get("KH-Cache") ?? "").split(/\s*;\s*/);
  const values = Object.fromEntries(rest.map((pair) => pair.split("=")));
  return { kind, id: values.id ?? "", rev: +(values.rev ?? 0) };
}

/**
 * Whether an answer may be kept at all, judged by its head.
 * @param {{status: number, type: string, redirected: boolean, headers: Headers}} res
 */
export const mayKeep = ({ status, type, redirected, headers }) =>
  (status === 200 || status === 204) && type === "basic" && !redirected && headers.has("KH-Cache") &&
  !headers.has("Set-Cookie") && !/private|no-store/.test(headers.get("Cache-Control") ?? "");

/**
 * Whether a body has the length and the digest its headers promise; false without a promise.
 * @param {Headers} headers
 * @param {ArrayBuffer} body
 */
export async function intact(headers, body) {
  if (headers.get("KH-Len") !== "" + body.byteLength) return false;
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", body));
  return headers.get("KH-Sha256") === Array.from(digest, (n) => n.toString(16).padStart(2, "0")).join("");
}

/**
 * What is stored under `url`, when it is still as it was sent.
 * @param {string} url
 * @param {string} [cacheName] any, when none is named
 * @returns {Promise<KhPart | undefined>}
 */
export async function stored(url, cacheName) {
  const res = await caches.match(url, { cacheName });
  const body = await res?.arrayBuffer();
  if (res && body && (await intact(res.headers, body))) return { url, res, body };
}
