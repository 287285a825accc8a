import assert from "node:assert/strict";
import test, { beforeEach } from "node:test";

/** The Cache Storage of a phone, with room for `quota` bytes and a power cut after `cut` writes. */
class Phone {
  /** @type {Map<string, Map<string, {res: Response, bytes: number}>>} */ held = new Map();
  quota = Infinity;
  cut = Infinity;
  used = () => [...this.held.values()].flatMap((cache) => [...cache.values()]).reduce((sum, e) => sum + e.bytes, 0);
  keys = async () => [...this.held.keys()];
  has = async (/** @type {string} */ name) => this.held.has(name);
  delete = async (/** @type {string} */ name) => this.held.delete(name);
  match = async (/** @type {string} */ key, /** @type {{cacheName: string}} */ { cacheName }) => this.held.get(cacheName)?.get(key)?.res.clone();
  open = async (/** @type {string} */ name) => {
    const entries = this.held.get(name) ?? new Map();
    this.held.set(name, entries);
    return {
      put: async (/** @type {string} */ key, /** @type {Response} */ res) => {
        if (this.cut-- <= 0) throw new Error("the power is gone");
        const bytes = (await res.clone().arrayBuffer()).byteLength;
        if (this.used() + bytes > this.quota) throw Object.assign(new Error("full"), { name: "QuotaExceededError" });
        entries.set(key, { res, bytes });
      },
      match: async (/** @type {string} */ key) => entries.get(key)?.res.clone(),
      delete: async (/** @type {any} */ key) => entries.delete(typeof key === "string" ? key : key.url.slice(HOME.length)),
      keys: async () => [...entries.keys()].map((key) => ({ url: HOME + key })),
    };
  };
}
const HOME = "https://khabarayn.example";
/** @type {any} */ (globalThis).self ??= globalThis;
/** @type {any} */ (globalThis).location = { origin: HOME };
let phone = new Phone();
Object.defineProperty(globalThis, "caches", { get: () => phone, configurable: true });
const store = await import("../../static/js/sw/shelf-store.js");

beforeEach(() => (phone = new Phone()));

/** @param {string} id @param {number} size @param {object} [more] @returns {[KhRecord, KhPart[]]} */
function bundle(id, size, more) {
  const path = "/a/" + id;
  const body = new Uint8Array(size).buffer;
  const record = { id, lang: "", path, rev: 1, at: 1, read: Date.now(), pin: false, why: "read", title: id, section: "", bytes: size, parts: [path], assets: [], ...more };
  return [record, [{ url: path, res: new Response(null), body }]];
}

test("a bundle counts from the moment its record is written", async () => {
  await store.writeBundle(...bundle("jtqfchfh", 100), "نص");
  assert.deepEqual((await store.records()).map((r) => r.id), ["jtqfchfh"]);
  assert.equal(await (await phone.match("/kh/text", { cacheName: "kh-a1-jtqfchfh" }))?.text(), "نص");
});

test("cut at any write, nothing is claimed and nothing is left", async () => {
  for (const cut of [0, 1, 2]) {
    phone = new Phone();
    phone.cut = cut;
    await assert.rejects(store.writeBundle(...bundle("jtqfchfh", 100), ""));
    phone.cut = Infinity;
    assert.deepEqual(await store.records(), []);
    assert.deepEqual(await phone.keys(), []);
  }
});

test("a save that fails over an older one leaves the older one whole", async () => {
  await store.writeBundle(...bundle("jtqfchfh", 100), "");
  phone.cut = 0;
  await assert.rejects(store.writeBundle(...bundle("jtqfchfh", 200, { rev: 2 }), ""));
  assert.equal((await store.records())[0].rev, 1);
});

test("parts that a newer revision no longer has are taken away after it is written", async () => {
  const [record, parts] = bundle("jtqfchfh", 10, { parts: ["/a/jtqfchfh", "/media/x/800.avif"] });
  await store.writeBundle(record, [...parts, { ...parts[0], url: "/media/x/800.avif" }], "");
  await store.writeBundle(...bundle("jtqfchfh", 10, { rev: 2 }), "");
  assert.deepEqual([...(phone.held.get("kh-a1-jtqfchfh") ?? new Map()).keys()].sort(), ["/a/jtqfchfh", "/kh/commit", "/kh/text"]);
});

test("a full phone makes room among copies, oldest-read first, and never among pins", async () => {
  phone.quota = 10_000;
  await store.writeBundle(...bundle("pppppppp", 2000, { pin: true, read: 1 }), "");
  for (let n = 2; n < 10; n++) {
    await store.writeBundle(...bundle("" + n, 2000, { read: Date.now() + n }), "");
  }
  const held = (await store.records()).map((r) => r.id);
  assert.ok(held.includes("pppppppp"));
  assert.ok(held.includes("9"));
  assert.ok(!held.includes("2"));
});

test("pins beyond their budget are refused in words, before anything is written", async () => {
  await assert.rejects(store.writeBundle(...bundle("jtqfchfh", 10, { pin: true, bytes: 251 * 2 ** 20 }), ""), /full/);
  assert.deepEqual(await store.records(), []);
});

test("what is remembered changes in turns, and survives a change that fails", async () => {
  await Promise.all([1, 2, 3].map((n) => store.remember((now) => void now.queue.push("/a/" + n))));
  await store.remember(() => { throw new Error("no"); });
  await store.remember((now) => void now.queue.push("/a/4"));
  assert.deepEqual((await store.state()).queue, ["/a/1", "/a/2", "/a/3", "/a/4"]);
});
