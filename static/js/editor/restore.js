// @ts-check
// Texts that the browser's store holds and the server may not: put back, or offered.

import { sameText } from "./autosave.js";
import { fillIn, notice, typedIn } from "./form.js";
import { addressOf, button, make, word } from "./words.js";

/** @typedef {import("./autosave.js").Autosave} Autosave */

// An open window has stored its text within this time, in milliseconds.
const QUIET = 15_000;

/** The day and the hour as the rest of the newsroom writes them. @param {number} at milliseconds */
function clock(at) {
  const { lang, dataset } = document.documentElement;
  const one = dataset.one === "١" ? "arab" : "latn";
  const say = (/** @type {Intl.DateTimeFormatOptions} */ parts) =>
    new Intl.DateTimeFormat(`${lang}-u-ca-gregory-nu-${one}`, parts).format(at);
  const day = say({ day: "numeric", month: lang === "ar" ? "long" : "short", year: "numeric" });
  return `${day} · ${say({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" })}`;
}

/** Stored texts whose key begins so, the newest first; what cannot be read is removed. @param {string} start @returns {[string, EdKept][]} */
function storedTexts(start) {
  /** @type {[string, EdKept][]} */
  const texts = [];
  const keys = Array.from({ length: localStorage.length }, (_, at) => localStorage.key(at) ?? "");
  for (const key of keys.filter((one) => one.startsWith(start))) {
    try {
      texts.push([key, JSON.parse(localStorage.getItem(key) ?? "")]);
    } catch {
      localStorage.removeItem(key);
    }
  }
  return texts.sort((one, other) => other[1].at - one[1].at);
}

/** Whether the window that stored it is closed or asleep. @param {EdKept} text */
const leftAlone = (text) => Date.now() - text.at > QUIET;

/**
 * Put back what this window had stored of the story, and offer what other windows had.
 * @param {Autosave} autosave @param {(html: string) => void} setBody
 */
export function restoreTexts(autosave, setBody) {
  const { form, story, tab, prefix } = autosave;
  const onPage = typedIn(form);

  /** @param {Record<string, string>} fields */
  const put = (fields) => {
    fillIn(form, fields);
    setBody(fields.body ?? "");
  };

  /** @param {EdKept} text */
  const putBack = (text) => {
    put(text.fields);
    const undo = button("undo_restore", () => {
      put(onPage);
      notice(form, "restored");
      autosave.changed();
    });
    notice(form, "restored", make("p", {}, word("restored"), " ", make("bdi", {}, clock(text.at)), "."), make("p", {}, undo));
    autosave.changed();
  };

  /** @param {string} key @param {EdKept} text */
  const offer = (key, text) => {
    const use = button("use_it", () => {
      autosave.baseField.value = String(text.base);
      put(text.fields);
      localStorage.removeItem(key);
      notice(form, key);
      autosave.changed();
    });
    const drop = button("drop_it", () => {
      localStorage.removeItem(key);
      notice(form, key);
    });
    const beginning = text.fields.headline || text.fields.body?.replace(/<[^>]*>/g, " ").trim().slice(0, 90);
    notice(form, key, make("p", {}, word("found_kept"), " ", make("bdi", {}, clock(text.at)), ": ", make("q", { dir: "auto" }, beginning)),
      make("p", { class: "form__buttons" }, use, drop));
  };

  for (const [key, text] of storedTexts(`${prefix}${story}:`)) {
    if (text.synced || sameText(text.fields, onPage)) {
      if (text.synced && text.tab !== tab && leftAlone(text)) localStorage.removeItem(key);
    } else if (text.tab === tab && text.base === autosave.base && text.version === autosave.version) putBack(text);
    else if (text.tab === tab || leftAlone(text)) offer(key, text);
  }
  if (form.dataset.new) offerNewStories(autosave);
}

/** Stories begun in this browser that never came to the server. @param {Autosave} autosave */
function offerNewStories({ form, story, prefix }) {
  for (const [key, text] of storedTexts(prefix)) {
    if (text.story === story || text.base || text.synced || !leftAlone(text)) continue;
    const link = make("a", { class: "write__link", href: addressOf("begin", { id: text.story }), dir: "auto" }, text.fields.headline || word("open_it"));
    notice(form, key, make("p", {}, word("new_kept"), " ", link, " · ", make("bdi", {}, clock(text.at))));
  }
}
