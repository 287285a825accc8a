// @ts-check
/**
 * Read, check and write .khb files (docs/edition-format.md): the twin of
 * khabarayn/edition/{container,frame,seal}.py. Pure: bytes in, bytes out; nothing is fetched or kept.
 */

/**
 * @typedef {{path: string, kind: string, type: string, size: number, sha256: string, headers: Record<string, string>}} KhbPart
 * @typedef {{at: number, len: number, raw: number, enc: string, paths: string[], make?: number[], source?: string[]}} KhbPack
 * @typedef {{about: string, site: string, id?: string, rev?: number, name?: string, title?: string, issue?: number, told?: number,
 *   headline?: string, assets?: string[], stories?: {id: string, rev: number, role: string}[],
 *   headers: Record<string, string>, parts: Omit<KhbPart, "headers">[]}} KhbSaid
 * @typedef {{says: string, sig: string}} KhbStatement
 * @typedef {{key: string, statements: KhbStatement[], said: KhbSaid[], packs: KhbPack[], start: number,
 *   length: number, parts: Map<string, KhbPart>}} KhbHead
 * @typedef {{start: number, stop: number, packs: KhbPack[]}} KhbRange a run of bytes [start, stop) and the packs in it
 */

const KHB_MAGIC = "KHB1\r\n\x1a\n";
const KHB_PREFIX = 16;
const KHB_HEAD_LIMIT = 4 * 1024 * 1024;
const KHB_PART_LIMIT = 16 * 1024 * 1024;
const KHB_DOMAIN = "khabarayn-khb-1\n";

/** Why a file is refused; the page has the words of each. */
export const KHB_REASONS = /** @type {const} */ (["magic", "short", "head", "key", "signature", "pack", "digest", "extra"]);

/** A file that is refused: `reason` is one of KHB_REASONS. */
export class KhbBroken extends Error {
  /**
   * @param {typeof KHB_REASONS[number]} reason
   * @param {string} [where]
   */
  constructor(reason, where = "") {
    super(reason);
    this.name = "KhbBroken";
    this.reason = reason;
    this.where = where;
  }
}

/** @param {unknown} value */
const khbCount = (value) => Number.isSafeInteger(value) && /** @type {number} */ (value) >= 0;

/** @param {Uint8Array[]} pieces */
function khbJoined(pieces) {
  const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

/** @param {Uint8Array} bytes */
async function khbDigest(bytes) {
  const digest = await crypto.subtle.digest("SHA-256", /** @type {BufferSource} */ (bytes));
  return Array.from(new Uint8Array(digest), (n) => n.toString(16).padStart(2, "0")).join("");
}

/**
 * `bytes` unpacked, never more than the `raw` bytes that were promised.
 * @param {Uint8Array} bytes
 * @param {number} raw
 * @param {"head" | "pack"} reason
 * @param {string} where
 */
async function khbUnzipped(bytes, raw, reason, where) {
  const stream = new Blob([/** @type {BlobPart} */ (bytes)]).stream().pipeThrough(new DecompressionStream("gzip"));
  const reader = stream.getReader();
  const pieces = [];
  let length = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      length += value.length;
      if (length > raw) throw new KhbBroken(reason, where);
      pieces.push(value);
    }
  } catch (error) {
    reader.cancel().catch(() => {});
    throw error instanceof KhbBroken ? error : new KhbBroken(reason, where);
  }
  if (length !== raw) throw new KhbBroken(reason, where);
  return khbJoined(pieces);
}

/**
 * How many bytes from the file's start make its head.
 * @param {Uint8Array} bytes at least 16
 */
export function khbHeadLength(bytes) {
  if (bytes.length < KHB_PREFIX) throw new KhbBroken("short");
  if (String.fromCharCode(...bytes.subarray(0, 8)) !== KHB_MAGIC) throw new KhbBroken("magic");
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  if (view.getUint32(8) > KHB_HEAD_LIMIT || view.getUint32(12) > KHB_HEAD_LIMIT) throw new KhbBroken("head");
  return KHB_PREFIX + view.getUint32(8);
}

/**
 * The head of the file that `bytes` begin; signatures are checked by khbCheck.
 * @param {Uint8Array} bytes
 * @returns {Promise<KhbHead>}
 */
export async function khbHead(bytes) {
  const start = khbHeadLength(bytes);
  if (bytes.length < start) throw new KhbBroken("short");
  const raw = new DataView(bytes.buffer, bytes.byteOffset).getUint32(12);
  const text = await khbUnzipped(bytes.subarray(KHB_PREFIX, start), raw, "head", "");
  try {
    const given = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(text));
    if (given.khb !== 1) throw new KhbBroken("head", "version");
    /** @type {KhbSaid[]} */
    const said = given.statements.map((/** @type {KhbStatement} */ one) => JSON.parse(one.says));
    /** @type {Map<string, KhbPart>} */
    const parts = new Map();
    for (const one of said)
      for (const part of one.parts)
        parts.set(part.path, { ...part, headers: { ...one.headers, .../** @type {any} */ (part).headers } });
    const length = khbLayout(given.packs, parts);
    return { key: String(given.key), statements: given.statements, said, packs: given.packs, start, length: start + length, parts };
  } catch (error) {
    throw error instanceof KhbBroken ? error : new KhbBroken("head");
  }
}

/**
 * The packs' length; refused unless they lie back to back and hold just what is stated. A patch makes
 * parts that have a pack of their own before it.
 * @param {KhbPack[]} packs
 * @param {Map<string, KhbPart>} parts
 */
function khbLayout(packs, parts) {
  let at = 0;
  const seen = new Set();
  for (const pack of packs) {
    if (![pack.at, pack.len, pack.raw].every(khbCount) || pack.at !== at) throw new KhbBroken("head");
    if (!["", "gzip"].includes(pack.enc) || !pack.paths.length || (pack.make && !at)) throw new KhbBroken("head");
    if (pack.source && !pack.make) throw new KhbBroken("head");
    let size = 0;
    for (const path of pack.paths) {
      const part = parts.get(path);
      if (!part || seen.has(path) !== !!pack.source || !khbCount(part.size) || part.size > KHB_PART_LIMIT) throw new KhbBroken("head", path);
      size += part.size;
    }
    for (const path of pack.paths) seen.add(path);
    if (pack.raw > size || (pack.raw !== size && !pack.make)) throw new KhbBroken("head");
    at += pack.len;
  }
  return at;
}

/** @param {string} text base64url, no padding */
function khbFromBase64(text) {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

/**
 * Check that one of `keys` (JSON Web Keys, as /editions/key.json gives them) signed every statement.
 * "signed", or "unchecked" where the browser knows no Ed25519; anything else is refused.
 * @param {KhbHead} head
 * @param {(JsonWebKey & {kid?: string})[]} keys
 * @returns {Promise<"signed" | "unchecked">}
 */
export async function khbCheck(head, keys) {
  const known = keys.find((key) => key.kid === head.key);
  if (!known) throw new KhbBroken("key", head.key);
  const { kty, crv, x } = known;
  let key;
  try {
    key = await crypto.subtle.importKey("jwk", { kty, crv, x }, { name: "Ed25519" }, false, ["verify"]);
  } catch {
    return "unchecked";
  }
  for (const { says, sig } of head.statements) {
    const text = new TextEncoder().encode(KHB_DOMAIN + says);
    let good = false;
    try {
      good = await crypto.subtle.verify({ name: "Ed25519" }, key, khbFromBase64(sig), text);
    } catch {
      good = false;
    }
    if (!good) throw new KhbBroken("signature");
  }
  return "signed";
}

/**
 * What `make` makes of `base` and the literal bytes: exactly `size` bytes.
 * @param {Uint8Array} base
 * @param {number[]} make
 * @param {Uint8Array} literal
 * @param {number} size
 * @param {string} where
 */
function khbMade(base, make, literal, size, where) {
  if (make.length % 3 !== 1 || !make.every(khbCount)) throw new KhbBroken("pack", where);
  const pieces = [];
  let taken = 0;
  for (let n = 0; n + 1 < make.length; n += 3) {
    const [plain, from, length] = make.slice(n, n + 3);
    if (from + length > base.length) throw new KhbBroken("pack", where);
    pieces.push(literal.subarray(taken, taken + plain), base.subarray(from, from + length));
    taken += plain;
  }
  if (taken + make[make.length - 1] !== literal.length) throw new KhbBroken("pack", where);
  const whole = khbJoined([...pieces, literal.subarray(taken)]);
  if (whole.length !== size) throw new KhbBroken("pack", where);
  return whole;
}

/**
 * The parts of `pack` by path, every digest checked. `base` is what the first pack holds, joined; for a
 * patch the parts that its source names.
 * @param {KhbHead} head
 * @param {KhbPack} pack
 * @param {Uint8Array} bytes just the pack's own
 * @param {Uint8Array} [base]
 * @returns {Promise<Map<string, Uint8Array>>}
 */
export async function khbUnpack(head, pack, bytes, base = new Uint8Array()) {
  const where = pack.paths[0];
  if (bytes.length !== pack.len) throw new KhbBroken("short", where);
  let raw = pack.enc ? await khbUnzipped(bytes, pack.raw, "pack", where) : bytes;
  const wanted = pack.paths.map((path) => /** @type {KhbPart} */ (head.parts.get(path)));
  const size = wanted.reduce((sum, part) => sum + part.size, 0);
  if (pack.make) raw = khbMade(base, pack.make, raw, size, where);
  else if (raw.length !== size) throw new KhbBroken("pack", where);
  const found = new Map();
  let at = 0;
  for (const part of wanted) {
    const body = raw.slice(at, at + part.size);
    if ((await khbDigest(body)) !== part.sha256) throw new KhbBroken("digest", part.path);
    found.set(part.path, body);
    at += part.size;
  }
  return found;
}

/**
 * What is still to be fetched by someone who holds parts with the digests `held`: ranges of bytes
 * of the file, those that lie close joined, since a question costs more than a small gap. Patches come
 * first, in place of the packs that they make up for.
 * The first pack is among them when another needs it as its base and it is not held itself.
 * @param {KhbHead} head
 * @param {Set<string>} held
 * @param {number} [gap] bytes
 * @returns {KhbRange[]}
 */
export function khbMissing(head, held, gap = 2048) {
  const patches = head.packs.filter((pack) => pack.source?.every((digest) => held.has(digest)));
  /** @type {KhbPack[]} */
  const wanted = [];
  for (const pack of head.packs) {
    const lacking = pack.paths.filter((path) => !held.has(/** @type {KhbPart} */ (head.parts.get(path)).sha256));
    if (pack.source || !lacking.length) continue;
    wanted.push(patches.find((one) => lacking.every((path) => one.paths.includes(path))) ?? pack);
  }
  /** @type {KhbRange[]} */
  const ranges = [];
  for (const patch of [true, false])
    for (const pack of wanted.filter((one) => !!one.source === patch)) {
      const start = head.start + pack.at;
      const last = ranges[ranges.length - 1];
      if (last && start >= last.stop && start - last.stop <= gap) {
        last.stop = start + pack.len;
        last.packs.push(pack);
      } else ranges.push({ start, stop: start + pack.len, packs: [pack] });
    }
  return ranges;
}

/**
 * Packs as they come whole out of a body that begins at `start` of the file, with their own bytes.
 * A body that ends early ends the walk: what came is good, the rest is asked for again.
 * @param {ReadableStream<Uint8Array>} body
 * @param {number} start
 * @param {KhbHead} head
 * @param {KhbPack[]} wanted in the file's order
 * @param {(bytes: number) => void} [heard] told how many bytes each piece brought
 * @returns {AsyncGenerator<[KhbPack, Uint8Array]>}
 */
export async function* khbArriving(body, start, head, wanted, heard = () => {}) {
  const reader = body.getReader();
  let held = new Uint8Array();
  let at = start;
  try {
    for (const pack of wanted) {
      const first = head.start + pack.at;
      while (at + held.length < first + pack.len) {
        const { done, value } = await reader.read();
        if (done) return;
        heard(value.length);
        held = khbJoined([held, value]);
      }
      yield [pack, held.slice(first - at, first - at + pack.len)];
      held = held.slice(first - at + pack.len);
      at = first + pack.len;
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}

/**
 * The headers that ask for a range of a file whose ETag is known: another issue answers 200, whole.
 * @param {{start: number, stop?: number}} range
 * @param {string} etag empty on the first question
 */
export function khbAsk({ start, stop }, etag) {
  const range = `bytes=${start}-${stop === undefined ? "" : stop - 1}`;
  return etag ? { Range: range, "If-Range": etag } : { Range: range };
}

/**
 * Where the body of an answer begins in the file, and the file's ETag; null when nothing usable came.
 * `same` is false when the file is no longer the one that `etag` named: what was begun starts anew.
 * @param {{status: number, headers: {get(name: string): string | null}}} answer
 * @param {string} etag
 */
export function khbAnswered(answer, etag) {
  const now = answer.headers.get("ETag") || "";
  if (now.startsWith("W/")) return null;
  const same = !etag || now === etag;
  if (answer.status === 200) return { start: 0, etag: now, same };
  const range = /^bytes (\d+)-\d+\/(?:\d+|\*)$/.exec(answer.headers.get("Content-Range") || "");
  return answer.status === 206 && range ? { start: Number(range[1]), etag: now, same } : null;
}

/**
 * A whole file read and checked: an import. The parts come by path.
 * @param {Uint8Array} bytes
 * @param {(JsonWebKey & {kid?: string})[]} keys
 */
export async function khbRead(bytes, keys) {
  const head = await khbHead(bytes);
  const seal = await khbCheck(head, keys);
  if (bytes.length < head.length) throw new KhbBroken("short");
  if (bytes.length > head.length) throw new KhbBroken("extra");
  const parts = new Map();
  let base = new Uint8Array();
  for (const pack of head.packs) {
    if (pack.source) continue;
    const start = head.start + pack.at;
    for (const [path, body] of await khbUnpack(head, pack, bytes.subarray(start, start + pack.len), base))
      parts.set(path, body);
    if (!pack.at) base = khbJoined([...parts.values()]);
  }
  return { head, parts, seal };
}

/**
 * A file to hand on, made of signed statements and the parts they state, as a phone holds them.
 * What the statements do not name is left out; what they name may be absent.
 * @param {string} key the id of the key that signed
 * @param {KhbStatement[]} statements
 * @param {Map<string, Uint8Array>} parts by path
 */
export async function khbWrite(key, statements, parts) {
  const packs = [];
  const bodies = [];
  // Two stories may state the same picture: a path stands in one pack.
  const packed = new Set();
  let at = 0;
  for (const { says } of statements) {
    /** @type {KhbSaid} */
    const said = JSON.parse(says);
    const paths = said.parts.map((part) => part.path).filter((path) => parts.has(path) && !packed.has(path));
    for (const path of paths) packed.add(path);
    const groups = said.about === "pictures" ? paths.map((path) => [path]) : paths.length ? [paths] : [];
    for (const group of groups) {
      const raw = khbJoined(group.map((path) => /** @type {Uint8Array} */ (parts.get(path))));
      const enc = said.about === "pictures" ? "" : "gzip";
      const body = enc ? await khbZipped(raw) : raw;
      packs.push({ at, len: body.length, raw: raw.length, enc, paths: group });
      bodies.push(body);
      at += body.length;
    }
  }
  const head = new TextEncoder().encode(JSON.stringify({ khb: 1, key, statements, packs }));
  const squeezed = await khbZipped(head);
  const prefix = new Uint8Array(KHB_PREFIX);
  prefix.set(Uint8Array.from(KHB_MAGIC, (letter) => letter.charCodeAt(0)));
  new DataView(prefix.buffer).setUint32(8, squeezed.length);
  new DataView(prefix.buffer).setUint32(12, head.length);
  return khbJoined([prefix, squeezed, ...bodies]);
}

/** @param {Uint8Array} bytes */
async function khbZipped(bytes) {
  const stream = new Blob([/** @type {BlobPart} */ (bytes)]).stream().pipeThrough(new CompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/**
 * A part as the response that the worker keeps, just as the site served it.
 * @param {KhbPart} part
 * @param {Uint8Array} body
 */
export function khbResponse(part, body) {
  const headers = new Headers(part.headers);
  headers.set("Content-Type", part.type);
  headers.set("Content-Length", String(part.size));
  headers.set("KH-Len", String(part.size));
  headers.set("KH-Sha256", part.sha256);
  return new Response(/** @type {BodyInit} */ (body), { status: 200, headers });
}
