// @ts-check
// The reader's choices: kept on this device, applied at once, in every open tab.

const CHOICES = ["scheme", "size", "lite", "months", "digits", "hijri"];
const SIZES = ["1", "2", "", "4", "5"];

/** What the page says by itself of the frame, one colour for each of the system's schemes. */
const frameColours = Array.from(document.querySelectorAll('meta[name="theme-color"]'), (meta) => /** @type {const} */ ([meta, meta.getAttribute("content") ?? ""]));

/** @returns {Record<string, string>} */
function keptChoices() {
  try {
    return JSON.parse(localStorage.getItem("kh-choices") || "{}") || {};
  } catch {
    return {};
  }
}

/** @param {Record<string, string>} chosen */
function applyChoices(chosen) {
  for (const name of CHOICES) {
    if (chosen[name]) document.documentElement.dataset[name] = chosen[name];
    else delete document.documentElement.dataset[name];
  }
  document.dispatchEvent(new Event("khabarayn:choices"));
  paintBrowser();
}

/** @param {string} name @param {string} value */
export function choose(name, value) {
  const chosen = keptChoices();
  if (value) chosen[name] = value;
  else delete chosen[name];
  try {
    localStorage.setItem("kh-choices", JSON.stringify(chosen));
  } catch {
    // Kept for this page at least.
  }
  applyChoices(chosen);
}

/** The browser's own frame takes the colour of the paper; without a choice, each scheme's own again. */
function paintBrowser() {
  const chosen = document.documentElement.dataset.scheme;
  const paper = getComputedStyle(document.documentElement).backgroundColor;
  for (const [meta, own] of frameColours) meta.setAttribute("content", chosen ? paper : own);
}

for (const rows of document.querySelectorAll("[data-choices]")) {
  const chosen = keptChoices();
  for (const input of rows.querySelectorAll("input")) {
    input.checked = input.value === (chosen[input.name] ?? "");
    input.addEventListener("change", () => choose(input.name, input.value));
  }
}

/** @type {NodeListOf<HTMLButtonElement>} */
const steps = document.querySelectorAll("[data-step]");

function limitSteps() {
  const at = SIZES.indexOf(document.documentElement.dataset.size ?? "");
  for (const button of steps) {
    const next = at + Number(button.dataset.step);
    button.setAttribute("aria-disabled", String(next < 0 || next >= SIZES.length));
  }
}

for (const button of steps) {
  button.addEventListener("click", () => {
    const at = SIZES.indexOf(document.documentElement.dataset.size ?? "");
    const next = SIZES[at + Number(button.dataset.step)];
    if (next !== undefined) choose("size", next);
    limitSteps();
  });
}
limitSteps();
paintBrowser();

addEventListener("storage", (event) => {
  if (event.key === "kh-choices") applyChoices(keptChoices());
});
