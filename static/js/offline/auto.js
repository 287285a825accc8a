// @ts-check
// How many of the newest stories come by themselves: the reader's choice, on the shelf and in the settings.
import { askWorker, hasWorkers, sizeText } from "./ask.js";

const autoBox = /** @type {HTMLElement | null} */ (document.querySelector("[data-auto]"));

/** @param {HTMLElement} box */
async function drawAuto(box) {
  const { state } = await askWorker("list");
  for (const input of box.querySelectorAll("input")) input.checked = Number(input.value) === state.auto;
  const moved = state.moved[new Date().toISOString().slice(0, 7)] ?? 0;
  /** @type {HTMLElement} */ (box.querySelector("[data-moved]")).textContent = sizeText(moved);
}

if (autoBox && hasWorkers) {
  for (const name of ["khabarayn:worker", "khabarayn:shelf-drawn"]) document.addEventListener(name, () => void drawAuto(autoBox).catch(() => {}));
  autoBox.addEventListener("change", (event) => {
    const input = /** @type {HTMLInputElement} */ (event.target);
    void askWorker("set", { change: { auto: Number(input.value) } });
  });
}
