// @ts-check
// «المحفوظات» and the page without a network: the stories on this phone that open whole, and their size.
import { chosenDigits } from "../pure/digits.js";
import { ageText, askWorker, hasWorkers, sizeText, storyPath, unwish, wish, wishTitles } from "./ask.js";
import { searchable, searchShelf } from "./shelf-search.js";

const shelfBox = /** @type {HTMLElement} */ (document.querySelector("[data-shelf]"));
const roomBox = /** @type {HTMLElement} */ (document.querySelector("[data-shelf-room]"));
const emptyBox = /** @type {HTMLElement} */ (document.querySelector("[data-shelf-empty]"));
const searchForm = /** @type {HTMLFormElement} */ (document.querySelector("[data-shelf-search]"));
const searchField = /** @type {HTMLInputElement} */ (searchForm.querySelector("input"));
const itemModel = /** @type {HTMLTemplateElement} */ (document.querySelector("template[data-shelf-item]"));

/** @type {{records: any[], state: any}} */
let onPhone = { records: [], state: {} };
/** @type {Promise<import("./shelf-search.js").Searchable[]> | null} */
let texts = null;

/** @param {string} name */
const word = (name) => shelfBox.getAttribute("data-words-" + name) ?? "";

/** @param {any} record */
const groupOf = (record) => (record.pin ? "saved" : record.edition ? "edition" : record.why === "auto" ? "auto" : "read");

/**
 * @param {string} label
 * @param {string} about
 * @param {() => void} act
 */
function actButton(label, about, act) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "pill";
  button.textContent = label;
  button.setAttribute("aria-label", `${label}: ${about}`);
  button.addEventListener("click", act);
  return button;
}

/**
 * The stored lead picture of the story, or "": this page makes no requests.
 * @param {any} record
 */
async function thumbOf(record) {
  if (document.documentElement.hasAttribute("data-lite")) return "";
  const cacheName = "kh-a1-" + (record.lang && record.lang + ".") + record.id;
  const html = (await (await caches.match(record.path, { cacheName }))?.text()) ?? "";
  const [, folder] = /class="figure hero"[^]*?\/media\/([\w-]+)\//.exec(html) ?? [];
  return record.parts?.find((/** @type {string} */ path) => folder && path.split("/").includes(folder)) ?? "";
}

/** @param {any} record @param {{excerpt: string, from: number, to: number}} [hit] */
function itemOf(record, hit) {
  const copy = /** @type {DocumentFragment} */ (itemModel.content.cloneNode(true));
  const item = /** @type {HTMLElement} */ (copy.firstElementChild);
  /** @param {string} name */
  const part = (name) => /** @type {HTMLElement} */ (item.querySelector(name));
  item.setAttribute("data-saved", record.id);
  part("[data-section]").textContent = record.section;
  const link = /** @type {HTMLAnchorElement} */ (item.querySelector("a"));
  link.href = record.path;
  link.textContent = record.title;
  part("[data-age]").textContent = `${word("age")} ${ageText(record.at)}`;
  part("[data-size]").textContent = sizeText(record.bytes);
  void thumbOf(record).then((picture) => {
    if (!picture) return;
    const thumb = new Image(88, 66);
    thumb.className = "keep__thumb";
    thumb.alt = "";
    thumb.src = picture;
    item.prepend(thumb);
  });
  if (record.corrected) {
    part("[data-mark]").hidden = false;
    part("[data-mark]").textContent = word("corrected");
  }
  if (hit) {
    const mark = document.createElement("mark");
    mark.textContent = hit.excerpt.slice(hit.from, hit.to);
    part("[data-excerpt]").hidden = false;
    part("[data-excerpt]").append("…" + hit.excerpt.slice(0, hit.from), mark, hit.excerpt.slice(hit.to) + "…");
  }
  const acts = part(".keep__acts");
  if (!record.pin && !record.edition)
    acts.append(actButton(word("pinned"), record.title, async () => {
      await askWorker("mark", { path: record.path, change: { pin: true, why: "saved" } });
      await drawShelf();
    }));
  if (!record.lang) {
    const pass = actButton(word("pass"), record.title, () => {});
    pass.setAttribute("data-pass-story", record.id);
    pass.setAttribute("data-title", record.title);
    acts.append(pass);
  }
  acts.append(actButton(word("drop"), record.title, () => {
    item.hidden = true;
    // Deleted only after a delay in which it can be undone.
    const said = document.createElement("li");
    said.className = "keep keep--gone";
    const timer = setTimeout(async () => {
      await askWorker("drop", { path: record.path });
      await drawShelf();
    }, 5000);
    const undo = actButton(word("undo"), record.title, () => {
      clearTimeout(timer);
      said.remove();
      item.hidden = false;
      link.focus();
    });
    said.append(`${word("dropped")}: ${record.title} `, undo);
    item.after(said);
    undo.focus();
  }));
  return item;
}

/** @param {string} selector @param {Element[]} items */
function fill(selector, items) {
  const group = /** @type {HTMLElement} */ (shelfBox.querySelector(selector));
  group.hidden = !items.length;
  // Editions stand there themselves; their stories are folded under them.
  (group.querySelector("ol[data-stories]") ?? group.querySelector("ol"))?.replaceChildren(...items);
}

/** @param {any[]} notices */
function drawNotices(notices) {
  const list = /** @type {HTMLElement} */ (shelfBox.querySelector("[data-notices]"));
  list.hidden = !notices.length;
  list.replaceChildren(
    ...notices.map((notice) => {
      const item = document.createElement("li");
      const title = document.createElement("strong");
      title.textContent = notice.title;
      item.append(`${word("withdrawn")}: `, title, notice.reason ? ` — ${notice.reason}` : "");
      if (notice.successor) {
        const link = document.createElement("a");
        link.href = notice.successor.url;
        link.textContent = notice.successor.headline;
        item.append(document.createElement("br"), `${word("successor")}: `, link);
      }
      return item;
    }),
  );
}

/** @param {any} state */
function drawQueue(state) {
  const titles = wishTitles();
  fill("[data-queue]", (state.queue ?? []).map((/** @type {string} */ path) => {
    const item = document.createElement("li");
    item.className = "keep";
    const said = document.createElement("div");
    said.className = "keep__text";
    const link = document.createElement("a");
    link.href = path;
    link.textContent = titles[path] || path;
    said.append(link);
    const missed = state.missed?.[path];
    if (missed) {
      const why = document.createElement("p");
      why.className = "keep__meta";
      why.textContent = word(/^4/.test(missed) ? "gone" : missed === "full" || /quota/i.test(missed) ? "full" : "waits");
      said.append(why);
    }
    const acts = document.createElement("div");
    acts.className = "keep__acts";
    acts.append(actButton(word("unqueue"), link.textContent, async () => {
      await unwish(path);
      await drawShelf();
    }));
    item.append(said, acts);
    return item;
  }));
}

/** @param {any[]} records */
function drawRoom(records) {
  const pins = records.filter((r) => r.pin || r.edition).reduce((sum, r) => sum + r.bytes, 0);
  const autos = records.filter((r) => !r.pin && !r.edition).reduce((sum, r) => sum + r.bytes, 0);
  for (const [name, bytes, meter] of /** @type {const} */ ([["pins", pins, "room-pins"], ["autos", autos, "room-auto"]])) {
    const gauge = /** @type {HTMLMeterElement} */ (document.getElementById(meter));
    gauge.value = bytes;
    /** @type {HTMLElement} */ (roomBox.querySelector(`[data-${name}]`)).textContent = `${sizeText(bytes)} / ${sizeText(gauge.max)}`;
  }
}

async function drawShelf() {
  onPhone = await askWorker("list").catch(() => ({ records: [], state: {} }));
  texts = null;
  const records = onPhone.records.sort((a, b) => b.read - a.read);
  fill('[data-group="hits"]', []);
  emptyBox.hidden = records.length > 0;
  shelfBox.hidden = false;
  searchForm.hidden = !records.length;
  for (const group of ["edition", "saved", "read", "auto"])
    fill(`[data-group="${group}"]`, records.filter((r) => groupOf(r) === group).map((record) => itemOf(record)));
  drawNotices(onPhone.state.notices ?? []);
  drawQueue(onPhone.state);
  drawRoom(records);
  roomBox.hidden = false;
  document.dispatchEvent(new Event("khabarayn:shelf-drawn"));
  if (searchField.value.trim()) await drawFound();
}

/** The texts of everything listed, read once. */
function shelfTexts() {
  texts ??= Promise.all(
    onPhone.records.map(async (record) => {
      const cacheName = "kh-a1-" + (record.lang && record.lang + ".") + record.id;
      const text = await caches.match("/kh/text", { cacheName });
      return searchable(record, (await text?.text()) ?? "");
    }),
  );
  return texts;
}

async function drawFound() {
  const said = /** @type {HTMLElement} */ (document.querySelector("[data-found]"));
  const query = searchField.value.trim();
  said.hidden = !query;
  if (!query) return drawShelf();
  const hits = searchShelf(await shelfTexts(), query);
  said.textContent = hits.length ? chosenDigits(`${word("found")}: ${hits.length}`) : word("none");
  // Best first, whatever brought a story here.
  for (const group of ["edition", "saved", "read", "auto"]) fill(`[data-group="${group}"]`, []);
  fill('[data-group="hits"]', hits.map((hit) => itemOf(hit.record, hit)));
}

/** What an address says of its story: words of its slug, or "". @param {URL} address */
function titleInPath(address) {
  const slug = /\/a\/[0-9a-z]{8}\/(.+)$/.exec(address.pathname)?.[1] ?? "";
  return decodeURIComponent(slug).replace(/-/g, " ");
}

function beginOfflinePage() {
  if (!document.querySelector("[data-offline-page]")) return;
  const retry = /** @type {HTMLAnchorElement} */ (document.querySelector("[data-retry]"));
  const asked = new URL(location.href);
  if (asked.pathname !== retry.dataset.retry) retry.href = asked.href;
  if (/\/search$/.test(asked.pathname)) {
    for (const part of document.querySelectorAll("[data-search]")) part.textContent = part.getAttribute("data-search");
    searchField.value = asked.searchParams.get("q") ?? "";
  }
  const path = storyPath(location.href);
  const later = /** @type {HTMLButtonElement} */ (document.querySelector("[data-later-page]"));
  later.hidden = !path;
  later.addEventListener("click", async () => {
    await wish(path, titleInPath(asked));
    later.textContent = later.dataset.done ?? "";
    later.disabled = true;
    await drawShelf();
  });
}

if (hasWorkers) {
  beginOfflinePage();
  for (const name of ["khabarayn:shelf", "khabarayn:worker"]) document.addEventListener(name, () => void drawShelf());
  searchForm.addEventListener("submit", (event) => event.preventDefault());
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let typing;
  searchField.addEventListener("input", () => {
    clearTimeout(typing);
    typing = setTimeout(() => void drawFound(), 120);
  });
  void drawShelf().then(async () => {
    // Shown once: they stay on the page until it is left.
    if (onPhone.state.notices?.length) await askWorker("set", { change: { notices: [] } });
    await /** @type {any} */ (navigator).clearAppBadge?.().catch(() => {});
  });
}
