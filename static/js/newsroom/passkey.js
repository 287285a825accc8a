// @ts-check
// Passkeys: get the challenge from the server, let the device answer it, and send the answer.

import { csrfToken } from "./base.js";

/** @param {string} text */
function passkeyBytes(text) {
  const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(plain, (one) => one.charCodeAt(0));
}

/** @param {ArrayBuffer} bytes */
function passkeyText(bytes) {
  let plain = "";
  for (const one of new Uint8Array(bytes)) plain += String.fromCharCode(one);
  return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

/** @param {string} url @param {object} words @returns {Promise<{status: number, response: any}>} */
async function passkeyAsk(url, words) {
  const answer = await fetch(url, {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": csrfToken() },
    body: JSON.stringify(words),
  });
  const told = await answer.json().catch(() => ({}));
  return { status: answer.status, response: told.response ?? {} };
}

/** @param {any} given @returns {PublicKeyCredentialRequestOptions} */
function passkeyQuestion(given) {
  return {
    ...given,
    challenge: passkeyBytes(given.challenge),
    allowCredentials: (given.allowCredentials ?? []).map((/** @type {any} */ one) => ({ ...one, id: passkeyBytes(one.id) })),
  };
}

/** @param {any} given @returns {PublicKeyCredentialCreationOptions} */
function passkeyOrder(given) {
  return {
    ...given,
    challenge: passkeyBytes(given.challenge),
    user: { ...given.user, id: passkeyBytes(given.user.id) },
    excludeCredentials: (given.excludeCredentials ?? []).map((/** @type {any} */ one) => ({ ...one, id: passkeyBytes(one.id) })),
  };
}

/** @param {PublicKeyCredential} made */
function passkeyAnswer(made) {
  const answer = /** @type {any} */ (made.response);
  /** @type {Record<string, unknown>} */
  const response = { clientDataJSON: passkeyText(answer.clientDataJSON) };
  for (const name of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (answer[name]) response[name] = passkeyText(answer[name]);
  }
  if (answer.getTransports) response.transports = answer.getTransports();
  return JSON.stringify({ id: made.id, rawId: passkeyText(made.rawId), type: made.type, response });
}

/** @param {HTMLElement} place @param {string | undefined} words */
function passkeySay(place, words) {
  const said = place.querySelector("[data-passkey-said]");
  if (!(said instanceof HTMLElement)) return;
  said.textContent = words ?? "";
  said.hidden = !words;
}

for (const place of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-passkey]"))) {
  const button = place.querySelector("[data-passkey-go]");
  button?.addEventListener("click", async () => {
    passkeySay(place, "");
    if (!window.PublicKeyCredential) return passkeySay(place, place.dataset.missing);
    const url = place.dataset.passkey ?? "";
    try {
      const asked = await passkeyAsk(url, { identity: "" });
      const made = await navigator.credentials.get({ publicKey: passkeyQuestion(asked.response.credential_options) });
      if (!(made instanceof PublicKeyCredential)) throw new Error("no passkey");
      const next = place.dataset.next ?? "";
      const way = next && `?next=${encodeURIComponent(next)}`;
      const done = await passkeyAsk(`${url}/${asked.response.wan_state}${way}`, { credential: passkeyAnswer(made) });
      if (done.status !== 200) throw new Error("refused");
      location.assign(done.response.post_login_url);
    } catch {
      passkeySay(place, place.dataset.failed);
    }
  });
}

for (const form of /** @type {NodeListOf<HTMLFormElement>} */ (document.querySelectorAll("form[data-passkey-add]"))) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    passkeySay(form, "");
    if (!window.PublicKeyCredential) return passkeySay(form, form.dataset.missing);
    const url = form.dataset.passkeyAdd ?? "";
    try {
      const name = String(new FormData(form).get("name") ?? "");
      const asked = await passkeyAsk(url, { name, usage: "first" });
      if (asked.status === 401) return location.assign(form.dataset.confirm ?? "");
      if (asked.status !== 200) throw new Error("refused");
      const made = await navigator.credentials.create({ publicKey: passkeyOrder(asked.response.credential_options) });
      if (!(made instanceof PublicKeyCredential)) throw new Error("no passkey");
      const done = await passkeyAsk(`${url}/${asked.response.wan_state}`, { credential: passkeyAnswer(made) });
      if (done.status !== 200) throw new Error("refused");
      location.reload();
    } catch {
      passkeySay(form, form.dataset.failed);
    }
  });
}
