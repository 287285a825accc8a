// @ts-check
// Who reads a page is at work: the session is told so, a few times an hour, while somebody
// moves, and answers what the badge counts.

const ALIVE_EVERY = 5 * 60 * 1000;
let aliveTold = Date.now();

/** Let the bar's badge say what waits now. @param {string | null} count */
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
      // Without a line there is nothing to tell.
    });
}

for (const move of ["scroll", "keydown", "pointermove", "pointerdown"]) {
  addEventListener(move, stillHere, { passive: true });
}
