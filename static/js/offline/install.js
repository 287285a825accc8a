// @ts-check
// Offers to install the application, once, after something was saved for later.

const INSTALL_SAID = "kh-install";
/** @type {any} */
let installEvent = null;

const installBox = /** @type {HTMLElement | null} */ (document.querySelector("[data-install]"));
const standalone = matchMedia("(display-mode: standalone)").matches || /** @type {any} */ (navigator).standalone === true;
const isIos = /iPad|iPhone|iPod/.test(navigator.userAgent) || (navigator.userAgent.includes("Mac") && navigator.maxTouchPoints > 1);

function saidBefore() {
  try {
    return localStorage.getItem(INSTALL_SAID) !== null;
  } catch {
    return true;
  }
}

function rememberSaid() {
  try {
    localStorage.setItem(INSTALL_SAID, String(Date.now()));
  } catch {
    // Without storage the offer may be repeated.
  }
}

function offerInstall() {
  if (!installBox || standalone || saidBefore() || !(installEvent || isIos)) return;
  installBox.hidden = false;
  installBox.toggleAttribute("data-ios", !installEvent);
  rememberSaid();
}

if (installBox && !standalone) {
  addEventListener("beforeinstallprompt", (event) => {
    // Without this the browser would show its own offer at any time.
    event.preventDefault();
    installEvent = event;
    const always = document.querySelector("[data-install-now]");
    if (always instanceof HTMLElement) always.hidden = false;
  });
  document.addEventListener("khabarayn:saved", () => setTimeout(offerInstall, 1200));
  document.addEventListener("click", async (event) => {
    const target = /** @type {Element} */ (event.target);
    if (target.closest?.("[data-install-yes], [data-install-now]") && installEvent) {
      installBox.hidden = true;
      await installEvent.prompt();
      installEvent = null;
    } else if (target.closest?.("[data-install-no]")) installBox.hidden = true;
  });
  addEventListener("appinstalled", () => (installBox.hidden = true));
}
