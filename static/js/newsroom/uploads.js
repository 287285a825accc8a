// @ts-check
// Pictures come into the library by hand, by drag, by paste and from the camera.
import { say } from "./base.js";
import { sendPicture } from "./send-picture.js";

/** @typedef {import("./send-picture.js").Uploaded} Uploaded */

const uploadForm = /** @type {HTMLFormElement | null} */ (document.querySelector("form[data-upload]"));
if (uploadForm) {
  const words = uploadForm.dataset;
  const list = /** @type {HTMLElement} */ (uploadForm.querySelector("[data-sending-list]"));
  const model = /** @type {HTMLTemplateElement} */ (uploadForm.querySelector("[data-sending-item]"));
  /** @type {(() => Promise<void>)[]} */
  const waiting = [];
  let busy = 0;

  const next = () => {
    while (busy < 2 && waiting.length) {
      const work = /** @type {() => Promise<void>} */ (waiting.shift());
      busy += 1;
      void work().finally(() => {
        busy -= 1;
        next();
      });
    }
  };

  /** @param {HTMLElement} item @param {string} state @param {string} text @param {Node[]} more */
  const tell = (item, state, text, ...more) => {
    item.dataset.state = state;
    const place = /** @type {HTMLElement} */ (item.querySelector(".sending__state"));
    place.replaceChildren(text, ...more);
  };

  /** @param {string} href @param {string} text */
  const linkTo = (href, text) => {
    const link = document.createElement("a");
    link.href = href;
    link.textContent = text;
    return link;
  };

  /** @param {HTMLElement} item @param {string} src */
  const face = (item, src) => {
    const img = document.createElement("img");
    img.src = src;
    img.alt = "";
    item.querySelector(".sending__face")?.replaceChildren(img);
  };

  /** @param {HTMLElement} item @param {Uploaded} sent */
  const arrived = (item, sent) => {
    face(item, sent.src);
    item.querySelector("progress")?.remove();
    const more = [" · ", linkTo(sent.url, words.open ?? "")].map((part) => (typeof part === "string" ? document.createTextNode(part) : part));
    if (!sent.known && sent.alike.length) {
      more.push(document.createTextNode(` · ${words.alike} `));
      for (const one of sent.alike.slice(0, 3)) more.push(linkTo(one.url, one.id), document.createTextNode(" "));
    }
    tell(item, "done", (sent.known ? words.known : words.done) ?? "", ...more);
    say(`${item.querySelector(".sending__name")?.textContent}: ${sent.known ? words.known : words.done}`);
  };

  /** @param {File} file */
  const enlist = (file) => {
    const copy = /** @type {DocumentFragment} */ (model.content.cloneNode(true));
    const item = /** @type {HTMLElement} */ (copy.firstElementChild);
    const name = /** @type {HTMLElement} */ (item.querySelector(".sending__name"));
    name.textContent = file.name || (words.pasted ?? "");
    list.hidden = false;
    list.append(item);
    const work = async () => {
      const bar = item.querySelector("progress");
      try {
        const sent = await sendPicture(file, words.begin ?? "", (part, broken) => {
          if (broken) return tell(item, "broken", words.offline ?? "");
          if (bar) bar.value = part;
          tell(item, "sending", part >= 1 || file.size * (1 - part) < 600000 ? `${words.sending} · ${words.working}` : (words.sending ?? ""));
        });
        arrived(item, sent);
      } catch (error) {
        const again = document.createElement("button");
        again.type = "button";
        again.className = "pill";
        again.textContent = words.again ?? "";
        again.addEventListener("click", () => {
          tell(item, "waiting", words.waiting ?? "");
          waiting.push(work);
          next();
        });
        tell(item, "failed", `${words.failed} ${/** @type {Error} */ (error).message} `, again);
        say(`${words.failed} ${name.textContent}`);
      }
    };
    tell(item, "waiting", words.waiting ?? "");
    waiting.push(work);
    next();
  };

  /** @param {Iterable<File>} files */
  const enlistAll = (files) => {
    for (const file of files) if (file.size) enlist(file);
  };

  for (const input of /** @type {NodeListOf<HTMLInputElement>} */ (uploadForm.querySelectorAll("[data-files]")))
    input.addEventListener("change", () => {
      enlistAll([...(input.files ?? [])]);
      input.value = "";
    });
  uploadForm.addEventListener("submit", (event) => event.preventDefault());
  addEventListener("paste", (event) => {
    const files = [...(event.clipboardData?.files ?? [])].filter((file) => file.type.startsWith("image/"));
    if (files.length) {
      event.preventDefault();
      enlistAll(files);
    }
  });
  addEventListener("dragover", (event) => {
    if (![...(event.dataTransfer?.types ?? [])].includes("Files")) return;
    event.preventDefault();
    uploadForm.dataset.over = "";
  });
  addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) delete uploadForm.dataset.over;
  });
  addEventListener("drop", (event) => {
    delete uploadForm.dataset.over;
    if (!event.dataTransfer?.files.length) return;
    event.preventDefault();
    enlistAll([...event.dataTransfer.files]);
  });
  addEventListener("beforeunload", (event) => {
    if (busy || waiting.length) event.preventDefault();
  });
}
