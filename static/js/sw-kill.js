// @ts-check
// The worker that ends workers: served at /sw.js while the operator's kill switch is on. It lets go
// of every page and removes itself; what readers saved stays unless the operator says otherwise.

const ending = /** @type {KhScope & {KH_WIPE: boolean}} */ (/** @type {unknown} */ (self));

ending.addEventListener("install", () => ending.skipWaiting());
ending.addEventListener("activate", (event) =>
  event.waitUntil(
    (async () => {
      for (const name of await caches.keys())
        if (ending.KH_WIPE || /^kh-(?:shell|lists|images|files)/.test(name)) await caches.delete(name);
      await ending.registration.unregister();
    })(),
  ),
);
