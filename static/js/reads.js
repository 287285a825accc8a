// @ts-check
// Tells the paper that a story was read for a while: a sum, without a name or a cookie.

const readStory = document.querySelector("article[data-article]");
if (readStory) {
  setTimeout(() => {
    const id = readStory.getAttribute("data-article");
    if (document.visibilityState === "visible") {
      fetch(`/api/reads/${id}`, { method: "POST", keepalive: true, credentials: "omit" }).catch(() => {
        // Uncounted, then.
      });
    }
  }, 10000);
}
