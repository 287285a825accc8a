import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import test from "node:test";

globalThis.self ??= /** @type {any} */ (globalThis);
globalThis.location ??= /** @type {any} */ ({ origin: "https://khabarayn.example" });

const { cacheOf, placeOf } = await import("../../static/js/sw/routes.js");
const { intact, mayKeep, stated } = await import("../../static/js/sw/storable.js");
const { AUTOMATIC, pinned, surplus } = await import("../../static/js/sw/evict.js");
const { files, fragments, pictures, textOf } = await import("../../static/js/sw/needs.js");
const { standIn } = await import("../../static/js/sw/images.js");

const HOME = "https://khabarayn.example";
/** @param {string} path @param {boolean} [navigating] */
const at = (path, navigating = true) => placeOf(HOME + path, navigating, HOME, ["en"]);

test("every class of address has its strategy", () => {
  for (const [path, kind, key] of /** @type {const} */ ([
    ["/", "list", "/"], ["/?from=app", "list", "/"], ["/latest", "list", "/latest"], ["/s/world/china", "list", "/s/world/china"],
    ["/t/%D8%A2%D8%B3%D9%8A%D8%A7", "list", "/t/%D8%A2%D8%B3%D9%8A%D8%A7"], ["/by/news-desk", "list", "/by/news-desk"],
    ["/latest?before=1.abc", "page", "/latest?before=1.abc"], ["/a/jtqfchfh", "article", "/a/jtqfchfh"],
    ["/a/jtqfchfh/%D8%AE%D8%A8%D8%B1", "article", "/a/jtqfchfh"], ["/en/a/jtqfchfh", "article", "/en/a/jtqfchfh"],
    ["/saved", "shell", "/saved"], ["/en/offline", "list", "/en/offline"], ["/search?q=x", "page", "/search?q=x"],
    ["/editions", "list", "/editions"], ["/editions/2026-11-23-am", "list", "/editions/2026-11-23-am"], ["/english", "page", "/english"],
  ])) {
    const place = at(path);
    assert.deepEqual([place?.kind, place?.key], [kind, key], path);
  }
  assert.deepEqual(at("/_f/see-also/jtqfchfh/2", false), { kind: "fragment", id: "jtqfchfh", lang: "", key: "/_f/see-also/jtqfchfh/2" });
  assert.deepEqual(at("/_f/section/news?ids=a.b", false), { kind: "fragment", id: "", lang: "", key: "/_f/section/news?ids=a.b" });
  assert.equal(at("/media/abc/16x9-800.avif", false)?.id, "abc");
  assert.equal(at("/static/css/app.0123456789ab.css", false)?.kind, "shell");
  assert.equal(at("/face/0123456789ab/favicon.svg", false)?.kind, "shell");
  assert.equal(at("/settings")?.kind, "shell", "the settings open without a network");
});

test("what the worker must not touch, it does not touch", () => {
  for (const path of ["/newsroom", "/newsroom/a/jtqfchfh", "/login", "/logout", "/_me/name", "/api/sync?since=1", "/sw.js",
    "/healthz", "/feed.xml", "/editions/2026-11-23-am.khb", "/editions/2026-11-23-am.epub", "/en/newsroom/x"])
    assert.equal(at(path), null, path);
  assert.equal(at("/a/jtqfchfh", false), null, "only a navigation is a page");
  assert.equal(placeOf("https://elsewhere.example/a/jtqfchfh", true, HOME, []), null);
  assert.equal(at("/a/JTQFCHFH")?.kind, "page", "no id of ours");
});

test("each language has its own bundle", () => {
  assert.equal(cacheOf({ id: "jtqfchfh", lang: "" }), "kh-a1-jtqfchfh");
  assert.equal(cacheOf({ id: "jtqfchfh", lang: "en" }), "kh-a1-en.jtqfchfh");
});

const GOOD = { "KH-Cache": "article; id=jtqfchfh; rev=3", "Cache-Control": "max-age=30" };
/** @param {object} [headers] @param {object} [more] */
const answered = (headers, more) => /** @type {any} */ ({ status: 200, type: "basic", redirected: false, headers: new Headers({ ...GOOD, ...headers }), ...more });

test("only what says so, whole and public, may be kept", () => {
  assert.ok(mayKeep(answered()));
  for (const [why, res] of /** @type {[string, any][]} */ ([
    ["a cookie", answered({ "Set-Cookie": "a=1" })], ["private", answered({ "Cache-Control": "private, no-store" })],
    ["no-store", answered({ "Cache-Control": "no-store" })], ["500", answered({}, { status: 500 })], ["410", answered({}, { status: 410 })],
    ["redirected", answered({}, { redirected: true })], ["opaque", answered({}, { type: "opaque" })],
    ["no promise", { ...answered(), headers: new Headers({ "Cache-Control": "public" }) }],
  ])) {
    // Node's Headers, like a browser's, hide Set-Cookie from pages; the type of a basic answer hides it too.
    if (why !== "a cookie" || res.headers.has("Set-Cookie")) assert.equal(mayKeep(res), false, why);
  }
  assert.deepEqual(stated(answered().headers), { kind: "article", id: "jtqfchfh", rev: 3 });
  assert.deepEqual(stated(new Headers()), { kind: "", id: "", rev: 0 });
});

test("a body counts only at its length and with its digest", async () => {
  const body = new TextEncoder().encode("خبران اثنان");
  const promise = { "KH-Len": "" + body.length, "KH-Sha256": createHash("sha256").update(body).digest("hex") };
  assert.ok(await intact(new Headers(promise), body.buffer));
  assert.equal(await intact(new Headers(promise), body.slice(0, -1).buffer), false, "cut");
  const changed = body.slice();
  changed[3] ^= 1;
  assert.equal(await intact(new Headers(promise), changed.buffer), false, "one bit");
  assert.equal(await intact(new Headers(), body.buffer), false, "nothing promised");
});

const DAY = 864e5;
/** @param {string} id @param {number} read @param {number} bytes @param {object} [more] */
const record = (id, read, bytes, more) => /** @type {KhRecord} */ (/** @type {unknown} */ ({ id, read, bytes, pin: false, ...more }));

test("the oldest-read go first, pins and editions never", () => {
  const now = 100 * DAY;
  const all = [record("old", now - 3 * DAY, 40), record("new", now, 40), record("mid", now - DAY, 40),
    record("pin", now - 99 * DAY, 900, { pin: true }), record("edition", now - 99 * DAY, 900, { edition: "x" })];
  assert.deepEqual(surplus(all, 100, now).map((r) => r.id), ["old"]);
  assert.deepEqual(surplus(all, 40, now).map((r) => r.id), ["mid", "old"]);
  assert.deepEqual(surplus(all, 0, now).map((r) => r.id), ["new", "mid", "old"]);
  assert.deepEqual(surplus(all, AUTOMATIC, now), []);
  assert.deepEqual(surplus(all, AUTOMATIC, now + 28 * DAY).map((r) => r.id), ["old"], "a month unread");
  assert.equal(pinned(all), 1800);
});

const PAGE = `<html lang="ar"><link href="/static/css/app.0123456789ab.css"><link href="/face/0123456789ab.css"><script src="/static/js/app.aaaaaaaaaaaa.js"></script>
<h1 id="headline"><bdi>خبر</bdi> &amp; آخر</h1>
<picture><source srcset="/media/aa/16x9-400.avif 400w, /media/aa/16x9-800.avif 800w, /media/aa/16x9-1280.avif 1280w">
<source srcset="/media/aa/16x9-400.webp 400w, /media/aa/16x9-800.webp 800w"><img src="/media/aa/16x9-800.jpg"></picture>
<picture><source srcset="/media/bb/480.webp 480w"><img src="/media/bb/480.jpg"></picture>
<aside data-hx-get="/_f/see-also/jtqfchfh/1"></aside><ul data-hx-get="/_f/related/jtqfchfh?a=1&amp;b=2"></ul>
<ol data-hx-get="/_f/most-read"></ol>`;

test("a page's needs are read from its HTML", () => {
  assert.deepEqual(fragments(PAGE), ["/_f/see-also/jtqfchfh/1", "/_f/related/jtqfchfh?a=1&b=2"]);
  assert.deepEqual(files(PAGE), ["/static/css/app.0123456789ab.css", "/face/0123456789ab.css", "/static/js/app.aaaaaaaaaaaa.js"]);
  assert.deepEqual(pictures(PAGE, true, 800), ["/media/aa/16x9-800.avif", "/media/bb/480.webp"]);
  assert.deepEqual(pictures(PAGE, false, 320), ["/media/aa/16x9-400.webp", "/media/bb/480.webp"]);
  assert.deepEqual(pictures(PAGE, true, 2000), ["/media/aa/16x9-1280.avif", "/media/bb/480.webp"], "else the largest");
  assert.equal(textOf(PAGE, /<h1[^>]*>([^]*?)<\/h1>/), "خبر & آخر");
});

test("any width of a picture stands in, its own crop first", () => {
  const held = ["/media/aa/16x9-400.avif", "/media/aa/1x1-192.avif", "/media/bb/800.avif"];
  assert.equal(standIn("/media/aa/16x9-1280.webp", held), "/media/aa/16x9-400.avif");
  assert.equal(standIn("/media/aa/4x3-320.avif", held), "/media/aa/16x9-400.avif");
  assert.equal(standIn("/media/cc/800.avif", held), undefined);
  assert.equal(standIn("/media/aa/16x9-400.avif", held, true), "/media/aa/16x9-400.avif");
  assert.equal(standIn("/media/aa/16x9-600.avif", held, true), "/media/aa/16x9-400.avif");
  assert.equal(standIn("/media/aa/16x9-800.avif", held, true), undefined, "too soft while there is a network");
  assert.equal(standIn("/media/aa/16x9-400.webp", held, true), undefined, "not the format that was asked for");
});
