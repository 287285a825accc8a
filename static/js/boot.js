// @ts-check
// The reader's choices, put on <html> before the first paint; the only script that blocks.
(() => {
  const root = document.documentElement;
  root.dataset.js = "";
  /** @type {Record<string, string>} */
  let chosen = {};
  try {
    chosen = JSON.parse(localStorage.getItem("kh-choices") || "{}") || {};
  } catch {
    // Storage may be forbidden or hold something else: the page reads well without it.
  }
  for (const name of ["scheme", "size", "lite", "months", "digits"]) {
    if (typeof chosen[name] === "string" && chosen[name]) root.dataset[name] = chosen[name];
  }
  const link = /** @type {{connection?: {saveData?: boolean}}} */ (navigator).connection;
  if (link?.saveData) root.dataset.lite = "1";
  if (!root.dataset.lite) return;

  // Pictures lose their sources as they come into the page, before the browser asks for them.
  /** @param {Element} node */
  const withhold = (node) => {
    if (!node.closest(".pic")) return;
    for (const name of ["src", "srcset"]) {
      const value = node.getAttribute(name);
      if (value === null) continue;
      node.setAttribute("data-" + name, value);
      node.removeAttribute(name);
    }
  };
  new MutationObserver((records, observer) => {
    if (!root.dataset.lite) return observer.disconnect();
    for (const node of records.flatMap((record) => [...record.addedNodes])) {
      if (!(node instanceof Element)) continue;
      if (node.matches("img, source")) withhold(node);
      else node.querySelectorAll("img, source").forEach(withhold);
    }
  }).observe(root, { childList: true, subtree: true });
})();
