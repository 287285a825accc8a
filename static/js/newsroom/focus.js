// @ts-check
// The focal point that every crop keeps: a tap sets it, and the crops show the effect at once.

const focusBox = /** @type {HTMLElement | null} */ (document.querySelector("[data-focus]"));
const focusForm = /** @type {HTMLFormElement | null} */ (document.querySelector("[data-focus-form]"));

/**
 * The part of a picture that a crop shows, as the server cuts it, told as an object-position.
 * @param {number} width @param {number} height of the whole
 * @param {number} ratio of the crop
 * @param {number} x @param {number} y the point, 0 to 1
 * @returns {[number, number]} percents across and down
 */
export function cropPlace(width, height, ratio, x, y) {
  const across = Math.min(width, height * ratio);
  const down = Math.min(height, width / ratio);
  const start = Math.min(Math.max(x * width - across / 2, 0), width - across);
  const top = Math.min(Math.max(y * height - down / 2, 0), height - down);
  return [width - across > 0.5 ? (start / (width - across)) * 100 : 50, height - down > 0.5 ? (top / (height - down)) * 100 : 50];
}

if (focusBox && focusForm) {
  const shown = /** @type {HTMLImageElement} */ (focusBox.querySelector("img"));
  const mark = /** @type {HTMLElement} */ (focusBox.querySelector(".focus__mark"));
  const across = /** @type {HTMLInputElement} */ (focusForm.elements.namedItem("x"));
  const down = /** @type {HTMLInputElement} */ (focusForm.elements.namedItem("y"));
  const crops = /** @type {NodeListOf<HTMLImageElement>} */ (document.querySelectorAll("[data-crop]"));
  let moved = false;

  const draw = () => {
    const x = Math.min(Math.max(Number(across.value) / 100, 0), 1);
    const y = Math.min(Math.max(Number(down.value) / 100, 0), 1);
    mark.hidden = false;
    mark.style.left = `${x * 100}%`;
    mark.style.top = `${y * 100}%`;
    if (!moved) return;
    for (const crop of crops) {
      const [w, h] = (crop.dataset.crop ?? "1x1").split("x").map(Number);
      const place = cropPlace(Number(focusBox.dataset.width), Number(focusBox.dataset.height), w / h, x, y);
      // From here on the crop is cut out of the whole picture, here.
      if (crop.src !== shown.src) crop.src = shown.src;
      crop.style.objectPosition = `${place[0]}% ${place[1]}%`;
    }
  };

  focusBox.dataset.ready = "";
  focusBox.addEventListener("click", (event) => {
    const box = shown.getBoundingClientRect();
    across.value = String(Math.round(((event.clientX - box.left) / box.width) * 100));
    down.value = String(Math.round(((event.clientY - box.top) / box.height) * 100));
    moved = true;
    draw();
  });
  for (const input of [across, down])
    input.addEventListener("input", () => {
      moved = true;
      draw();
    });
  draw();
}
