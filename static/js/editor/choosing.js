// @ts-check
// Pictures from the library: the picker, and putting a picture into the text or at its head.

import { choose } from "./asking.js";
import { knownPictures } from "./boxes.js";
import { addressOf, ask, make, word } from "./words.js";
import { sendPicture, UploadRefused } from "../newsroom/send-picture.js";

/** @param {string} words @param {string} before @returns {Promise<{found: EdPicture[], next: string}>} */
async function findPictures(words, before) {
  try {
    const page = await ask(addressOf("pick", before ? { q: words, before } : { q: words }));
    return { found: page.pictures, next: page.next };
  } catch {
    // Without the library a picture is still found by its number.
    const found = /^[a-z0-9]{4,32}$/.test(words) ? [await ask(addressOf("picture").replace("ID", words))] : [];
    return { found, next: "" };
  }
}

// A browser may not know a picture's type; the server checks it and says why it refuses one.
const PICTURE_NAME = /\.(jpe?g|png|webp|avif|gif|hei[cf]|tiff?|bmp|svg)$/i;

/** @param {Iterable<File>} files @returns {File[]} those that are meant as pictures */
export const picturesAmong = (files) => [...files].filter((one) => one.type.startsWith("image/") || PICTURE_NAME.test(one.name));

/** Upload a picture and show the progress. @param {File} file @param {(words: string) => void} told @returns {Promise<EdPicture | null>} */
async function bringPicture(file, told) {
  const name = file.name || word("image");
  try {
    const one = await sendPicture(file, addressOf("uploads"), (part, broken) =>
      told(broken ? word("upload_broken") : `${word("uploading")} ${name} ${Math.round(Math.max(0, part) * 100)}%`));
    knownPictures.set(one.id, one);
    return one;
  } catch (error) {
    const why = error instanceof UploadRefused && !/^\d+$/.test(error.message) ? error.message : word("failed");
    told(`${word("upload_failed")} ${name}: ${why}`);
    return null;
  }
}

/** A new picture from this device, in the picker. @param {(one: EdPicture) => void} take */
function bringNew(take) {
  const state = make("p", { class: "quiet", role: "status" });
  const input = /** @type {HTMLInputElement} */ (make("input", { type: "file", class: "vh", accept: "image/jpeg,image/png,image/webp,image/avif,image/gif" }));
  input.addEventListener("change", async () => {
    const file = input.files?.[0];
    input.value = "";
    const one = file && (await bringPicture(file, (words) => (state.textContent = words)));
    if (one) take(one);
  });
  return [make("div", { class: "ed-bring" }, make("label", { class: "pill pill--solid" }, input, word("bring")), state)];
}

/** @param {(picture: EdPicture) => void} chosen */
export function choosePicture(chosen) {
  choose(
    word("image"),
    word("find_picture"),
    findPictures,
    (one) => make("span", { class: "ed-found__picture" }, make("img", { src: one.src, alt: "" }), make("span", { dir: "auto" }, one.name || one.alt || one.caption || one.id, ...(one.name && one.alt ? [make("br"), make("span", { class: "quiet" }, one.alt)] : []))),
    (one) => {
      knownPictures.set(one.id, one);
      chosen(one);
    },
    bringNew,
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
  /** @param {string} words */
  const told = (words) => document.dispatchEvent(new CustomEvent("ed:notice", { detail: words }));
  for (const file of files) {
    const one = await bringPicture(file, told);
    if (!one) continue;
    told("");
    insertPicture(editor, one);
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
