// @ts-check
// Every keystroke is stored in the browser; every few seconds the text goes to the server as a draft.

import { notice, typedIn } from "./form.js";
import { addressOf, ask, button, make, pageToken, renewToken, tell, word } from "./words.js";

const SOON = 1500;
const LATEST = 5000;
const LONGEST_WAIT = 30_000;
// Browsers send at most this many bytes of a request that outlives its page.
const KEEPALIVE = 60_000;
const TAB_KEY = "kh-write-tab";

/** @param {Record<string, string>} one @param {Record<string, string>} other */
export const sameText = (one, other) => Object.keys({ ...one, ...other }).every((name) => (one[name] ?? "") === (other[name] ?? ""));

/** @returns {string} A name for this window, the same while it reloads; a copy of the window takes another. */
function windowName() {
  const name = sessionStorage.getItem(TAB_KEY) ?? crypto.randomUUID();
  sessionStorage.setItem(TAB_KEY, name);
  return name;
}

/** The unsaved text of one story in one window, and how it is sent to the server. */
export class Autosave {
  /** @type {EdKept | null} What was typed last, or nothing since the last revision. */
  latest = null;
  tab = windowName();
  #wait = SOON;
  #timer = 0;
  /** When the oldest unsent keystroke came, in milliseconds; 0 when all is sent. */
  #first = 0;
  #sending = false;
  #again = false;
  /** The newest revision by somebody else that was already announced. */
  #announced = 0;

  /** @param {HTMLFormElement} form */
  constructor(form) {
    this.form = form;
    this.story = form.dataset.write ?? "";
    this.person = form.dataset.person ?? "";
    this.version = Number(form.dataset.version);
    this.baseField = /** @type {HTMLInputElement} */ (form.elements.namedItem("base"));
    /** The beginning of the keys of this person's texts in the browser's store, for all stories. */
    this.prefix = `kh-write:${this.person}:`;
    addEventListener("online", () => this.send());
    addEventListener("focus", () => this.send());
    addEventListener("pagehide", () => this.#sendLast());
  }

  get base() {
    return Number(this.baseField.value);
  }

  get key() {
    return `${this.prefix}${this.story}:${this.tab}`;
  }

  /** Show whether the text is stored. @param {string} state @param {string} key @param {...(Node | string)} more */
  show(state, key, ...more) {
    this.form.querySelector("[data-kept-state]")?.setAttribute("data-state", state);
    const place = this.form.querySelector("[data-state-words]");
    if (place?.textContent !== word(key) || more.length) place?.replaceChildren(word(key), ...more);
  }

  /** Write into the browser's store. @param {EdKept} draft @returns {boolean} false when there is no room */
  store(draft) {
    this.latest = draft;
    try {
      localStorage.setItem(this.key, JSON.stringify(draft));
      return true;
    } catch {
      return false;
    }
  }

  /** Something changed: store it here now, send it soon. */
  changed() {
    const { story, base, version, tab } = this;
    const stored = this.store({ story, fields: typedIn(this.form), base, version, at: Date.now(), synced: false, tab });
    if (!this.#sending) this.show("local", stored ? "local" : "full");
    if (this.form.dataset.new && !location.search) history.replaceState(null, "", addressOf("begin", { id: story }));
    this.#first ||= Date.now();
    this.sendIn(Math.max(0, Math.min(this.#wait, this.#first + LATEST - Date.now())));
  }

  /** @param {number} [pause] milliseconds */
  sendIn(pause = (this.#wait = SOON)) {
    this.pause();
    this.#timer = window.setTimeout(() => this.send(), pause);
  }

  /** Send nothing until the next change. */
  pause() {
    clearTimeout(this.#timer);
  }

  async send() {
    if (!this.latest || this.latest.synced) return;
    if (this.#sending) {
      this.#again = true;
      return;
    }
    this.#sending = true;
    this.pause();
    const draft = this.latest;
    this.show("sending", "saving");
    try {
      this.#arrived(draft, await this.#post(draft));
    } catch (error) {
      this.failed(/** @type {Error} */ (error));
    } finally {
      this.#sending = false;
      const unsent = this.latest && !this.latest.synced;
      this.#first = unsent ? Date.now() : 0;
      if (this.#again && unsent) this.sendIn(this.#wait);
      this.#again = false;
    }
  }

  /** @param {Error} error whose message is the answer's status, 0 for a redirect to the sign-in page, and whose cause is why */
  failed(error) {
    this.#wait = Math.min(this.#wait * 2, LONGEST_WAIT);
    // The server's own words: too large, not allowed, no room, too busy.
    const why = error.cause ? [" · ", String(error.cause)] : [];
    if (error.message === "0" || error.message === "401") {
      this.show("out", "signed_out", " ", make("a", { href: addressOf("desk"), target: "_blank", rel: "noopener", class: "write__link" }, word("sign_in")));
    } else if (/^(403|413|422)$/.test(error.message)) {
      this.show("bad", "refused", ...why);
      return;
    } else if (navigator.onLine && /^\d+$/.test(error.message)) this.show("local", "local", ...why);
    else this.show("local", "offline");
    this.sendIn(this.#wait);
  }

  /** Ask for the state of the story under the present session. @returns {Promise<any>} */
  async standing() {
    const state = await ask(addressOf("draft"));
    if (String(state.person) !== this.person) throw new Error("401");
    renewToken(state.token);
    return state;
  }

  /** @param {EdKept} draft @returns {Promise<any>} */
  async #post(draft) {
    const body = { typed: draft.fields, base: draft.base, version: this.version };
    try {
      return await tell(addressOf("draft"), body);
    } catch (error) {
      const { message } = /** @type {Error} */ (error);
      if (message === "400") {
        await this.standing();
        return tell(addressOf("draft"), body);
      }
      if (message !== "409") throw error;
      const state = await this.standing();
      if (state.typed && !sameText(state.typed, draft.fields) && state.version !== this.version) {
        this.#otherWindow(state);
        throw new Error("422");
      }
      this.version = state.version;
      return tell(addressOf("draft"), { ...body, version: this.version });
    }
  }

  /** @param {EdKept} draft @param {any} receipt */
  #arrived(draft, receipt) {
    this.version = receipt.version;
    this.#wait = SOON;
    if (this.latest === draft) {
      this.store({ ...draft, version: this.version, synced: true });
      this.show("kept", "kept");
      document.dispatchEvent(new CustomEvent("ed:kept"));
    } else this.show("local", "local");
    if (receipt.newest > draft.base && this.#announced !== receipt.newest) {
      this.#announced = receipt.newest;
      const link = make("a", { class: "pill", href: addressOf("merge") }, word("compare"));
      notice(this.form, "collided", make("p", {}, `${word("collided")} (`, make("bdi", {}, receipt.by), ")"), make("p", {}, link));
    }
  }

  /** @param {any} state of the draft that another window sent */
  #otherWindow(state) {
    const goOn = button("go_on_here", () => {
      this.version = state.version;
      notice(this.form, "window");
      this.changed();
      this.send();
    });
    const take = button("take_other", () => location.reload());
    notice(this.form, "window", make("p", {}, word("other_window")), make("p", { class: "form__buttons" }, goOn, take));
  }

  #sendLast() {
    const { latest, version } = this;
    if (!latest || latest.synced || this.#sending) return;
    const body = JSON.stringify({ typed: latest.fields, base: latest.base, version });
    if (new Blob([body]).size > KEEPALIVE) return;
    fetch(addressOf("draft"), {
      method: "POST",
      keepalive: true,
      headers: { "Content-Type": "application/json", "X-CSRFToken": pageToken() },
      body,
      redirect: "manual",
    }).catch(() => {
      // The browser's store has it all the same.
    });
  }

  /** Make sure that no other window has this window's name, then go on. @param {() => void} then */
  claimWindow(then) {
    if (!navigator.locks) return then();
    navigator.locks.request(`kh-write-${this.tab}`, { ifAvailable: true }, (lock) => {
      if (!lock) {
        this.tab = crypto.randomUUID();
        sessionStorage.setItem(TAB_KEY, this.tab);
      }
      then();
      return lock ? new Promise(() => {}) : undefined;
    });
  }
}
