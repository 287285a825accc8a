/**
 * Files that Python wrote, read as a phone reads them. KHB_FIXTURES names the folder that
 * tests/edition/test_twin.py wrote.
 */
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import {
  KhbBroken, khbAnswered, khbArriving, khbAsk, khbCheck, khbHead, khbHeadLength, khbMissing, khbRead,
  khbResponse, khbUnpack, khbWrite,
} from "../../static/js/pure/khb.js";

const folder = process.env.KHB_FIXTURES;
const skip = folder ? false : "KHB_FIXTURES is not set: run tests/edition/test_twin.py";
const bytes = (/** @type {string} */ name) => new Uint8Array(readFileSync(join(folder, name)));
const keys = () => JSON.parse(readFileSync(join(folder, "key.json"), "utf-8")).keys;
const told = () => JSON.parse(readFileSync(join(folder, "parts.json"), "utf-8"));
const hex = async (/** @type {Uint8Array} */ body) =>
  Buffer.from(await crypto.subtle.digest("SHA-256", body)).toString("hex");
const refused = (/** @type {string} */ reason) => (/** @type {unknown} */ error) =>
  error instanceof KhbBroken && error.reason === reason;

for (const name of ["text.khb", "full.khb", "story.khb", "next.khb"]) {
  test(`${name} opens, signed, with every part that Python put in`, { skip }, async () => {
    const { parts, seal, head } = await khbRead(bytes(name), keys());
    assert.equal(seal, "signed");
    const wanted = told()[name];
    assert.deepEqual([...parts.keys()].sort(), Object.keys(wanted).sort());
    for (const [path, body] of parts) assert.equal(await hex(body), wanted[path]);
    assert.equal(head.length, bytes(name).length);
  });
}

test("a part becomes the very response that the site gave", { skip }, async () => {
  const { parts, head } = await khbRead(bytes("story.khb"), keys());
  const [path, body] = [...parts][0];
  const response = khbResponse(head.parts.get(path), body);
  assert.equal(response.headers.get("Content-Type"), "text/html; charset=utf-8");
  assert.equal(response.headers.get("Content-Security-Policy"), "default-src 'none'");
  assert.equal(response.headers.get("KH-Cache"), "article; id=x");
  assert.equal(response.headers.get("KH-Len"), String(body.length));
  assert.equal(await hex(new Uint8Array(await response.arrayBuffer())), response.headers.get("KH-Sha256"));
});

test("any changed byte is refused, or changes nothing", { skip }, async () => {
  const good = bytes("story.khb");
  const wanted = told()["story.khb"];
  for (let at = 0; at < good.length; at += 3) {
    const bad = good.slice();
    bad[at] ^= 1;
    let read;
    try {
      read = await khbRead(bad, keys());
    } catch (error) {
      assert.ok(error instanceof KhbBroken, `${at}: ${error}`);
      assert.ok(error.message);
      continue;
    }
    for (const [path, body] of read.parts) assert.equal(await hex(body), wanted[path], String(at));
  }
});

test("a short, a longer, a foreign and a forged file are refused in words", { skip }, async () => {
  const good = bytes("story.khb");
  await assert.rejects(khbRead(good.slice(0, -1), keys()), refused("short"));
  await assert.rejects(khbRead(good.slice(0, 20), keys()), refused("short"));
  await assert.rejects(khbRead(new Uint8Array([...good, 0]), keys()), refused("extra"));
  await assert.rejects(khbRead(new TextEncoder().encode("<!doctype html><title>"), keys()), refused("magic"));
  await assert.rejects(khbRead(good, []), refused("key"));
  await assert.rejects(khbRead(bytes("forged.khb"), keys()), refused("signature"));
});

test("a browser without Ed25519 says so instead of pretending", { skip }, async () => {
  const head = await khbHead(bytes("story.khb"));
  const real = crypto.subtle.importKey;
  crypto.subtle.importKey = () => Promise.reject(new DOMException("no", "NotSupportedError"));
  try {
    assert.equal(await khbCheck(head, keys()), "unchecked");
  } finally {
    crypto.subtle.importKey = real;
  }
});

test("stories open while the file is still coming, and a cut keeps what came", { skip }, async () => {
  const file = bytes("text.khb");
  const head = await khbHead(file.slice(0, khbHeadLength(file)));
  const cut = head.start + head.packs[3].at + 5;
  const body = new ReadableStream({
    start(controller) {
      for (let at = head.start; at < cut; at += 700) controller.enqueue(file.slice(at, Math.min(at + 700, cut)));
      controller.close();
    },
  });
  const held = new Set();
  let base;
  let heard = 0;
  for await (const [pack, own] of khbArriving(body, head.start, head, head.packs, (n) => (heard += n))) {
    const parts = await khbUnpack(head, pack, own, base);
    base ??= Buffer.concat([...parts.values()]);
    for (const path of parts.keys()) held.add(head.parts.get(path).sha256);
  }
  assert.equal(heard, cut - head.start);
  const rest = khbMissing(head, held);
  assert.equal(rest[0].start, head.start + head.packs[3].at);
  assert.equal(rest.at(-1).stop, head.length);
  assert.deepEqual(khbMissing(head, new Set([...head.parts.values()].map((part) => part.sha256))), []);
});

test("the next edition asks only for what is new, in joined ranges", { skip }, async () => {
  const old = await khbHead(bytes("text.khb"));
  const next = await khbHead(bytes("next.khb"));
  const held = new Set([...old.parts.values()].map((part) => part.sha256));
  const ranges = khbMissing(next, held, 0);
  const asked = ranges.reduce((sum, range) => sum + range.stop - range.start, 0) + next.start;
  assert.equal(asked, told().moved);
  assert.ok(asked < next.length);
  assert.ok(khbMissing(next, held, 1 << 20).length <= ranges.length);
});

test("what changed since the last edition is made out of what is held", { skip }, async () => {
  const old = await khbRead(bytes("text.khb"), keys());
  const file = bytes("next.khb");
  const head = await khbHead(file);
  const held = new Map([...old.parts].map(([path, body]) => [old.head.parts.get(path).sha256, body]));
  const packs = khbMissing(head, new Set(held.keys())).flatMap((range) => range.packs);
  assert.ok(packs[0].source, "patches come first");
  for (const pack of packs) {
    const digests = pack.source ?? head.packs[0].paths.map((path) => head.parts.get(path).sha256);
    const base = pack.make && Buffer.concat(digests.map((digest) => held.get(digest)));
    const start = head.start + pack.at;
    for (const [path, body] of await khbUnpack(head, pack, file.subarray(start, start + pack.len), base))
      held.set(head.parts.get(path).sha256, body);
  }
  for (const digest of Object.values(told()["next.khb"])) assert.ok(held.has(digest));
  const patched = head.packs.find((pack) => pack.source);
  const without = new Set([...held.keys()].filter((digest) => !patched.source.includes(digest)));
  for (const path of patched.paths) without.delete(head.parts.get(path).sha256);
  assert.ok(khbMissing(head, without).every((range) => range.packs.every((pack) => !pack.source)));
});

test("a download goes on only in the same issue", () => {
  const answer = (status, headers) => ({ status, headers: new Headers(headers) });
  assert.deepEqual(khbAsk({ start: 100 }, '"a"'), { Range: "bytes=100-", "If-Range": '"a"' });
  assert.deepEqual(khbAsk({ start: 0, stop: 16 }, ""), { Range: "bytes=0-15" });
  assert.deepEqual(khbAnswered(answer(206, { ETag: '"a"', "Content-Range": "bytes 100-199/200" }), '"a"'),
    { start: 100, etag: '"a"', same: true });
  assert.deepEqual(khbAnswered(answer(200, { ETag: '"b"' }), '"a"'), { start: 0, etag: '"b"', same: false });
  assert.equal(khbAnswered(answer(503, {}), '"a"'), null);
  assert.equal(khbAnswered(answer(206, { ETag: 'W/"a"', "Content-Range": "bytes 0-1/2" }), ""), null);
});

test("a phone writes a file to hand on that opens on another phone and in Python", { skip }, async () => {
  const { head, parts } = await khbRead(bytes("full.khb"), keys());
  const id = head.said.find((said) => said.about === "article").id;
  const chosen = head.statements.filter((_, n) => head.said[n].id === id);
  const file = await khbWrite(head.key, chosen, parts);
  const again = await khbRead(file, keys());
  assert.equal(again.seal, "signed");
  assert.ok([...again.parts.keys()].some((path) => path.startsWith("/media/")));
  for (const [path, body] of again.parts) assert.deepEqual(Buffer.from(body), Buffer.from(parts.get(path)));
  writeFileSync(join(folder, "handed-on.khb"), file);
});

test("what two statements name stands in a file once", { skip }, async () => {
  const { head, parts } = await khbRead(bytes("full.khb"), keys());
  const twice = [...head.statements, ...head.statements];
  const again = await khbRead(await khbWrite(head.key, twice, parts), keys());
  assert.deepEqual([...again.parts.keys()].sort(), [...parts.keys()].sort());
});
