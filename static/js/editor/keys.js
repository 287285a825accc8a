// @ts-check
// The editor's keys, by their place on the keyboard where the layout gives no Latin letter; the list
// of them; and which way an empty text runs.

import { opened } from "./asking.js";
import { button, make, word } from "./words.js";

const RTL_LANGUAGES = /^(ar|fa|ur|he|ps|ckb)/;

/** @param {KeyboardEvent} event @returns {string} The Latin letter that the key stands for. */
export const letterOf = (event) =>
  /^[a-z/]$/i.test(event.key) ? event.key.toLowerCase() : event.code === "Slash" ? "/" : event.code.replace(/^Key/, "").toLowerCase();

/** @param {any} editor @param {() => void} save @param {(editor: any) => void} askLink */
export function listenForKeys(editor, save, askLink) {
  /** @type {Record<string, (shifted: boolean) => unknown>} */
  const everywhere = { s: save, "/": () => showKeys() };
  /** @type {Record<string, (shifted: boolean) => unknown>} */
  const inText = {
    b: () => editor.chain().focus().toggleMark("bold").run(),
    i: () => editor.chain().focus().toggleMark("italic").run(),
    k: () => askLink(editor),
    z: (shifted) => editor.chain().focus()[shifted ? "redo" : "undo"]().run(),
    y: () => editor.chain().focus().redo().run(),
  };
  document.addEventListener(
    "keydown",
    (event) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.isComposing) return;
      const letter = letterOf(event);
      const at = event.target;
      const writing = at instanceof HTMLElement && at.isContentEditable;
      const act = everywhere[letter] ?? (writing ? inText[letter] : undefined);
      if (!act || (document.querySelector("dialog[open]") && letter !== "s")) return;
      event.preventDefault();
      event.stopPropagation();
      act(event.shiftKey);
    },
    { capture: true },
  );
}

/** The list of the editor's keys. */
export function showKeys() {
  const rows = [
    ["key_save", "Ctrl", "S"], ["bold", "Ctrl", "B"], ["italic", "Ctrl", "I"], ["link", "Ctrl", "K"], ["undo", "Ctrl", "Z"],
    ["redo", "Ctrl", "Shift", "Z"], ["h2", "Ctrl", "Alt", "2"], ["h3", "Ctrl", "Alt", "3"], ["paragraph", "Ctrl", "Alt", "0"],
    ["ordered", "Ctrl", "Shift", "7"], ["list", "Ctrl", "Shift", "8"], ["quote", "Ctrl", "Shift", "9"], ["key_break", "Shift", "Enter"],
    ["keys", "Ctrl", "/"],
  ];
  const list = make("dl", { class: "ed-keys" }, ...rows.map(([key, ...pressed]) =>
    make("div", {}, make("dt", { dir: "ltr" }, ...pressed.flatMap((one, at) => [at ? "+" : "", make("kbd", {}, one)])), make("dd", {}, word(key)))));
  const dialog = opened(word("keys"), list, make("p", { class: "form__note" }, word("keys_note")));
  dialog.append(make("p", { class: "form__buttons" }, button("close", () => dialog.close())));
}

/** An empty text, its lists and its quote bars run as the story's language does. @param {HTMLFormElement} form @param {HTMLElement} place */
export function followDirection(form, place) {
  const language = form.elements.namedItem("language");
  const text = place.querySelector(".ed-text");
  const follow = () => {
    const code = language instanceof HTMLSelectElement ? language.value : "ar";
    text?.setAttribute("data-runs", RTL_LANGUAGES.test(code) ? "rtl" : "ltr");
  };
  if (language instanceof HTMLSelectElement) language.addEventListener("change", follow);
  follow();
}
