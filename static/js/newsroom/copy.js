// @ts-check
// A button that puts a text into the clipboard and says so; the page stays where it is.
import { say } from "./base.js";

/** @param {string} text @returns {Promise<boolean>} whether the clipboard has it now */
async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Over plain HTTP, or where the browser forbids the clipboard, the older command is used.
    const field = document.createElement("textarea");
    field.value = text;
    field.className = "vh";
    (document.querySelector("dialog[open]") ?? document.body).append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    return done;
  }
}

document.addEventListener("click", async (event) => {
  const button = event.target instanceof Element ? event.target.closest("[data-copy]") : null;
  if (!(button instanceof HTMLButtonElement)) return;
  const usual = button.dataset.usual ?? button.textContent ?? "";
  button.dataset.usual = usual;
  const words = (await copied(button.dataset.copy ?? "")) ? button.dataset.copied : button.dataset.failed;
  button.focus();
  button.textContent = words ?? "";
  say(words ?? "");
  setTimeout(() => {
    button.textContent = usual;
  }, 2500);
});
