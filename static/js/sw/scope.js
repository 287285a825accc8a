// @ts-check
/** The worker's own global scope, with the words the DOM library does not know. */

export const scope = /** @type {KhScope} */ (/** @type {unknown} */ (self));
