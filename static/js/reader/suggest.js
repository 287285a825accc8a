// @ts-check
// A search field that suggests: a combobox whose list htmx fills, worked by keyboard and by touch.

for (const field of document.querySelectorAll("[data-suggest]")) {
  const input = field.querySelector("input");
  const list = field.querySelector("[role=listbox]");
  if (input && list instanceof HTMLElement) combobox(input, list);
}

/** @param {HTMLInputElement} input @param {HTMLElement} list */
function combobox(input, list) {
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", list.id);
  input.setAttribute("aria-expanded", "false");
  let typed = input.value;
  let dismissed = true;

  /** @returns {HTMLAnchorElement[]} */
  const options = () => [...list.querySelectorAll("a")];
  const chosen = () => options().findIndex((one) => one.getAttribute("aria-selected") === "true");

  /** @param {boolean} open */
  const show = (open) => {
    list.hidden = !open;
    input.setAttribute("aria-expanded", String(open));
    if (!open) choose(-1);
  };

  /** @param {number} place */
  const choose = (place) => {
    options().forEach((one, index) => one.setAttribute("aria-selected", String(index === place)));
    const one = options()[place];
    if (!one) {
      input.removeAttribute("aria-activedescendant");
      return;
    }
    input.setAttribute("aria-activedescendant", one.id);
    one.scrollIntoView({ block: "nearest" });
  };

  new MutationObserver(() => {
    options().forEach((one, index) => {
      one.id = `${list.id}-${index}`;
    });
    show(!dismissed && document.activeElement === input && options().length > 0);
  }).observe(list, { childList: true });

  input.addEventListener("input", () => {
    typed = input.value;
    dismissed = false;
    choose(-1);
    if (!typed.trim()) {
      list.replaceChildren();
      show(false);
    }
  });

  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const count = options().length;
    const at = chosen();
    if ((event.key === "ArrowDown" || event.key === "ArrowUp") && count) {
      event.preventDefault();
      if (list.hidden) show(true);
      // One place more than there are options: the field itself, with what was typed.
      const step = event.key === "ArrowDown" ? 1 : -1;
      const next = ((at + 1 + step + count + 1) % (count + 1)) - 1;
      choose(next);
      input.value = options()[next]?.dataset.fill ?? typed;
    } else if (event.key === "Enter" && !list.hidden && at >= 0) {
      event.preventDefault();
      options()[at]?.click();
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      dismissed = true;
      input.value = typed;
      show(false);
    } else if (event.key === "Tab") {
      show(false);
    }
  });

  // A touch on an option must not first move the focus and close the list.
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  input.addEventListener("blur", () => show(false));
  input.form?.addEventListener("submit", () => {
    dismissed = true;
    show(false);
  });
}
