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

  // Pictures lose their sources as they are parsed, before the browser has asked for them.
  new MutationObserver((records, observer) => {
    for (const record of records) {
      for (const node of record.addedNodes) {
        if (!(node instanceof HTMLImageElement || node instanceof HTMLSourceElement)) continue;
        if (!node.closest(".pic")) continue;
        for (const name of ["src", "srcset"]) {
          const value = node.getAttribute(name);
          if (value === null) continue;
          node.setAttribute("data-" + name, value);
          node.removeAttribute(name);
        }
      }
    }
    if (!root.dataset.lite) observer.disconnect();
  }).observe(root, { childList: true, subtree: true });
})();
