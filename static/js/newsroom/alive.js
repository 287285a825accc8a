// @ts-check
// Keeps the session alive a few times an hour while somebody uses the page; the answer updates the badge.

const ALIVE_EVERY = 5 * 60 * 1000;
let aliveTold = Date.now();

/** Write the number of unseen notifications into the badge. @param {string | null} count */
function badge(count) {
  const place = document.querySelector("[data-badge]");
  if (!(place instanceof HTMLElement) || count === null) return;
  place.textContent = count;
  place.hidden = !count;
}

function stillHere() {
  const place = document.querySelector("[data-alive]");
  if (Date.now() - aliveTold < ALIVE_EVERY || !(place instanceof HTMLElement)) return;
  aliveTold = Date.now();
  fetch(String(place.dataset.alive), { redirect: "manual" })
    .then((answer) => badge(answer.headers.get("Khabarayn-Badge")))
    .catch(() => {
      // Without a network nothing is sent.
    });
}

for (const move of ["scroll", "keydown", "pointermove", "pointerdown"]) {
  addEventListener(move, stillHere, { passive: true });
}
