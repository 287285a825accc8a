// @ts-check
// Decorations of the text that are no part of it: the copy desk's remarks, the places of insets.

import { make, word } from "./words.js";

const remarksKey = new Tiptap.PluginKey("remarks");
const placesKey = new Tiptap.PluginKey("places");

/** A plugin that holds decorations and moves them with the text as it changes. @param {any} key */
const drawn = (key) =>
  new Tiptap.Plugin({
    key,
    state: {
      init: () => Tiptap.DecorationSet.empty,
      /** @param {any} tr @param {any} old */
      apply: (tr, old) => tr.getMeta(key) ?? old.map(tr.mapping, tr.doc),
    },
    props: {
      /** @param {any} state */
      decorations: (state) => key.getState(state),
    },
  });

export const drawing = () =>
  Tiptap.Extension.create({ name: "drawing", addProseMirrorPlugins: () => [drawn(remarksKey), drawn(placesKey)] });

/**
 * Draw anew. The browser tells of a moved caret a little after it moved: what is drawn in
 * between would put the caret back, so where it stands is read first.
 * @param {any} editor @param {any} key @param {any[]} made
 */
function draw(editor, key, made) {
  editor.view.domObserver.flush();
  const { state } = editor;
  if (!made.length && key.getState(state) === Tiptap.DecorationSet.empty) return;
  const set = Tiptap.DecorationSet.create(state.doc, made);
  editor.view.dispatch(state.tr.setMeta(key, set).setMeta("addToHistory", false));
}

/** The body's lines of text, each with where it begins. @param {any} doc @returns {{at: number, text: string}[]} */
export function linesOfText(doc) {
  /** @type {{at: number, text: string}[]} */
  const found = [];
  doc.descendants((/** @type {any} */ node, /** @type {number} */ at) => {
    if (!node.isTextblock) return true;
    // A break is one position wide, as is the character that stands for it.
    found.push({ at: at + 1, text: node.textBetween(0, node.content.size, "\n", "\n") });
    return false;
  });
  return found;
}

/** @param {any} editor @param {{from: number, to: number, reason: string}[]} remarks */
export function drawRemarks(editor, remarks) {
  const made = remarks.map(({ from, to, reason }) =>
    Tiptap.Decoration.inline(from, to, { class: "ed-remark", title: reason }),
  );
  draw(editor, remarksKey, made);
}

/** @param {any} node */
const says = (node) => Boolean(node.textContent.trim()) || node.isAtom || node.type.name === "gallery";

/** The body's blocks as the server counts them, each with where it ends. @param {any} doc @returns {number[]} */
export function endsOfBlocks(doc) {
  /** @type {number[]} */
  const found = [];
  doc.forEach((/** @type {any} */ node, /** @type {number} */ at) => {
    if (says(node)) found.push(at + node.nodeSize);
  });
  return found;
}

/** @param {any} editor @param {{at: number, place: EdPlace}[]} places */
export function drawPlaces(editor, places) {
  const made = places.map(({ at, place }) =>
    Tiptap.Decoration.widget(
      at,
      () => {
        const likely = place.card ? make("bdi", {}, place.card.headline) : "";
        return make("div", { class: "ed-place", contenteditable: "false", "aria-hidden": "true" },
          make("span", { class: "dots" }), ` ${word("see_also")} · ${place.reason} `, likely);
      },
      { side: -1, key: `${place.slot}:${place.reason}:${place.card?.id ?? ""}`, ignoreSelection: true },
    ),
  );
  draw(editor, placesKey, made);
}
