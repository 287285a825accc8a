// @ts-check
// «احفظ الكل»: every story this list shows, one after the other, with progress and a stop.
import { chosenDigits } from "../pure/digits.js";
import { askWorker, hasWorkers, offlineWords, sizeText, storyPath } from "./ask.js";
import { whyFailed } from "./save.js";

const saveAllBox = /** @type {HTMLElement | null} */ (document.querySelector("[data-save-all]"));

if (saveAllBox && hasWorkers) {
  const start = /** @type {HTMLButtonElement} */ (saveAllBox.querySelector("[data-start]"));
  const stop = /** @type {HTMLButtonElement} */ (saveAllBox.querySelector("[data-stop]"));
  const bar = /** @type {HTMLProgressElement} */ (saveAllBox.querySelector("progress"));
  const say = /** @type {HTMLElement} */ (saveAllBox.querySelector("[data-say]"));
  let stopped = false;

  document.addEventListener("khabarayn:worker", () => (saveAllBox.hidden = false));
  stop.addEventListener("click", () => (stopped = true));
  start.addEventListener("click", async () => {
    const links = /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll("main .card__title a"));
    const paths = [...new Set(Array.from(links, (link) => storyPath(link.href)).filter(Boolean))];
    stopped = false;
    start.hidden = true;
    stop.hidden = bar.hidden = false;
    bar.max = paths.length;
    let bytes = 0;
    let done = 0;
    let failed = 0;
    let why = "";
    const tell = () => {
      bar.value = done + failed;
      const of = document.createElement("bdi");
      of.textContent = chosenDigits(`${done} / ${paths.length}`);
      say.replaceChildren(of, ` · ${sizeText(bytes)}${failed ? ` · ${offlineWords().missed}: ${chosenDigits(String(failed))}` : ""}`);
    };
    tell();
    for (const path of paths) {
      if (stopped) break;
      try {
        bytes += (await askWorker("save", { path })).bytes;
        done++;
      } catch (error) {
        failed++;
        why = whyFailed(/** @type {Error} */ (error));
        // The network is gone or the phone is full: the remaining stories would fail as well.
        if (failed >= 3) break;
      }
      tell();
    }
    if (why) say.append(" · " + why);
    start.hidden = false;
    stop.hidden = true;
    bar.hidden = !failed && done === paths.length;
    document.dispatchEvent(new Event("khabarayn:worker"));
  });
}
