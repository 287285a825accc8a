// @ts-check
// Who reads a page is at work: the session is told so, a few times an hour, while somebody moves.

const ALIVE_EVERY = 5 * 60 * 1000;
let aliveTold = Date.now();

function stillHere() {
  const place = document.querySelector("[data-alive]");
  if (Date.now() - aliveTold < ALIVE_EVERY || !(place instanceof HTMLElement)) return;
  aliveTold = Date.now();
  fetch(String(place.dataset.alive), { redirect: "manual" }).catch(() => {
    // Without a line there is nothing to tell.
  });
}

for (const move of ["scroll", "keydown", "pointermove", "pointerdown"]) {
  addEventListener(move, stillHere, { passive: true });
}
