// @ts-check
// The bar above the text: what the selected block is, what stands in it, what can be put in.

import { askAddress, chooseStory } from "./asking.js";
import { choosePicture, insertBlock, insertPicture } from "./choosing.js";
import { showKeys } from "./keys.js";
import { become, kindAt } from "./shape.js";
import { make, word } from "./words.js";

const KINDS = ["paragraph", "h2", "h3", "list", "ordered", "quote", "key_points", "credit"];

/** @param {any} editor */
export function askLink(editor) {
  const now = editor.getAttributes("link").href ?? "";
  const drop = now ? () => editor.chain().focus().extendMarkRange("link").unsetMark("link").run() : null;
  askAddress(word("link"), now, (href) => {
    const { empty } = editor.state.selection;
    const chain = editor.chain().focus();
    if (empty && !now) chain.insertContent({ type: "text", text: href, marks: [{ type: "link", attrs: { href } }] }).run();
    else chain.extendMarkRange("link").setMark("link", { href }).run();
  }, drop);
}

/** @type {Record<string, (editor: any) => void>} */
const DEEDS = {
  bold: (editor) => editor.chain().focus().toggleMark("bold").run(),
  latin: (editor) => editor.chain().focus().toggleMark("span", { lang: "en", dir: null }).run(),
  link: askLink,
  image: (editor) => choosePicture((one) => insertPicture(editor, one)),
  table: (editor) => insertBlock(editor, { type: "table", attrs: { rows: [["", ""], ["", ""]], head: ["", ""] } }),
  embed: (editor) => askAddress(word("embed"), "", (url) => insertBlock(editor, { type: "embed", attrs: { url } })),
  see_also: (editor) =>
    chooseStory((one) => insertBlock(editor, { type: "seeAlso", attrs: { target: one.id, headline: one.headline } })),
  undo: (editor) => editor.chain().focus().undo().run(),
  redo: (editor) => editor.chain().focus().redo().run(),
  keys: showKeys,
};
const TOGGLED = { bold: "bold", link: "link", latin: "span" };

/** @param {any} editor @returns {HTMLElement} */
export function toolbar(editor) {
  const kind = /** @type {HTMLSelectElement} */ (make("select", { class: "input ed-kind", "aria-label": word("tools") }));
  for (const one of KINDS) kind.append(make("option", { value: one }, word(one)));
  kind.addEventListener("change", () => become(editor, kind.value));
  const buttons = Object.keys(DEEDS).map((name) =>
    make("button", { type: "button", class: "ed-tool", "data-tool": name, click: () => DEEDS[name](editor) }, word(name)),
  );
  const bar = make("div", { class: "ed-tools", role: "toolbar", "aria-label": word("tools") }, kind, ...buttons);
  /** @type {HTMLElement[]} */
  const stops = [kind, ...buttons];
  stops.forEach((one, at) => (one.tabIndex = at ? -1 : 0));
  bar.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: 1, ArrowRight: -1 }[event.key];
    const at = stops.indexOf(/** @type {HTMLElement} */ (document.activeElement));
    if (!step || at < 0) return;
    event.preventDefault();
    const next = stops[(at + step * (document.dir === "ltr" ? -1 : 1) + stops.length) % stops.length];
    stops.forEach((one) => (one.tabIndex = one === next ? 0 : -1));
    next.focus();
  });
  // Pressing a tool must not take the selection out of the text.
  bar.addEventListener("pointerdown", (event) => {
    if (event.target !== kind) event.preventDefault();
  });
  const follow = () => {
    const now = kindAt(editor.state);
    kind.value = KINDS.includes(now) ? now : "paragraph";
    for (const one of buttons) {
      const name = one.getAttribute("data-tool") ?? "";
      const toggled = Reflect.get(TOGGLED, name);
      if (toggled) one.setAttribute("aria-pressed", String(editor.isActive(toggled)));
      if (name === "undo" || name === "redo") one.toggleAttribute("disabled", !editor.can()[name]());
    }
  };
  editor.on("transaction", follow);
  follow();
  return bar;
}
