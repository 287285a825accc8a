// @ts-check
// Sharing: the system's own sheet where there is one, and copying the short address.

for (const link of document.querySelectorAll("a[data-share]")) {
  if (!navigator.share) break;
  link.addEventListener("click", (event) => {
    event.preventDefault();
    const { share, title } = /** @type {HTMLElement} */ (link).dataset;
    navigator.share({ title, url: share }).catch(() => {
      // The reader closed the sheet.
    });
  });
}

for (const button of /** @type {NodeListOf<HTMLButtonElement>} */ (
  document.querySelectorAll("[data-copy]")
)) {
  const label = button.textContent ?? "";
  button.addEventListener("click", async () => {
    let said = button.dataset.done ?? "";
    try {
      await navigator.clipboard.writeText(button.dataset.copy ?? "");
    } catch {
      said = button.dataset.fail ?? "";
    }
    button.textContent = said;
    const announcer = document.querySelector("[data-announce]");
    if (announcer) announcer.textContent = said;
    setTimeout(() => {
      button.textContent = label;
    }, 2500);
  });
}
