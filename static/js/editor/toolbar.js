// @ts-check
// The bar above the text: the kind of the selected block, its marks, and what can be inserted.

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
// On a grid of 24, as the paper's other icons; each stands beside its word.
/** @type {Record<string, string>} */
const TOOL_SHAPES = {
  bold: "M7 5h6a3.5 3.5 0 0 1 0 7H7zM7 12h7a3.5 3.5 0 0 1 0 7H7z",
  latin: "M5 19 12 5l7 14M7.500 14h9",
  link: "M10 14a4 4 0 0 0 5.700 0l3-3A4 4 0 0 0 13 5.300l-1 1M14 10a4 4 0 0 0-5.700 0l-3 3A4 4 0 0 0 11 18.700l1-1",
  image: "M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4",
  table: "M4 5h16v14H4zM4 10h16M4 14.500h16M10 5v14",
  embed: "M4 6h16v12H4zM4 14h16M7 10h6",
  see_also: "M5 6h14M5 11h14M5 16h7M18 14v6M15 17h6",
  undo: "M9 7 4 12l5 5M4 12h10a5 5 0 0 1 5 5v1",
  redo: "M15 7l5 5-5 5M20 12H10a5 5 0 0 0-5 5v1",
  keys: "M3 7h18v10H3zM7 10.500h.1M12 10.500h.1M17 10.500h.1M8 14h8",
};
const TOGGLED = { bold: "bold", link: "link", latin: "span" };

/** @param {string} name */
function toolIcon(name) {
  const [svg, path] = ["svg", "path"].map((tag) => document.createElementNS("http://www.w3.org/2000/svg", tag));
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  path.setAttribute("d", TOOL_SHAPES[name]);
  svg.append(path);
  return svg;
}

/** @param {any} editor @returns {HTMLElement} */
export function toolbar(editor) {
  const kind = /** @type {HTMLSelectElement} */ (make("select", { class: "input ed-kind", "aria-label": word("tools") }));
  for (const one of KINDS) kind.append(make("option", { value: one }, word(one)));
  kind.addEventListener("change", () => become(editor, kind.value));
  const buttons = Object.keys(DEEDS).map((name) =>
    make("button", { type: "button", class: "ed-tool", "data-tool": name, click: () => DEEDS[name](editor) }, toolIcon(name), word(name)),
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
