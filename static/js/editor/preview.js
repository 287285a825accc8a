// @ts-check
// The preview of the story in a frame, which is reloaded when the server has stored the text.

/** @param {HTMLFormElement} form */
export function preview(form) {
  const holder = /** @type {HTMLDetailsElement | null} */ (form.querySelector('[data-panel="looks"]'));
  const frame = holder?.querySelector("iframe");
  const buttons = [...(holder?.querySelectorAll("[data-view]") ?? [])];
  if (!holder || !frame) return;
  let view = "preview";
  const load = () => {
    if (!holder.open) return;
    const address = frame.dataset[view] ?? "";
    const place = frame.contentWindow?.scrollY ?? 0;
    frame.addEventListener("load", () => frame.contentWindow?.scrollTo(0, place), { once: true });
    if (frame.getAttribute("src") === address) frame.contentWindow?.location.reload();
    else frame.setAttribute("src", address);
  };
  holder.addEventListener("toggle", load);
  document.addEventListener("ed:kept", load);
  for (const one of buttons) {
    one.addEventListener("click", () => {
      view = one.getAttribute("data-view") ?? view;
      buttons.forEach((other) => other.setAttribute("aria-pressed", String(other === one)));
      load();
    });
  }
}
