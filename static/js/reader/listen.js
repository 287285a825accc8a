// @ts-check
// Reading aloud: offered only when this device has a voice for the story's language.

const listenButton = /** @type {HTMLButtonElement | null} */ (document.querySelector("[data-listen]"));
const listenStory = /** @type {HTMLElement | null} */ (document.querySelector("[data-story]"));
const PARTS = "h1, .standfirst, [data-story] > :is(p, h2, h3, h4, ul, ol):not(.credit), .quote p, .keys li";

/** @param {string} language */
function voiceFor(language) {
  return speechSynthesis.getVoices().find((voice) => voice.lang.toLowerCase().startsWith(language));
}

/** Sentences, short enough for engines that stop after some seconds. @returns {string[]} */
function sentences() {
  const parts = [...document.querySelectorAll(PARTS)].map((part) => part.textContent ?? "");
  return parts.flatMap((text) => text.replaceAll("ـ", "").split(/(?<=[.؟!؛])\s+/)).filter((s) => s.trim());
}

if (listenButton && listenStory && "speechSynthesis" in window) {
  const language = listenStory.lang || "ar";
  const label = listenButton.querySelector("[data-label]");
  const rest = label?.textContent ?? "";

  const offer = () => {
    listenButton.hidden = !voiceFor(language);
  };

  /** @param {boolean} speaking */
  const show = (speaking) => {
    listenButton.setAttribute("aria-pressed", String(speaking));
    if (label) label.textContent = speaking ? (listenButton.dataset.stop ?? rest) : rest;
  };

  offer();
  // Browsers often load voices late.
  speechSynthesis.addEventListener?.("voiceschanged", offer);
  listenButton.addEventListener("click", () => {
    const speaking = speechSynthesis.speaking;
    speechSynthesis.cancel();
    show(!speaking);
    if (speaking) return;
    const voice = voiceFor(language);
    const lines = sentences();
    lines.forEach((line, at) => {
      const said = new SpeechSynthesisUtterance(line);
      if (voice) said.voice = voice;
      said.lang = voice?.lang ?? language;
      if (at === lines.length - 1) said.onend = () => show(false);
      said.onerror = () => show(false);
      speechSynthesis.speak(said);
    });
  });
  addEventListener("pagehide", () => speechSynthesis.cancel());
}
