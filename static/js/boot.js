// @ts-check
// The reader's choices, put on <html> before the first paint; the only script that blocks.
(() => {
  const root = document.documentElement;
  root.dataset.js = "";
  if ("serviceWorker" in navigator && isSecureContext && "caches" in window) root.dataset.worker = "";
  /** @type {Record<string, string>} */
  let chosen = {};
  try {
    chosen = JSON.parse(localStorage.getItem("kh-choices") || "{}") || {};
  } catch {
    // Storage may be forbidden or hold something else: the page reads well without it.
  }
  for (const name of ["scheme", "size", "lite", "months", "digits", "hijri"]) {
    if (typeof chosen[name] === "string" && chosen[name]) root.dataset[name] = chosen[name];
  }
  const line = /** @type {{connection?: {saveData?: boolean}}} */ (navigator).connection;
  if (line?.saveData) root.dataset.lite = "1";
  if (!root.dataset.lite) {
    const face = document.currentScript?.dataset.face;
    if (face) {
      const early = document.createElement("link");
      early.rel = "preload";
      early.as = "font";
      early.type = "font/woff2";
      early.crossOrigin = "";
      early.href = face;
      document.head.append(early);
    }
    // The first picture is lazy, so that browsers do not preload it before the lines above have run:
    // docs/decisions/007-lazy-hero.md.
    const ahead = document.querySelector("meta[name='kh-ahead']");
    if (!(ahead instanceof HTMLMetaElement)) return;
    const link = document.createElement("link");
    link.rel = "preload";
    link.as = "image";
    link.type = "image/avif";
    link.imageSizes = ahead.dataset.sizes ?? "";
    link.imageSrcset = ahead.content;
    link.fetchPriority = "high";
    document.head.append(link);
    return;
  }

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
