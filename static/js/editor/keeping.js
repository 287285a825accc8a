// @ts-check
// Never lose a word: every keystroke is kept in the browser, every few seconds on the server.

import { countAll, fillIn, notice, typedIn } from "./form.js";
import { ask, button, make, pageToken, renewToken, tell, word } from "./words.js";

const SOON = 1500;
const LATEST = 5000;
const KEEPALIVE = 60_000;
// A window that is alive has kept something more lately than this.
const QUIET = 15_000;

/** @param {number} at */
const clock = (at) =>
  new Date(at).toLocaleString(document.documentElement.lang === "ar" ? "ar-u-nu-latn" : document.documentElement.lang, { dateStyle: "short", timeStyle: "short" });

/** @param {Record<string, string>} one @param {Record<string, string>} other */
const sameText = (one, other) => Object.keys({ ...one, ...other }).every((name) => (one[name] ?? "") === (other[name] ?? ""));

/** @returns {string} A name for this window, kept while it reloads; a copy of the window takes another. */
function windowName() {
  const kept = sessionStorage.getItem("kh-write-tab") ?? crypto.randomUUID();
  sessionStorage.setItem("kh-write-tab", kept);
  return kept;
}

/**
 * @param {HTMLFormElement} form @param {{setBody(html: string): void}} editor
 */
export function keeping(form, editor) {
  const { write: story = "", person = "" } = form.dataset;
  const address = `/newsroom/stories/${story}/draft`;
  const baseField = /** @type {HTMLInputElement} */ (form.elements.namedItem("base"));
  const stateLine = form.querySelector("[data-kept-state]");
  const stateWords = form.querySelector("[data-state-words]");
  const prefix = `kh-write:${person}:`;
  let tab = windowName();
  let version = Number(form.dataset.version);
  let first = 0;
  let timer = 0;
  let wait = SOON;
  let sending = false;
  let again = false;
  let told = "";
  /** @type {EdKept | null} */
  let latest = null;

  const keyOf = (/** @type {string} */ which = tab) => `${prefix}${story}:${which}`;

  /** @param {string} state @param {string} key @param {...(Node | string)} more */
  const show = (state, key, ...more) => {
    stateLine?.setAttribute("data-state", state);
    if (stateWords?.textContent !== word(key) || more.length) stateWords?.replaceChildren(word(key), ...more);
  };

  /** @param {EdKept} what */
  const remember = (what) => {
    try {
      localStorage.setItem(keyOf(), JSON.stringify(what));
      return true;
    } catch {
      return false;
    }
  };

  const touched = () => {
    latest = { story, fields: typedIn(form), base: Number(baseField.value), version, at: Date.now(), synced: false, tab };
    const kept = remember(latest);
    if (!sending) show("local", kept ? "local" : "full");
    if (form.dataset.new && !location.search) history.replaceState(null, "", `/newsroom/stories/new?id=${story}`);
    first ||= Date.now();
    clearTimeout(timer);
    timer = window.setTimeout(send, Math.max(0, Math.min(wait, first + LATEST - Date.now())));
  };

  /** @param {Error} error */
  const failed = (error) => {
    wait = Math.min(wait * 2, 30_000);
    if (error.message === "0" || error.message === "401") {
      show("out", "signed_out", " ", make("a", { href: "/newsroom/", target: "_blank", rel: "noopener", class: "write__link" }, word("sign_in")));
    } else if (/^(413|422)$/.test(error.message)) {
      show("bad", "refused");
      return;
    } else show("local", navigator.onLine && /^\d+$/.test(error.message) ? "local" : "offline");
    clearTimeout(timer);
    timer = window.setTimeout(send, wait);
  };

  /** Ask where the story stands, under the session of now. @returns {Promise<any>} */
  const standing = async () => {
    const state = await ask(address);
    if (String(state.person) !== person) throw new Error("401");
    renewToken(state.token);
    return state;
  };

  const send = async () => {
    if (!latest || latest.synced) return;
    if (sending) {
      again = true;
      return;
    }
    sending = true;
    clearTimeout(timer);
    const sent = latest;
    show("sending", "saving");
    try {
      arrived(sent, await post(sent));
    } catch (error) {
      failed(/** @type {Error} */ (error));
    } finally {
      sending = false;
      first = latest && !latest.synced ? Date.now() : 0;
      if (again && latest && !latest.synced) timer = window.setTimeout(send, wait);
      again = false;
    }
  };

  /** @param {EdKept} sent @returns {Promise<any>} */
  const post = async (sent) => {
    const what = { typed: sent.fields, base: sent.base, version };
    try {
      return await tell(address, what);
    } catch (error) {
      const { message } = /** @type {Error} */ (error);
      if (message === "400") {
        await standing();
        return tell(address, what);
      }
      if (message !== "409") throw error;
      const state = await standing();
      if (state.typed && !sameText(state.typed, sent.fields) && state.version !== version) {
        otherWindow(state);
        throw new Error("422");
      }
      version = state.version;
      return tell(address, { ...what, version });
    }
  };

  /** @param {EdKept} sent @param {any} receipt */
  const arrived = (sent, receipt) => {
    version = receipt.version;
    wait = SOON;
    if (latest === sent) {
      latest = { ...sent, version, synced: true };
      remember(latest);
      show("kept", "kept");
      document.dispatchEvent(new CustomEvent("ed:kept"));
    } else show("local", "local");
    if (receipt.newest > sent.base && told !== `c${receipt.newest}`) {
      told = `c${receipt.newest}`;
      const way = make("a", { class: "pill", href: `/newsroom/stories/${story}/merge` }, word("compare"));
      notice(form, "collided", make("p", {}, `${word("collided")} (`, make("bdi", {}, receipt.by), ")"), make("p", {}, way));
    }
  };

  /** @param {any} state */
  const otherWindow = (state) => {
    const goOn = button("go_on_here", () => {
      version = state.version;
      notice(form, "window");
      touched();
      send();
    });
    const take = button("take_other", () => location.reload());
    notice(form, "window", make("p", {}, word("other_window")), make("p", { class: "form__buttons" }, goOn, take));
  };

  /** @param {Record<string, string>} fields */
  const put = (fields) => {
    fillIn(form, fields);
    editor.setBody(fields.body ?? "");
  };

  /** @param {string} start @returns {[string, EdKept][]} */
  const inBrowser = (start) => {
    /** @type {[string, EdKept][]} */
    const found = [];
    for (let at = 0; at < localStorage.length; at++) {
      const key = localStorage.key(at) ?? "";
      if (!key.startsWith(start)) continue;
      try {
        found.push([key, JSON.parse(localStorage.getItem(key) ?? "")]);
      } catch {
        localStorage.removeItem(key);
      }
    }
    return found.sort((one, other) => other[1].at - one[1].at);
  };

  /** @param {string} key @param {EdKept} kept */
  const offer = (key, kept) => {
    const use = button("use_it", () => {
      baseField.value = String(kept.base);
      put(kept.fields);
      localStorage.removeItem(key);
      notice(form, key);
      touched();
    });
    const drop = button("drop_it", () => {
      localStorage.removeItem(key);
      notice(form, key);
    });
    const said = kept.fields.headline || kept.fields.body?.replace(/<[^>]*>/g, " ").trim().slice(0, 90);
    notice(form, key, make("p", {}, word("found_kept"), " ", make("bdi", {}, clock(kept.at)), ": ", make("q", { dir: "auto" }, said)),
      make("p", { class: "form__buttons" }, use, drop));
  };

  /** What this browser holds of the story and the server may not. */
  const find = () => {
    const shown = typedIn(form);
    for (const [key, kept] of inBrowser(`${prefix}${story}:`)) {
      const base = Number(baseField.value);
      if (kept.synced || sameText(kept.fields, shown)) {
        if (kept.synced && kept.tab !== tab && Date.now() - kept.at > QUIET) localStorage.removeItem(key);
        continue;
      }
      if (kept.tab === tab && kept.base === base && kept.version === version) {
        put(kept.fields);
        const back = button("undo_restore", () => {
          put(shown);
          notice(form, "restored");
          touched();
        });
        notice(form, "restored", make("p", {}, word("restored"), " ", make("bdi", {}, clock(kept.at)), "."), make("p", {}, back));
        touched();
      } else if (kept.tab === tab || Date.now() - kept.at > QUIET) offer(key, kept);
    }
    if (form.dataset.new) {
      for (const [key, kept] of inBrowser(prefix)) {
        if (kept.story === story || kept.base || kept.synced || Date.now() - kept.at < QUIET) continue;
        const way = make("a", { class: "write__link", href: `/newsroom/stories/new?id=${kept.story}`, dir: "auto" }, kept.fields.headline || word("open_it"));
        notice(form, key, make("p", {}, word("new_kept"), " ", way, " · ", make("bdi", {}, clock(kept.at))));
      }
    }
  };

  /**
   * Save the story as a revision; the page stays where it is.
   * @param {boolean} [renew] whether the story's steps are shown anew
   * @returns {Promise<boolean>} whether it is saved
   */
  const save = async (renew = true) => {
    touched();
    clearTimeout(timer);
    show("sending", "saving");
    try {
      await standing();
      const answer = await fetch(form.action, {
        method: "POST",
        headers: { Accept: "application/json", "X-CSRFToken": pageToken() },
        body: new URLSearchParams(/** @type {any} */ (new FormData(form))),
        redirect: "manual",
      });
      if (answer.status === 409) {
        if (latest) remember((latest = { ...latest, synced: true }));
        location.assign(`/newsroom/stories/${story}/merge`);
        return false;
      }
      const said = answer.status === 422 || answer.ok ? await answer.json() : {};
      if (answer.status === 422) {
        wrong(said.wrong);
        wait = SOON;
        timer = window.setTimeout(send, wait);
        return false;
      }
      if (!answer.ok) throw new Error(String(answer.status));
      saved(said.number, renew);
      return true;
    } catch (error) {
      failed(/** @type {Error} */ (error));
      return false;
    }
  };

  /** The steps of the story, as they stand after it was saved. @param {number} number */
  const renewWork = async (number) => {
    const place = document.querySelector("[data-work]");
    if (!place) return;
    for (const seen of place.querySelectorAll('input[name="seen"]')) {
      if (seen instanceof HTMLInputElement) seen.value = String(number);
    }
    try {
      const answer = await fetch(`/newsroom/stories/${story}`, { redirect: "manual" });
      const trust = Reflect.get(window, "khabaraynTrust");
      const fresh = new DOMParser().parseFromString(trust(await answer.text()), "text/html").querySelector("[data-work]");
      if (fresh && !place.contains(document.activeElement)) place.replaceChildren(...fresh.childNodes);
    } catch {
      // What stands there is still true of the text that readers see.
    }
  };

  /** @param {number} number @param {boolean} renew */
  const saved = (number, renew) => {
    wrong({});
    localStorage.removeItem(keyOf());
    baseField.value = String(number);
    version = 0;
    latest = null;
    form.dataset.unsaved = "";
    notice(form, "restored");
    show("saved", "saved");
    document.dispatchEvent(new CustomEvent("ed:kept"));
    if (form.dataset.new) location.assign(`/newsroom/stories/${story}`);
    else if (renew) renewWork(number);
  };

  /** @param {Record<string, string>} what */
  const wrong = (what) => {
    for (const one of form.querySelectorAll("[data-wrong]")) one.remove();
    for (const one of form.querySelectorAll("[aria-invalid]")) one.removeAttribute("aria-invalid");
    const entries = Object.entries(what);
    if (!entries.length) return;
    show("bad", "refused");
    for (const [name, message] of entries) {
      const one = form.elements.namedItem(name);
      const said = make("p", { class: "form__bad", "data-wrong": true, role: "alert" }, message);
      if (one instanceof HTMLElement && name !== "body") {
        one.setAttribute("aria-invalid", "true");
        one.closest(".form__row")?.append(said);
        one.focus();
      } else (form.querySelector(".write__body") ?? form).append(said);
    }
  };

  addEventListener("online", send);
  addEventListener("focus", () => {
    if (latest && !latest.synced) send();
  });
  addEventListener("pagehide", () => {
    if (!latest || latest.synced || sending) return;
    const body = JSON.stringify({ typed: latest.fields, base: latest.base, version });
    if (new Blob([body]).size > KEEPALIVE) return;
    fetch(address, {
      method: "POST",
      keepalive: true,
      headers: { "Content-Type": "application/json", "X-CSRFToken": pageToken() },
      body,
      redirect: "manual",
    }).catch(() => {
      // The browser holds it all the same.
    });
  });
  form.addEventListener("submit", (event) => {
    if (event.submitter?.hasAttribute("data-forget")) {
      localStorage.removeItem(keyOf());
      return;
    }
    if (event.submitter && !event.submitter.hasAttribute("data-save-now")) return;
    event.preventDefault();
    save();
  });

  // A step is taken with the text as it stands here: what is not saved is saved first.
  document.addEventListener("submit", async (event) => {
    const step = event.target;
    if (!(step instanceof HTMLFormElement) || !step.closest("[data-work]")) return;
    if (!latest && !form.dataset.unsaved) return;
    event.preventDefault();
    if (!(await save(false))) {
      form.scrollIntoView();
      return;
    }
    const seen = step.querySelector('input[name="seen"]');
    if (seen instanceof HTMLInputElement) seen.value = baseField.value;
    step.submit();
  });

  const start = () => {
    find();
    countAll(form);
  };
  if (navigator.locks) {
    navigator.locks.request(`kh-write-${tab}`, { ifAvailable: true }, (lock) => {
      if (!lock) {
        tab = crypto.randomUUID();
        sessionStorage.setItem("kh-write-tab", tab);
      }
      start();
      return lock ? new Promise(() => {}) : undefined;
    });
  } else start();
  return { touched, save };
}
