// @ts-check
// The page of the editor: set up the text, its form and the panels around them.

import { Autosave } from "./autosave.js";
import { insets, suggestions } from "./beside.js";
import { insertBlock, leadPicture, picturesAmong, takeFiles } from "./choosing.js";
import { completing } from "./complete.js";
import { countAll, countWords, fieldNamed, notice, watchFields } from "./form.js";
import { followDirection, listenForKeys } from "./keys.js";
import { preview } from "./preview.js";
import { fromMarkdown } from "./markdown.js";
import { drawing } from "./marks.js";
import { cardIn, cleanPasted } from "./paste.js";
import { remarks } from "./remarks.js";
import { restoreTexts } from "./restore.js";
import { saveRevision, watchSubmits } from "./save.js";
import { schemaParts } from "./schema.js";
import { shapeKeys } from "./shape.js";
import { askLink, toolbar } from "./toolbar.js";
import { word } from "./words.js";

/** The body as HTML for the server, without the lines' directions. @param {any} editor @returns {string} */
export const bodyOf = (editor) => editor.getHTML().replace(/ dir="auto"/g, "");

/** @param {HTMLElement} place @param {string} html @param {() => void} changed */
export function openEditor(place, html, changed) {
  /** @type {any} */
  const editor = new Tiptap.Editor({
    element: place,
    injectCSS: false,
    textDirection: "auto",
    enableCoreExtensions: true,
    extensions: [
      ...schemaParts(),
      shapeKeys(),
      drawing(),
      Tiptap.UndoRedo,
      Tiptap.Gapcursor,
      Tiptap.Placeholder.configure({ placeholder: word("placeholder") }),
    ],
    content: html,
    editorProps: {
      attributes: { role: "textbox", "aria-multiline": "true", "aria-label": word("body"), class: "ed-text", spellcheck: "true" },
      transformPastedHTML: cleanPasted,
      /** @param {any} _view @param {ClipboardEvent} event */
      handlePaste: (_view, event) => taken(editor, event, event.clipboardData),
      /** @param {any} _view @param {DragEvent} event */
      handleDrop: (_view, event) => taken(editor, event, event.dataTransfer),
    },
    onUpdate: changed,
  });
  place.prepend(toolbar(editor));
  return editor;
}

/** Files of pictures go into the library; text goes on its way. @param {any} editor @param {Event} event @param {DataTransfer | null} data */
function taken(editor, event, data) {
  // The address of a video or a post alone, on a line of its own, is a link card.
  const url = event instanceof ClipboardEvent ? cardIn(data?.getData("text/plain") ?? "") : "";
  const { $from, empty } = editor.state.selection;
  if (url && empty && $from.depth === 1 && !$from.parent.content.size) {
    event.preventDefault();
    insertBlock(editor, { type: "embed", attrs: { url } });
    return true;
  }
  // Ctrl+Shift+V asks for the text as it stands.
  const plainly = Reflect.get(editor.view.input ?? {}, "shiftKey");
  const said = event instanceof ClipboardEvent && !plainly && !data?.types.includes("text/html") ? data?.getData("text/plain") : "";
  const html = said ? fromMarkdown(said) : "";
  if (html) {
    event.preventDefault();
    editor.view.pasteHTML(html);
    return true;
  }
  const files = picturesAmong(data?.files ?? []);
  if (!files.length || data?.types.includes("text/html")) return false;
  event.preventDefault();
  takeFiles(editor, files);
  return true;
}

const writeForm = /** @type {HTMLFormElement | null} */ (document.querySelector("form[data-write]"));
const writePlace = /** @type {HTMLElement | null} */ (writeForm?.querySelector("[data-editor]") ?? null);
const writeBody = writeForm && fieldNamed(writeForm, "body");

/** The step that takes the story farthest: an editor publishes, a writer submits. */
const currentMainStep = () => [...document.querySelectorAll("[data-work] .next-step--main")].pop();

/** The step that comes next, opened where its form stands. @param {Event} event */
function openMainStep(event) {
  const step = currentMainStep();
  if (!(step instanceof HTMLDetailsElement)) return;
  event.preventDefault();
  step.open = true;
  step.scrollIntoView({ block: "center" });
  const first = step.querySelector("textarea, input:not([type=hidden]), button");
  if (first instanceof HTMLElement) first.focus({ preventScroll: true });
}

/** What is saved may open another step, or none. @param {HTMLElement} link */
function nameMainStep(link) {
  const name = currentMainStep()?.querySelector("summary")?.textContent ?? "";
  link.textContent = name;
  link.hidden = !name;
}

const mainStep = document.querySelector("[data-main-step]");
const mainStepPlace = document.querySelector("[data-work]");
if (mainStep instanceof HTMLElement && mainStepPlace) {
  mainStep.addEventListener("click", openMainStep);
  new MutationObserver(() => nameMainStep(mainStep)).observe(mainStepPlace, { childList: true });
}

if (writeForm && writePlace && writeBody) {
  const form = writeForm;
  const field = writeBody;
  let quiet = true;
  const wordCount = form.querySelector("[data-word-count]");
  const editor = openEditor(writePlace, field.value, () => {
    field.value = bodyOf(editor);
    countWords(wordCount, editor.getText({ blockSeparator: "\n" }));
    if (!quiet) changed();
  });
  // From here on browser and server serialise the body alike, so that only real changes count.
  field.value = bodyOf(editor);
  countWords(wordCount, editor.getText({ blockSeparator: "\n" }));
  watchFields(form);
  const lead = form.querySelector("[data-lead]");
  const drawLead = lead instanceof HTMLElement ? leadPicture(lead, (one) => touchField(one)) : () => {};

  const autosave = new Autosave(form);
  watchSubmits(autosave);
  /** @param {Element} _one */
  const touchField = (_one) => {
    countAll(form);
    changed();
  };
  const lookAgain = remarks(form, editor, touchField);
  const suggestAgain = suggestions(form, editor, touchField);
  const placeAgain = insets(form, editor);
  const changed = () => {
    autosave.changed();
    lookAgain();
    suggestAgain();
    placeAgain();
  };
  form.addEventListener("input", (event) => {
    if (event.target instanceof Element && event.target.matches("[data-field]")) changed();
  });
  for (const one of form.querySelectorAll("textarea[data-complete]")) {
    if (one instanceof HTMLTextAreaElement) completing(one, touchField);
  }
  preview(form);
  document.addEventListener("ed:notice", (event) => {
    const { detail } = /** @type {CustomEvent} */ (event);
    notice(form, "told", ...(detail ? [detail] : []));
  });
  listenForKeys(editor, () => saveRevision(autosave), askLink);
  followDirection(form, writePlace);
  autosave.claimWindow(() => {
    restoreTexts(autosave, (html) => {
      editor.commands.setContent(html, { emitUpdate: true });
      drawLead();
    });
    countAll(form);
  });
  quiet = false;
  Reflect.set(form, "khEditor", editor);
}
