// @ts-check
// Names that the paper knows, offered while one types them: tags, authors, hashtags of a teaser.

import { addressOf, ask, make } from "./words.js";

let listNumber = 0;

/** The piece being typed at the cursor. @param {HTMLTextAreaElement} field */
function piece(field) {
  const end = field.selectionStart;
  const before = field.value.slice(0, end);
  if (field.dataset.complete === "hashtags") {
    const found = /#([\p{L}\p{M}\p{N}_]*)$/u.exec(before);
    return found ? { start: end - found[1].length, end, text: found[1].replace(/_/g, " ") } : null;
  }
  const start = Math.max(...[..."،,؛;"].map((sign) => before.lastIndexOf(sign))) + 1;
  const text = before.slice(start);
  return { start: start + (text.length - text.trimStart().length), end, text: text.trim() };
}

/** @param {HTMLTextAreaElement} field @param {(changed: Element) => void} touched */
export function completing(field, touched) {
  const kind = field.dataset.complete === "authors" ? "authors" : "tags";
  const id = `names-${++listNumber}`;
  const list = make("ul", { class: "names", id, role: "listbox", hidden: true, "aria-label": field.labels?.[0]?.textContent ?? "" });
  field.after(list);
  // A field of several lines may not be called a combobox; what it offers is still announced.
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-controls", id);
  let asked = 0;
  let timer = 0;
  let chosen = -1;
  const options = () => /** @type {HTMLElement[]} */ ([...list.children]);

  /** @param {boolean} open */
  const show = (open) => {
    list.hidden = !open;
    if (!open) field.removeAttribute("aria-activedescendant");
    chosen = -1;
  };

  /** @param {number} at */
  const point = (at) => {
    chosen = at;
    options().forEach((one, index) => one.setAttribute("aria-selected", String(index === at)));
    if (options()[at]) field.setAttribute("aria-activedescendant", options()[at].id);
  };

  /** @param {string} name */
  const take = (name) => {
    const now = piece(field);
    if (!now) return;
    const hashtag = field.dataset.complete === "hashtags";
    const fresh = hashtag ? `${name.replace(/[\s-]+/g, "_")} ` : `${name}، `;
    field.setRangeText(fresh, now.start, now.end, "end");
    show(false);
    touched(field);
  };

  const look = async () => {
    const now = piece(field);
    const own = ++asked;
    if (!now?.text) {
      show(false);
      return;
    }
    try {
      const { names } = await ask(addressOf("names", { kind, q: now.text }));
      if (own !== asked || document.activeElement !== field) return;
      list.replaceChildren(...names.map((/** @type {string} */ name, /** @type {number} */ at) =>
        make("li", { role: "option", id: `${id}-${at}`, dir: "auto", "aria-selected": "false", click: () => take(name) }, name)));
      show(names.length > 0);
    } catch {
      show(false);
    }
  };

  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = window.setTimeout(look, 200);
  });
  field.addEventListener("keydown", (event) => {
    if (list.hidden || event.isComposing) return;
    const count = options().length;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      point((chosen + (event.key === "ArrowDown" ? 1 : -1) + count) % count);
    } else if (event.key === "Enter" || (event.key === "Tab" && chosen >= 0)) {
      event.preventDefault();
      event.stopPropagation();
      take(options()[Math.max(0, chosen)].textContent ?? "");
    } else if (event.key === "Escape") show(false);
  });
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  field.addEventListener("blur", () => show(false));
}
