// @ts-check
// The worker that removes itself: served at /sw.js while the operator's kill switch is on. Saved stories stay
// unless the operator says otherwise.

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
