// @ts-check
// Small dialogs: ask for an address, or for a choice among search results.

import { addressOf, ask, button, make, word } from "./words.js";

let dialogNumber = 0;

/** @param {string} title @param {...Node} inside */
export function opened(title, ...inside) {
  const id = `dialog-${++dialogNumber}`;
  const heading = make("h2", { id }, title);
  const dialog = /** @type {HTMLDialogElement} */ (make("dialog", { class: "ed-dialog", "aria-labelledby": id }, heading, ...inside));
  document.body.append(dialog);
  dialog.addEventListener("close", () => dialog.remove());
  dialog.showModal();
  return dialog;
}

/** @param {string} text @returns {string} A whole address, or "" when it is none. */
export function addressIn(text) {
  const given = text.trim();
  if (/^(https?:\/\/|mailto:)\S+$/i.test(given) || /^\/a\/[a-z0-9]+/.test(given)) return given;
  return /^[\w-]+(\.[\w-]+)+(\/\S*)?$/.test(given) ? `https://${given}` : "";
}

/**
 * Ask for an address. @param {string} title @param {string} value @param {(address: string) => void} done
 * @param {(() => void) | null} [drop]
 */
export function askAddress(title, value, done, drop = null) {
  const input = /** @type {HTMLInputElement} */ (make("input", { class: "input", dir: "ltr", id: "ask-address", inputmode: "url" }));
  input.value = value;
  const bad = make("p", { class: "form__bad", role: "alert" });
  const form = make("form", { class: "form", method: "dialog" },
    make("div", { class: "form__row" }, make("label", { for: "ask-address" }, word("address")), input, bad));
  const ways = make("p", { class: "form__buttons" }, make("button", { class: "pill pill--solid", type: "submit" }, word("ok")));
  form.append(ways);
  const dialog = opened(title, form);
  ways.append(button("cancel", () => dialog.close()));
  if (drop) ways.append(button("unlink", () => { dialog.close(); drop(); }));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const found = addressIn(input.value);
    if (!found) {
      bad.textContent = word("address_bad");
      input.setAttribute("aria-invalid", "true");
      return;
    }
    dialog.close();
    done(found);
  });
}

/**
 * Choose one of the results of a search, a page at a time, or add something new. @template T @param {string}
 * title @param {string} hint
 * @param {(words: string, before: string) => Promise<{found: T[], next: string}>} find @param {(one: T) => Node} show @param {(one: T) => void} chosen
 * @param {(take: (one: T) => void) => Node[]} [fresh] what stands above the list to bring something new
 */
export function choose(title, hint, find, show, chosen, fresh = () => []) {
  const input = /** @type {HTMLInputElement} */ (make("input", { class: "input", type: "search", dir: "auto", id: "ask-words" }));
  const state = make("p", { class: "quiet", role: "status" });
  const list = make("ul", { class: "ed-found" });
  const form = make("form", { class: "form", method: "dialog" },
    make("div", { class: "form__row" }, make("label", { for: "ask-words" }, hint), input));
  /** @param {T} one */
  const take = (one) => {
    dialog.close();
    chosen(one);
  };
  const dialog = opened(title, ...fresh(take), form, state, list);
  const more = button("older", () => look(after));
  more.hidden = true;
  dialog.append(make("p", { class: "form__buttons" }, more, button("close", () => dialog.close())));
  let asked = 0;
  let after = "";
  const look = async (before = "") => {
    const own = ++asked;
    try {
      const { found, next } = await find(input.value.trim(), before);
      if (own !== asked) return;
      if (!before) {
        state.textContent = found.length ? "" : word("nothing");
        list.replaceChildren();
      }
      list.append(...found.map((one) =>
        make("li", {}, make("button", { type: "button", class: "ed-found__one", click: () => take(one) }, show(one)))));
      after = next;
      more.hidden = !next;
    } catch {
      if (own === asked) state.textContent = word("failed");
    }
  };
  let waiting = 0;
  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = window.setTimeout(() => look(), 300);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    look();
  });
  look();
}

/** @param {(story: {id: string, headline: string, section: string}) => void} chosen */
export function chooseStory(chosen) {
  choose(
    word("see_also"),
    word("find_story"),
    async (words) => ({ found: words ? (await ask(addressOf("find", { q: words }))).stories : [], next: "" }),
    (one) => make("span", { dir: "auto" }, make("strong", {}, one.headline), " ", make("span", { class: "quiet" }, one.section)),
    chosen,
  );
}
