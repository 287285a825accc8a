// @ts-check
// Suggestions from the archive for this text, and the places of its see-also insets, each with its reason.

import { chooseStory } from "./asking.js";
import { fieldNamed, typedIn } from "./form.js";
import { drawPlaces, endsOfBlocks } from "./marks.js";
import { addressOf, button, make, tell, word } from "./words.js";

/** Do something once when a panel opens, and again a while after the text changed. @param {HTMLFormElement} form @param {string} name @param {() => void} look @param {number} after */
function panel(form, name, look, after) {
  const holder = /** @type {HTMLDetailsElement | null} */ (form.querySelector(`[data-panel="${name}"]`));
  let timer = 0;
  holder?.addEventListener("toggle", () => holder.open && look());
  if (holder?.open) look();
  return () => {
    clearTimeout(timer);
    if (holder?.open) timer = window.setTimeout(look, after);
  };
}

/** @typedef {{value: string, reason: string, name?: string}} Suggested */

/** @param {HTMLFormElement} form @param {any} editor @param {(changed: Element) => void} touched */
export function suggestions(form, editor, touched) {
  const place = form.querySelector("[data-suggestions]");

  /** @param {string} name @param {string} value */
  const use = (name, value) => {
    const field = fieldNamed(form, name);
    if (!field) return;
    const names = field.value.split(/[،,]/).map((one) => one.trim()).filter(Boolean);
    field.value = name === "tags" ? [...new Set([...names, value])].join("، ") : value;
    touched(field);
    field.focus();
  };

  /** @param {string} said @param {Suggested[]} found @param {(one: Suggested) => void} take */
  const group = (said, found, take) =>
    found.length
      ? [make("h2", {}, word(said)), make("ul", { class: "suggested" }, ...found.map((one) => {
          const row = make("li", {}, make("p", { dir: "auto" }, make("strong", {}, one.name ?? one.value)), make("p", { class: "form__note" }, one.reason));
          row.append(button("use", () => { take(one); row.remove(); }));
          return row;
        }))]
      : [];

  /** @param {Suggested[]} points */
  const addPoints = (points) => {
    const content = points.map((one) => ({ type: "point", content: [{ type: "text", text: one.value }] }));
    editor.chain().insertContentAt(0, { type: "keyPoints", content }).focus().run();
  };

  const look = async () => {
    try {
      const found = await tell(addressOf("suggestions"), typedIn(form));
      const points = found.key_points.length
        ? [make("h2", {}, word("s_points")), make("ul", { class: "suggested" }, ...found.key_points.map((/** @type {Suggested} */ one) =>
            make("li", {}, make("p", { dir: "auto" }, one.value), make("p", { class: "form__note" }, one.reason)))),
            button("use_points", () => addPoints(found.key_points))]
        : [];
      const all = [
        ...group("s_section", found.section ? [found.section] : [], (one) => use("section", one.value)),
        ...group("s_tags", found.tags, (one) => use("tags", one.value)),
        ...group("s_teaser", found.teaser ? [found.teaser] : [], (one) =>
          use("teaser", [one.value, ...found.hashtags.map((/** @type {Suggested} */ tag) => tag.value)].join(" "))),
        ...points,
      ];
      place?.replaceChildren(...(all.length ? all : [make("p", { class: "quiet" }, word("no_suggestions"))]));
    } catch {
      place?.replaceChildren(make("p", { class: "quiet" }, word("failed")));
    }
  };
  return panel(form, "suggestions", look, 8000);
}

/** @param {HTMLFormElement} form @param {any} editor */
export function insets(form, editor) {
  const place = form.querySelector("[data-places]");
  let asked = 0;

  /** @param {number} at @param {{id: string, headline: string}} one */
  const pin = (at, one) =>
    editor.chain().insertContentAt(at, { type: "seeAlso", attrs: { target: one.id, headline: one.headline } }).focus().run();

  /** @param {EdPlace} one @param {number | undefined} at */
  const row = (one, at) => {
    const made = make("li", {}, make("p", {}, make("span", { class: "dots", "aria-hidden": "true" }), ` ${one.reason}`));
    if (one.card) made.append(make("p", { dir: "auto" }, one.pinned ? "" : `${word("will_be")} `, make("strong", {}, one.card.headline)));
    else if (one.pinned) made.append(make("p", { class: "form__bad" }, word("pinned_gone")));
    if (at === undefined) return made;
    const ways = make("p", { class: "form__buttons" });
    if (one.pinned) {
      ways.append(button("go_there", () => editor.chain().setNodeSelection(at - 1).scrollIntoView().run()),
        button("remove", () => editor.chain().deleteRange({ from: at - 1, to: at }).focus().run()));
    } else {
      const { card } = one;
      if (card) ways.append(button("pin_this", () => pin(at, card)));
      ways.append(button("pin_here", () => chooseStory((story) => pin(at, story))));
    }
    made.append(ways);
    return made;
  };

  const look = async () => {
    const own = ++asked;
    try {
      const found = await tell(addressOf("places"), typedIn(form));
      if (own !== asked) return;
      const ends = endsOfBlocks(editor.state.doc);
      // When the server counts other blocks, a place is listed but not drawn in the text.
      const known = ends.length === found.blocks;
      /** @type {EdPlace[]} */
      const places = found.places;
      place?.replaceChildren(places.length
        ? make("ol", { class: "suggested" }, ...places.map((one) => row(one, known ? ends[one.after] : undefined)))
        : make("p", { class: "quiet" }, word("no_places")));
      drawPlaces(editor, known ? places.filter((one) => !one.pinned).map((one) => ({ at: ends[one.after], place: one })) : []);
    } catch {
      place?.replaceChildren(make("p", { class: "quiet" }, word("failed")));
    }
  };
  const again = panel(form, "places", look, 1500);
  form.querySelector('[data-panel="places"]')?.addEventListener("toggle", (event) => {
    if (event.target instanceof HTMLDetailsElement && !event.target.open) drawPlaces(editor, []);
  });
  return again;
}
