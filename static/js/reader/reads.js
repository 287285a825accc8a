// @ts-check
// Counts reads, saves, shares and searches without results: only sums, without names or cookies, and none where
// the paper does not count.

/** @param {string | undefined} address none where the paper does not count @param {string} [name] */
function countOne(address, name = "") {
  if (!address) return;
  const body = name ? new URLSearchParams({ name }) : undefined;
  fetch(address, { method: "POST", keepalive: true, credentials: "omit", body }).catch(() => {
    // It is then not counted.
  });
}

/** @param {string} kind */
const sumOf = (kind) => document.body.dataset.counts?.replace("KIND", kind);

const readStory = document.querySelector("article[data-reads]");
if (readStory) {
  setTimeout(() => {
    if (document.visibilityState === "visible") countOne(readStory.getAttribute("data-reads") ?? "");
  }, 10000);
}

const soughtInVain = document.querySelector("[data-nothing]");
if (soughtInVain) countOne(sumOf("nothing"), soughtInVain.getAttribute("data-nothing") ?? "");

document.addEventListener("khabarayn:saved", () => countOne(sumOf("save")));
document.addEventListener("click", (event) => {
  const link = /** @type {Element} */ (event.target).closest?.("[data-share-kind], [data-share], [data-copy]");
  if (!link) return;
  const kind = link.getAttribute("data-share-kind");
  if (kind) countOne(sumOf("share"), kind);
  else countOne(sumOf("share"), link.hasAttribute("data-copy") ? "copy" : "system");
});
document.addEventListener("khabarayn:edition-taken", (event) => {
  countOne(sumOf("edition"), /** @type {CustomEvent} */ (event).detail);
});
