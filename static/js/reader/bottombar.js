// @ts-check
// The bar at the foot of a phone hides while the reader scrolls down; the section row scrolls to the present
// section.

const bottomBar = document.querySelector("[data-bottom]");
let lastScroll = scrollY;

if (bottomBar) {
  addEventListener(
    "scroll",
    () => {
      const moved = scrollY - lastScroll;
      if (Math.abs(moved) < 12) return;
      const nearEnd = scrollY + innerHeight > document.documentElement.scrollHeight - 120;
      bottomBar.toggleAttribute("data-away", moved > 0 && scrollY > 160 && !nearEnd);
      lastScroll = scrollY;
    },
    { passive: true },
  );
}

const navRow = document.querySelector("[data-nav]");
const navPlace = navRow?.querySelector("[aria-current]");
if (navRow && navPlace) {
  const row = navRow.getBoundingClientRect();
  const place = navPlace.getBoundingClientRect();
  if (place.left < row.left || place.right > row.right) {
    navRow.scrollLeft += place.left + place.width / 2 - (row.left + row.width / 2);
  }
}
