// @ts-check
// Tells the paper what is read, kept and passed on, and what was sought in vain: sums, without a
// name or a cookie, and none at all where the paper does not count.

/** @param {string} what @param {string} [name] */
function countOne(what, name = "") {
  if ("uncounted" in document.body.dataset) return;
  const body = name ? new URLSearchParams({ name }) : undefined;
  fetch(what, { method: "POST", keepalive: true, credentials: "omit", body }).catch(() => {
    // Uncounted, then.
  });
}

const readStory = document.querySelector("article[data-article]");
if (readStory) {
  setTimeout(() => {
    const id = readStory.getAttribute("data-article");
    if (document.visibilityState === "visible") countOne(`/api/reads/${id}`);
  }, 10000);
}

const soughtInVain = document.querySelector("[data-nothing]");
if (soughtInVain) countOne("/api/counts/nothing", soughtInVain.getAttribute("data-nothing") ?? "");

document.addEventListener("khabarayn:saved", () => countOne("/api/counts/save"));
document.addEventListener("click", (event) => {
  const link = /** @type {Element} */ (event.target).closest?.("[data-share-kind], [data-share], [data-copy]");
  if (!link) return;
  const kind = link.getAttribute("data-share-kind");
  if (kind) countOne("/api/counts/share", kind);
  else countOne("/api/counts/share", link.hasAttribute("data-copy") ? "copy" : "system");
});
document.addEventListener("khabarayn:edition-taken", (event) => {
  countOne("/api/counts/edition", /** @type {CustomEvent} */ (event).detail);
});
