// @ts-check
// Back to a list that was continued: restore its length, and scroll to the story where the reader left it.

const LIST_KEY = "kh-list";
const longList = document.querySelector("[data-more]")?.closest("ol, ul");

/** @typedef {{page: string, count: number, story: string, top: number}} Left */

/** @param {Element} list */
function leave(list) {
  const stories = [...list.querySelectorAll(".card")];
  const first = stories.find((story) => story.getBoundingClientRect().bottom > 0);
  /** @type {Left} */
  const left = {
    page: location.href,
    count: stories.length,
    story: first?.querySelector(".card__title a")?.getAttribute("href") ?? "",
    top: first?.getBoundingClientRect().top ?? 0,
  };
  try {
    sessionStorage.setItem(LIST_KEY, JSON.stringify(left));
  } catch {
    // The list then starts from its first page.
  }
}

/** @returns {Left | null} */
function whereLeft() {
  try {
    return JSON.parse(sessionStorage.getItem(LIST_KEY) ?? "null");
  } catch {
    return null;
  }
}

/** @param {Element} list @param {Left} left */
function resume(list, left) {
  const link = /** @type {HTMLElement | null} */ (list.querySelector("[data-more]"));
  if (link && list.querySelectorAll(".card").length < left.count) {
    // A failed fragment must not make htmx follow the link.
    link.dataset.quiet = "";
    document.addEventListener("htmx:after:swap", () => resume(list, left), { once: true });
    link.click();
    return;
  }
  const story = left.story && list.querySelector(`.card a[href="${CSS.escape(left.story)}"]`)?.closest(".card");
  if (story) scrollBy({ top: story.getBoundingClientRect().top - left.top, behavior: "instant" });
}

if (longList) {
  const begun = longList.querySelectorAll(".card").length;
  addEventListener("pagehide", () => leave(longList));
  document.addEventListener("htmx:after:swap", () => {
    // The browser counts in pixels of a page that is shorter when it comes back.
    if (longList.querySelectorAll(".card").length > begun) history.scrollRestoration = "manual";
  });
  const [visit] = /** @type {PerformanceNavigationTiming[]} */ (performance.getEntriesByType("navigation"));
  const left = whereLeft();
  if (history.scrollRestoration === "manual" && visit?.type !== "navigate" && left?.page === location.href) {
    // One turn after everything: by then htmx has taken the link over.
    addEventListener("load", () => setTimeout(() => resume(longList, left)));
  }
}
