// @ts-check
// «نزّل النشرة»: an edition's file in ranges, paused, resumed, and only what is new of it. Each story
// opens as soon as its own part is whole; the edition is listed when all of it is.
import { chosenDigits } from "../pure/digits.js";
import { ageText, askWorker, hasWorkers, isFull, sizeText } from "./ask.js";
import { EDITIONS, fileWord, hearSince, heldDigests, keepStory, languageOf, paperKeys, readAddress, storedBytes } from "./edition-keep.js";
import { KhbBroken, khbAnswered, khbArriving, khbAsk, khbCheck, khbHead, khbHeadLength, khbMissing, khbResponse, khbUnpack } from "../pure/khb.js";
import { cacheOf } from "../sw/routes.js";
import { recordOf, withRoom } from "../sw/shelf-store.js";

/** @typedef {import("../pure/khb.js").KhbHead} Head */
/**
 * What is known of an edition on this phone. `moved` are bytes that came over the network for it.
 * @typedef {{name: string, title: string, file: string, kind: string, etag: string, length: number, moved: number,
 *   complete: boolean, at: number, stories: string[]}} Taken
 */
// Most heads are longer: then the rest is asked for from here on.
const FIRST_ASK = 8192;

/** @param {string} name */
const takenKey = (name) => "/kh/edition/" + name;

/** Every edition begun or whole on this phone. @returns {Promise<Taken[]>} */
export async function takenEditions() {
  if (!(await caches.has(EDITIONS))) return [];
  const cache = await caches.open(EDITIONS);
  const keys = (await cache.keys()).filter((key) => new URL(key.url).pathname.startsWith(takenKey("")));
  return Promise.all(keys.map(async (key) => (await cache.match(key))?.json()));
}

/** @param {Taken} taken */
const remembered = async (taken) => (await caches.open(EDITIONS)).put(takenKey(taken.name), Response.json(taken));

/** @param {{start: number, stop: number}} range @param {string} etag @param {AbortSignal} signal @returns {RequestInit} */
const asked = (range, etag, signal) => ({
  headers: new Headers(/** @type {Record<string, string>} */ (khbAsk(range, etag))), signal, cache: "no-store", credentials: "omit",
});

/**
 * A stream that gives what was left over from last time, then the body, and keeps what has come of the
 * pack that is not whole yet.
 * @param {Uint8Array} left
 * @param {ReadableStream<Uint8Array>} body
 */
function remembering(left, body) {
  const reader = body.getReader();
  let pending = new Uint8Array();
  const stream = new ReadableStream({
    start(controller) {
      if (!left.length) return;
      pending = new Uint8Array(left);
      controller.enqueue(left);
    },
    async pull(controller) {
      const { done, value } = await reader.read();
      if (done) return controller.close();
      const joined = new Uint8Array(pending.length + value.length);
      joined.set(pending);
      joined.set(value, pending.length);
      pending = joined;
      controller.enqueue(value);
    },
    cancel: (why) => reader.cancel(why),
  });
  /** @param {number} bytes that made a whole pack */
  const took = (bytes) => {
    pending = pending.slice(bytes);
  };
  return { stream, pending: () => pending, took };
}

/** The head of the file: as it was kept, else asked for. @param {Taken} taken @param {AbortSignal} signal @param {(bytes: number) => void} heard */
async function headOf(taken, signal, heard) {
  const cache = await caches.open(EDITIONS);
  const key = "/kh/head" + taken.file;
  const kept = taken.etag ? await cache.match(key) : undefined;
  let bytes = new Uint8Array((await kept?.arrayBuffer()) ?? []);
  /** How far the head reaches, as far as is known. */
  const wanted = () => (bytes.length < 16 ? FIRST_ASK : khbHeadLength(bytes));
  try {
    while (bytes.length < wanted()) {
      const range = { start: bytes.length, stop: wanted() };
      const res = await fetch(taken.file, asked(range, taken.etag, signal));
      const said = khbAnswered(res, taken.etag);
      if (!said || !res.body) throw new TypeError("no head");
      // A server that knows no ranges, or another issue: from the start.
      if (said.start !== bytes.length || !said.same) bytes = new Uint8Array();
      taken.etag = said.etag;
      const reader = res.body.getReader();
      while (bytes.length < wanted()) {
        const { done, value } = await reader.read();
        if (done) break;
        heard(value.length);
        bytes = new Uint8Array(await new Blob([bytes, value]).arrayBuffer());
      }
      reader.cancel().catch(() => {});
      if (bytes.length < range.stop && bytes.length < wanted()) throw new TypeError("cut");
    }
  } finally {
    // Half a head is gone on with as well.
    await cache.put(key, new Response(bytes.slice(0, wanted())));
    await remembered(taken);
  }
  return khbHead(bytes);
}

/** Parts with these digests, joined, when all of them are held. @param {string[]} digests @param {Map<string, {name: string, path: string}>} held */
async function joined(digests, held) {
  const pieces = [];
  for (const digest of digests) {
    const place = held.get(digest);
    if (!place) return undefined;
    pieces.push(await storedBytes(place));
  }
  return new Uint8Array(await new Blob(pieces).arrayBuffer());
}

/**
 * Put a part aside until its story is whole: over a page that is being read nothing older is written.
 * @param {Head} head
 * @param {string} path
 * @param {Uint8Array} body
 */
async function put(head, path, body) {
  const part = head.parts.get(path);
  if (!part) return;
  const res = khbResponse(part, body);
  res.headers.set("Date", new Date().toUTCString());
  await withRoom(async () => (await caches.open(EDITIONS)).put(path, res.clone()));
}

/** Paths of the stories of a file: not of its own pages. @param {Head} head */
const storyParts = (head) => head.said.filter((one) => one.about !== "edition").flatMap((one) => one.parts.map((part) => part.path));

/** Delete the parts set aside. @param {Head} head */
async function sweep(head) {
  const cache = await caches.open(EDITIONS);
  await Promise.all(storyParts(head).map((path) => cache.delete(path)));
}

/**
 * Download the edition, or resume its download. Rejects when it is stopped, the network fails, or the file is
 * refused; what came stays, and the next call goes on from there.
 * @param {Taken} taken
 * @param {(now: {moved: number, stories: number}) => void} tell
 * @param {AbortSignal} signal
 */
export async function takeEdition(taken, tell, signal) {
  /** @param {number} bytes */
  const heard = (bytes) => {
    taken.moved += bytes;
  };
  /** @type {Head[]} */ const heads = [];
  // From now on the download can be resumed.
  await remembered(taken);
  for (let turn = 0; turn < 3; turn++) {
    const head = await headOf(taken, signal, heard);
    heads.push(head);
    await khbCheck(head, await paperKeys());
    taken.length = head.length;
    const edition = head.said.find((one) => one.about === "edition");
    taken.title = edition?.title ?? taken.title;
    taken.stories = (edition?.stories ?? []).map((story) => story.id);
    await remembered(taken);
    // Read once; from here on every part that is written is added.
    const held = await heldDigests();
    // The first pack, from which other packs are made.
    const first = head.packs[0].paths.map((path) => head.parts.get(path)?.sha256 ?? "");
    /** @type {Uint8Array | undefined} */
    let base;
    let again = false;
    /** @param {string} path */
    const needed = (path) => held.get(head.parts.get(path)?.sha256 ?? "");
    /** How many parts of a story were here when it was kept, by id. @type {Map<string, number>} */
    const done = new Map();
    const stories = taken.stories.flatMap((id) => {
      const said = head.said.filter((one) => one.id === id);
      const text = said.find((one) => one.about === "article");
      return text ? [{ id, lang: languageOf(text.parts[0]?.path), text, paths: said.flatMap((one) => one.parts.map(({ path }) => path)) }] : [];
    });
    /** Keep every story whose text is here now; with `more`, also those of which parts came since. */
    const keepWhole = async (more = false) => {
      for (const { id, lang, text, paths } of stories) {
        if ((done.has(id) && !more) || !text.parts.every((part) => needed(part.path))) continue;
        const here = paths.filter(needed);
        if (done.get(id) === here.length) continue;
        const before = done.has(id) ? undefined : await recordOf({ id, lang });
        if (before?.edition === taken.name && before.rev === text.rev && here.every((path) => before.parts.includes(path))) {
          done.set(id, here.length);
          continue;
        }
        const parts = new Map();
        for (const path of here) parts.set(path, await storedBytes(/** @type {{name: string, path: string}} */ (needed(path))));
        await keepStory(head, id, parts, { edition: taken.name });
        done.set(id, here.length);
        // Parts of another revision are gone from the bundle; parts set aside stay until the end.
        const name = cacheOf({ id, lang });
        const now = new Set((await recordOf({ id, lang }))?.parts);
        for (const [digest, place] of held) if (place.name === name && !now.has(place.path)) held.delete(digest);
        for (const path of here) {
          const digest = head.parts.get(path)?.sha256 ?? "";
          if (now.has(path) && !held.has(digest)) held.set(digest, { name, path });
        }
        tell({ moved: taken.moved, stories: done.size });
      }
    };
    await keepWhole();
    const cache = await caches.open(EDITIONS);
    const tailKey = "/kh/tail" + taken.file;
    const tail = await cache.match(tailKey);
    const tailAt = tail?.headers.get("KH-Tail") === taken.etag ? Number(tail.headers.get("KH-At")) : -1;
    const ranges = khbMissing(head, new Set(held.keys()));
    // Read before anything is written: a patch may write over what another is made of.
    const sources = new Map();
    for (const { packs } of ranges) for (const pack of packs) if (pack.source) sources.set(pack, await joined(pack.source, held));
    for (const range of ranges) {
      const left = tail && tailAt === range.start ? new Uint8Array(await tail.arrayBuffer()) : new Uint8Array();
      const rest = { start: range.start + left.length, stop: range.stop };
      const res = await fetch(taken.file, asked(rest, taken.etag, signal));
      const said = khbAnswered(res, taken.etag);
      if (!said || !res.body) throw new TypeError("range");
      if (!said.same) {
        // A new issue: what was downloaded is deleted, except for parts that are the same.
        await res.body.cancel();
        taken.etag = "";
        again = true;
        break;
      }
      const whole = said.start !== rest.start;
      const watched = remembering(whole ? new Uint8Array() : left, res.body);
      let at = whole ? said.start : range.start;
      // Bytes left over from the last time were counted then: only new ones count as moved.
      let old = whole ? 0 : left.length;
      /** @param {number} bytes */
      const told = (bytes) => {
        heard(Math.max(0, bytes - old));
        old = Math.max(0, old - bytes);
      };
      try {
        for await (const [pack, bytes] of khbArriving(watched.stream, at, head, range.packs, told)) {
          const source = sources.get(pack) ?? (pack.make && (base ??= await joined(first, held)));
          const parts = await khbUnpack(head, pack, bytes, source);
          watched.took(head.start + pack.at + pack.len - at);
          at = head.start + pack.at + pack.len;
          for (const [path, body] of parts) {
            await put(head, path, body);
            held.set(head.parts.get(path)?.sha256 ?? "", { name: EDITIONS, path });
          }
          await keepWhole();
          await remembered(taken);
          tell({ moved: taken.moved, stories: done.size });
        }
      } finally {
        const headers = { "KH-Tail": taken.etag, "KH-At": String(at) };
        if (at < range.stop) await cache.put(tailKey, new Response(watched.pending(), { headers }));
        else await cache.delete(tailKey);
        await remembered(taken);
      }
      if (at < range.stop) throw new TypeError("cut");
    }
    if (again) continue;
    // A part may be in two stories of which one has dropped it: only then everything is read again.
    const missing = khbMissing(head, new Set(held.keys())).length;
    if (missing && khbMissing(head, new Set((await heldDigests()).keys())).length) throw new TypeError("cut");
    // Pictures that came after their stories were stored are added to the records.
    await keepWhole(true);
    for (const one of heads) await sweep(one);
    taken.complete = true;
    document.dispatchEvent(new CustomEvent("khabarayn:edition-taken", { detail: taken.kind }));
    taken.at = Date.now();
    await remembered(taken);
    await hearSince(edition?.told);
    return taken;
  }
  throw new TypeError("changed");
}

/** Take an edition off the phone; stories a reader chose by name stay. @param {string} name */
export async function dropEdition(name) {
  const cache = await caches.open(EDITIONS);
  for (const taken of await takenEditions()) {
    if (taken.name !== name) continue;
    for (const id of taken.stories) {
      const record = await recordOf({ id, lang: name.slice(14) });
      if (record?.edition === name && !record.pin) await askWorker("drop", { path: record.path });
      else if (record?.edition === name) await askWorker("mark", { path: record.path, change: { edition: "" } });
    }
    const head = await cache.match("/kh/head" + taken.file);
    if (head) await sweep(await khbHead(new Uint8Array(await head.arrayBuffer())));
    await cache.delete("/kh/head" + taken.file);
    await cache.delete("/kh/tail" + taken.file);
  }
  await cache.delete(takenKey(name));
  await cache.delete(readAddress(name));
}

for (const box of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-edition]"))) {
  if (!hasWorkers) break;
  const name = box.dataset.edition ?? "";
  const progress = /** @type {HTMLElement} */ (box.querySelector("[data-edition-progress]"));
  const words = /** @type {HTMLElement} */ (document.querySelector("[data-edition-words]")).dataset;
  /** @type {AbortController | null} */
  let running = null;

  /** @param {string} said @param {...HTMLElement} more */
  const say = (said, ...more) => {
    progress.hidden = false;
    progress.replaceChildren(said, ...more);
  };

  /** @param {Taken} taken */
  const goOn = (taken) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "pill";
    button.textContent = words.on ?? "";
    button.addEventListener("click", () => void run(taken));
    return button;
  };

  /** @param {Taken} taken */
  const whole = (taken) => {
    const link = document.createElement("a");
    link.className = "pill";
    link.href = readAddress(taken.name);
    link.textContent = words.open ?? "";
    say(`${words.whole} · ${sizeText(taken.moved)} · ${ageText(taken.at)} `, link);
  };

  /** @param {Taken} taken */
  const run = async (taken) => {
    running?.abort();
    const mine = (running = new AbortController());
    const bar = document.createElement("progress");
    bar.max = Number(box.querySelector(`[data-edition-file="${taken.kind}"]`)?.getAttribute("data-size")) || taken.length || 1;
    const text = document.createElement("span");
    const pause = document.createElement("button");
    pause.type = "button";
    pause.className = "pill";
    pause.textContent = words.pause ?? "";
    pause.addEventListener("click", () => mine.abort());
    say("", bar, text, pause);
    navigator.storage?.persist?.().catch(() => {});
    try {
      const done = await takeEdition(taken, ({ moved, stories }) => {
        bar.value = moved;
        text.textContent = chosenDigits(` ${sizeText(moved)} · ${words.ready}: ${stories} / ${taken.stories.length} `);
      }, mine.signal);
      whole(done);
    } catch (error) {
      const why = error instanceof KhbBroken ? fileWord(error.reason) : mine.signal.aborted ? words.paused : isFull(error) ? words.full : words.cut;
      say(`${why} · ${sizeText(taken.moved)} `, goOn(taken));
    }
    running = null;
  };

  for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (box.querySelectorAll("[data-edition-file]")))
    link.addEventListener("click", async (event) => {
      event.preventDefault();
      const kind = link.dataset.editionFile ?? "text";
      const old = (await takenEditions()).find((taken) => taken.name === name && taken.kind === kind);
      const file = new URL(link.href).pathname.replace(/^\/en/, "");
      void run(old && !old.complete ? old : { name, title: "", file, kind, etag: "", length: 0, moved: 0, complete: false, at: Date.now(), stories: [] });
    });

  void takenEditions().then((all) => {
    const old = all.find((taken) => taken.name === name);
    if (old?.complete) whole(old);
    else if (old) say(`${words.begun} · ${sizeText(old.moved)} `, goOn(old));
  });
}

