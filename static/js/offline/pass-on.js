// @ts-check
// Share a story or an edition as one signed file, and import such a file: a changed byte is refused with a
// message.
import { EDITIONS, fileAddress, fileWord, hearSince, heldDigests, keepStory, paperKeys, readAddress, storedBytes } from "./edition-keep.js";
import { dropEdition, takenEditions } from "./edition-get.js";
import { chosenDigits } from "../pure/digits.js";
import { MONTH_NAMES } from "../pure/months.js";
import { hasWorkers, isFull, sizeText } from "./ask.js";
import { KhbBroken, khbCheck, khbHead, khbHeadLength, khbRead, khbResponse, khbWrite } from "../pure/khb.js";
import { cacheOf } from "../sw/routes.js";
import { recordOf } from "../sw/shelf-store.js";

const passBox = /** @type {HTMLElement | null} */ (document.querySelector("[data-pass]"));
const passSaid = passBox?.querySelector("[data-pass-said]") ?? null;
const passWords = passBox?.dataset ?? {};
const KHB_TYPE = "application/vnd.khabarayn.khb";

/** @param {string | undefined} words */
const passSay = (words) => {
  if (passSaid) passSaid.textContent = words ?? "";
};

/**
 * The story's statements: as they came with it, else from the paper, which needs the network once.
 * @param {any} record
 * @returns {Promise<{key: string, statements: import("../pure/khb.js").KhbStatement[]}>}
 */
async function sealOf(record) {
  if (record.seal) return record.seal;
  const res = await fetch(fileAddress("signed", record.id), { headers: { Range: "bytes=0-24575" }, credentials: "omit" });
  const bytes = new Uint8Array(await res.arrayBuffer());
  const head = await khbHead(bytes.subarray(0, Math.max(bytes.length, khbHeadLength(bytes))));
  await khbCheck(head, await paperKeys());
  return { key: head.key, statements: head.statements };
}

/** The signed file of a story on this phone. @param {string} id @returns {Promise<File>} */
export async function fileOfStory(id) {
  const record = await recordOf({ id, lang: "" });
  if (!record) throw new TypeError("not here");
  const { key, statements } = await sealOf(record);
  const cache = await caches.open(cacheOf(record));
  const parts = new Map();
  for (const { says } of statements)
    for (const part of JSON.parse(says).parts) {
      const res = await cache.match(part.path);
      // Only bytes that the paper signed: of another revision's page nothing is handed on.
      if (res && res.headers.get("KH-Sha256") === part.sha256) parts.set(part.path, new Uint8Array(await res.arrayBuffer()));
    }
  const page = JSON.parse(statements[0].says).parts[0].path;
  if (!parts.has(page)) {
    const whole = await fetch(fileAddress("signed", id), { credentials: "omit" });
    const bytes = new Uint8Array(await whole.arrayBuffer());
    await khbRead(bytes, await paperKeys());
    return new File([bytes], `khabarayn-${id}.khb`, { type: KHB_TYPE });
  }
  const bytes = await khbWrite(key, statements, parts);
  return new File([/** @type {BlobPart} */ (bytes)], `khabarayn-${id}.khb`, { type: KHB_TYPE });
}

/**
 * The signed file of an edition on this phone: its pages and those of its stories that are here as they
 * were signed. What was withdrawn or corrected since is not handed on.
 * @param {string} name
 * @returns {Promise<File>}
 */
export async function fileOfEdition(name) {
  const taken = (await takenEditions()).find((one) => one.name === name && one.complete);
  const kept = taken && (await caches.match("/kh/head" + taken.file, { cacheName: EDITIONS }));
  if (!kept) throw new TypeError("not here");
  const head = await khbHead(new Uint8Array(await kept.arrayBuffer()));
  const held = await heldDigests();
  const parts = new Map();
  for (const { path, sha256 } of head.parts.values()) {
    const place = held.get(sha256);
    if (place) parts.set(path, await storedBytes(place));
  }
  const bytes = await khbWrite(head.key, head.statements, parts);
  return new File([/** @type {BlobPart} */ (bytes)], `khabarayn-${name}.khb`, { type: KHB_TYPE });
}

/** @param {File} file @param {string} title */
async function handOver(file, title) {
  const shared = { files: [file], title };
  if (navigator.canShare?.(shared)) return navigator.share(shared);
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = file.name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}

/**
 * Take a file in: every signature and digest is checked before anything is kept.
 * @param {Blob} file
 * @returns {Promise<{stories: number, checked: boolean}>}
 */
export async function takeIn(file) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const { head, parts, seal } = await khbRead(bytes, await paperKeys());
  const edition = head.said.find((one) => one.about === "edition");
  const ids = head.said.filter((one) => one.about === "article").map((one) => one.id ?? "");
  for (const id of ids) await keepStory(head, id, parts, edition ? { edition: edition.name } : { pin: true, why: "saved" });
  if (edition) {
    const cache = await caches.open(EDITIONS);
    for (const { path } of edition.parts) {
      const part = head.parts.get(path);
      const body = parts.get(path);
      if (!part || !body) continue;
      const res = khbResponse(part, body);
      res.headers.set("Date", new Date().toUTCString());
      await cache.put(path, res);
    }
    const path = fileAddress("file", edition.name);
    await cache.put("/kh/head" + path, new Response(bytes.slice(0, head.start)));
    await cache.put("/kh/edition/" + edition.name, Response.json({
      name: edition.name, title: edition.title, file: path, kind: "text", etag: "", length: head.length,
      moved: 0, complete: true, at: Date.now(), stories: ids,
    }));
  }
  await hearSince(Math.min(...head.said.map((one) => one.told ?? Infinity)));
  return { stories: ids.length, checked: seal === "signed" };
}

/** A day as the site writes it on cards: «30 نوفمبر». @param {string} day «2026-11-30» */
function dayText(day) {
  const { lang, dataset } = document.documentElement;
  const style = dataset.months ?? document.querySelector("[data-pass]")?.getAttribute("data-months") ?? "";
  const month = Number(day.slice(5, 7)) - 1;
  if (lang !== "ar") {
    const say = new Intl.DateTimeFormat(lang, { day: "numeric", month: "long", timeZone: "UTC" });
    return say.format(new Date(`${day}T12:00Z`));
  }
  const { western, levantine } = MONTH_NAMES;
  const name = style === "dual" ? `${western[month]}/${levantine[month]}` : (MONTH_NAMES[style] ?? western)[month];
  return chosenDigits(`${Number(day.slice(8))} ${name}`);
}

/** Editions on the shelf, above their stories. */
async function drawEditions() {
  const group = /** @type {HTMLElement | null} */ (document.querySelector('[data-group="edition"]'));
  const model = /** @type {HTMLTemplateElement | null} */ (document.querySelector("template[data-shelf-item]"));
  if (!group || !model) return;
  const items = (await takenEditions()).filter((taken) => taken.complete).map((taken) => {
    const copy = /** @type {DocumentFragment} */ (model.content.cloneNode(true));
    const item = /** @type {HTMLElement} */ (copy.firstElementChild);
    item.setAttribute("data-taken", taken.name);
    const link = /** @type {HTMLAnchorElement} */ (item.querySelector("a"));
    link.href = readAddress(taken.name);
    link.textContent = `${taken.title} · ${dayText(taken.name.slice(0, 10))}`;
    /** @type {Element} */ (item.querySelector("[data-size]")).textContent = sizeText(taken.length);
    const pass = document.createElement("button");
    pass.type = "button";
    pass.className = "pill";
    pass.textContent = document.querySelector("[data-shelf]")?.getAttribute("data-words-pass") ?? "";
    pass.setAttribute("data-pass-edition", taken.name);
    pass.setAttribute("data-title", taken.title);
    pass.setAttribute("aria-label", `${pass.textContent}: ${link.textContent}`);
    const remove = document.createElement("button");
    remove.type = "button";
    remove.className = "pill";
    remove.textContent = passWords.drop ?? "";
    remove.addEventListener("click", async () => {
      await dropEdition(taken.name);
      document.dispatchEvent(new Event("khabarayn:shelf"));
    });
    item.querySelector(".keep__acts")?.append(pass, remove);
    return item;
  });
  for (const old of group.querySelectorAll("[data-taken]")) old.remove();
  group.querySelector("ol")?.prepend(...items);
  if (items.length) group.hidden = false;
}

if (passBox && hasWorkers) {
  passBox.hidden = false;
  document.addEventListener("khabarayn:shelf-drawn", () => void drawEditions());
  void drawEditions();
  document.addEventListener("click", async (event) => {
    const button = /** @type {Element} */ (event.target).closest?.("[data-pass-story], [data-pass-edition]");
    if (!button) return;
    const story = button.getAttribute("data-pass-story");
    passSay(passWords.making);
    try {
      const file = await (story ? fileOfStory(story) : fileOfEdition(button.getAttribute("data-pass-edition") ?? ""));
      passSay(`${passWords.made} · ${sizeText(file.size)}`);
      await handOver(file, button.getAttribute("data-title") ?? "");
    } catch (error) {
      if (/** @type {Error} */ (error).name !== "AbortError") passSay(error instanceof KhbBroken ? fileWord(error.reason) : passWords.needs);
    }
  });
  passBox.querySelector("input")?.addEventListener("change", async (event) => {
    const [file] = /** @type {HTMLInputElement} */ (event.target).files ?? [];
    if (!file) return;
    passSay(passWords.reading);
    try {
      const { stories, checked } = await takeIn(file);
      passSay(`${passWords.taken}: ${stories}${checked ? "" : " · " + fileWord("unchecked")}`);
      document.dispatchEvent(new Event("khabarayn:shelf"));
    } catch (error) {
      passSay(error instanceof KhbBroken ? fileWord(error.reason) : isFull(error) ? passWords.full : passWords.failed);
    }
    /** @type {HTMLInputElement} */ (event.target).value = "";
  });
}
