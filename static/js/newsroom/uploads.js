// @ts-check
// Pictures come in by hand, by drag, by paste and from the camera: piece by piece, so that a broken
// line costs one piece and not the picture.
import { csrfToken, say } from "./frame.js";

/**
 * @typedef {{id: string, src: string, url: string, alt: string, known: boolean,
 *   alike: {id: string, src: string, url: string, bits: number}[]}} Uploaded
 * @typedef {{token: string, offset: number, size: number, piece: number, url: string}} Underway
 */

const uploadForm = /** @type {HTMLFormElement | null} */ (document.querySelector("form[data-upload]"));
const UPLOAD_TRIES = 40;

class UploadRefused extends Error {}

/** @param {number} ms @returns {Promise<void>} until then, or until the line is back */
const uploadPause = (ms) =>
  new Promise((go) => {
    const timer = setTimeout(done, ms);
    function done() {
      clearTimeout(timer);
      removeEventListener("online", done);
      go();
    }
    addEventListener("online", done);
  });

/**
 * @param {string} url @param {RequestInit} asked
 * @returns {Promise<any>} what the server says; 409 with the place to go on counts as an answer
 */
async function uploadAsk(url, asked) {
  const res = await fetch(url, { ...asked, headers: { Accept: "application/json", "X-CSRFToken": csrfToken(), ...asked.headers } });
  if (res.ok || res.status === 409) return res.json();
  if (res.status === 422) throw new UploadRefused((await res.json()).message);
  if (res.status === 401 || res.status === 403) throw new UploadRefused(String(res.status));
  throw new TypeError(String(res.status));
}

/**
 * Send one file, going on where it was as often as the line breaks.
 * @param {File} file @param {string} begin @param {(part: number, broken: boolean) => void} told
 * @returns {Promise<Uploaded>}
 */
export async function sendPicture(file, begin, told) {
  const key = `${file.lastModified}.${file.type}`;
  let tries = 0;
  /** @type {Underway | null} */
  let state = null;
  for (;;) {
    try {
      if (!state) {
        const body = new URLSearchParams({ name: file.name, size: String(file.size), key });
        state = /** @type {Underway} */ (await uploadAsk(begin, { method: "POST", body }));
      }
      told(state.offset / file.size, false);
      const answer = await uploadAsk(`${state.url}?offset=${state.offset}`, {
        method: "PATCH",
        headers: { "Content-Type": "application/octet-stream" },
        body: file.slice(state.offset, state.offset + state.piece),
      });
      if ("id" in answer) return answer;
      state.offset = answer.offset;
      tries = 0;
    } catch (error) {
      if (error instanceof UploadRefused || ++tries > UPLOAD_TRIES) throw error;
      // What has come there may be more than we know: ask anew.
      state = null;
      told(-1, true);
      await uploadPause(Math.min(1000 * 2 ** Math.min(tries, 4), 15000));
    }
  }
}

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
