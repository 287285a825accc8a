// @ts-check
// Pictures from the library: chosen, remembered, and put into the text or at its head.

import { choose } from "./asking.js";
import { knownPictures } from "./boxes.js";
import { addressOf, ask, make, pageToken, word } from "./words.js";

/** @param {string} words @returns {Promise<EdPicture[]>} */
async function findPictures(words) {
  try {
    return (await ask(addressOf("pick", { q: words }))).pictures;
  } catch {
    // Without the library a picture is still found by its number.
    if (!/^[a-z0-9]{4,32}$/.test(words)) return [];
    return [await ask(addressOf("picture").replace("ID", words))];
  }
}

/** @param {(picture: EdPicture) => void} chosen */
export function choosePicture(chosen) {
  choose(
    word("image"),
    word("find_picture"),
    findPictures,
    (one) => make("span", { class: "ed-found__picture" }, make("img", { src: one.src, alt: "" }), make("span", { dir: "auto" }, one.alt || one.caption || one.id)),
    (one) => {
      knownPictures.set(one.id, one);
      chosen(one);
    },
  );
}

/** @param {any} editor @param {EdPicture} one */
export function insertPicture(editor, one) {
  const attrs = { media: one.id, alt: one.alt, caption: one.caption, credit: one.credit };
  insertBlock(editor, { type: "image", attrs });
}

/** Put a block behind the one that the cursor stands in. @param {any} editor @param {object} block */
export function insertBlock(editor, block) {
  const { $to } = editor.state.selection;
  const end = $to.depth ? $to.after(1) : editor.state.selection.to;
  const empty = $to.depth === 1 && !$to.parent.content.size && $to.parent.type.name === "paragraph";
  editor.chain().insertContentAt(empty ? { from: $to.before(1), to: end } : end, block).focus().run();
}

/** Pictures that are pasted or dropped as files go into the library first. @param {any} editor @param {File[]} files */
export async function takeFiles(editor, files) {
  for (const file of files.filter((one) => one.type.startsWith("image/"))) {
    const form = new FormData();
    form.append("file", file, file.name);
    try {
      const answer = await fetch(addressOf("upload"), {
        method: "POST",
        headers: { Accept: "application/json", "X-CSRFToken": pageToken() },
        body: form,
        redirect: "manual",
      });
      if (!answer.ok) throw new Error(String(answer.status));
      const one = await answer.json();
      knownPictures.set(one.id, one);
      insertPicture(editor, one);
    } catch {
      document.dispatchEvent(new CustomEvent("ed:notice", { detail: word("removed_pictures") }));
    }
  }
}

/** The picture at the head of the story. @param {HTMLElement} place @param {(changed: HTMLElement) => void} touched */
export function leadPicture(place, touched) {
  const field = /** @type {HTMLInputElement | null} */ (place.querySelector('[name="lead"]'));
  const shown = place.querySelector("[data-lead-shown]");
  const drop = /** @type {HTMLElement | null} */ (place.querySelector("[data-drop-lead]"));
  if (!field || !shown || !drop) return () => {};
  const draw = () => {
    const found = knownPictures.get(field.value);
    drop.hidden = !field.value;
    shown.replaceChildren(...(found?.src ? [make("img", { src: found.src, alt: found.alt })] : field.value ? [field.value] : []));
  };
  /** @param {string} name @param {string} value */
  const fill = (name, value) => {
    const one = place.querySelector(`[name="${name}"]`);
    if (one instanceof HTMLTextAreaElement) one.value = value;
  };
  place.querySelector("[data-pick-lead]")?.addEventListener("click", () =>
    choosePicture((one) => {
      field.value = one.id;
      fill("lead_alt", one.alt);
      fill("lead_caption", one.caption);
      fill("lead_credit", one.credit);
      draw();
      touched(field);
    }),
  );
  drop.addEventListener("click", () => {
    for (const name of ["lead_alt", "lead_caption", "lead_credit"]) fill(name, "");
    field.value = "";
    draw();
    touched(field);
  });
  return draw;
}
