// @ts-check
// «احفظ»: the text becomes a revision and the page stays where it is; what is refused is said beside its field.

import { notice } from "./form.js";
import { addressOf, make, pageToken, refusal } from "./words.js";

/** @typedef {import("./autosave.js").Autosave} Autosave */

/** Messages beside their fields; {} takes all away. @param {Autosave} autosave @param {Record<string, string>} messages by field name */
function showRefused(autosave, messages) {
  const { form } = autosave;
  for (const one of form.querySelectorAll("[data-wrong]")) one.remove();
  for (const one of form.querySelectorAll("[aria-invalid]")) one.removeAttribute("aria-invalid");
  const entries = Object.entries(messages);
  if (entries.length) autosave.show("bad", "refused");
  for (const [name, message] of entries) {
    const field = form.elements.namedItem(name);
    const said = make("p", { class: "form__bad", "data-wrong": true, role: "alert" }, message);
    if (field instanceof HTMLElement && name !== "body") {
      field.setAttribute("aria-invalid", "true");
      field.closest(".form__row")?.append(said);
      field.focus();
    } else (form.querySelector(".write__body") ?? form).append(said);
  }
}

/** The story's steps, as they stand after it was saved. @param {number} number of the new revision */
async function renewSteps(number) {
  const place = document.querySelector("[data-work]");
  if (!place) return;
  for (const seen of place.querySelectorAll('input[name="seen"]')) {
    if (seen instanceof HTMLInputElement) seen.value = String(number);
  }
  try {
    const answer = await fetch(addressOf("story"), { redirect: "manual" });
    const trust = Reflect.get(window, "khabaraynTrust");
    const fresh = new DOMParser().parseFromString(trust(await answer.text()), "text/html").querySelector("[data-work]");
    if (fresh && !place.contains(document.activeElement)) place.replaceChildren(...fresh.childNodes);
  } catch {
    // The former notice still holds for the text that readers see.
  }
}

/** @param {Autosave} autosave @param {number} number of the new revision @param {boolean} renew */
function saved(autosave, number, renew) {
  const { form } = autosave;
  showRefused(autosave, {});
  localStorage.removeItem(autosave.key);
  autosave.baseField.value = String(number);
  autosave.version = 0;
  autosave.latest = null;
  form.dataset.unsaved = "";
  notice(form, "restored");
  autosave.show("saved", "saved");
  document.dispatchEvent(new CustomEvent("ed:kept"));
  if (form.dataset.new) location.assign(addressOf("story"));
  else if (renew) renewSteps(number);
}

/**
 * Save the story as a revision; the page stays where it is.
 * @param {Autosave} autosave
 * @param {boolean} [renew] whether the story's steps are shown anew
 * @returns {Promise<boolean>} whether it is saved
 */
export async function saveRevision(autosave, renew = true) {
  const { form } = autosave;
  autosave.changed();
  autosave.pause();
  autosave.show("sending", "saving");
  try {
    await autosave.standing();
    const answer = await fetch(form.action, {
      method: "POST",
      headers: { Accept: "application/json", "X-CSRFToken": pageToken() },
      body: new URLSearchParams(/** @type {any} */ (new FormData(form))),
      redirect: "manual",
    });
    if (answer.status === 409) {
      if (autosave.latest) autosave.store({ ...autosave.latest, synced: true });
      location.assign(addressOf("merge"));
      return false;
    }
    const said = answer.status === 422 || answer.ok ? await answer.json() : {};
    if (answer.status === 422) {
      showRefused(autosave, said.bad);
      autosave.sendIn();
      return false;
    }
    if (!answer.ok) throw await refusal(answer);
    saved(autosave, said.number, renew);
    return true;
  } catch (error) {
    autosave.failed(/** @type {Error} */ (error));
    return false;
  }
}

/** Let the form's buttons and the story's steps save first. @param {Autosave} autosave */
export function watchSubmits(autosave) {
  const { form } = autosave;
  form.addEventListener("submit", (event) => {
    if (event.submitter?.hasAttribute("data-forget")) {
      localStorage.removeItem(autosave.key);
      return;
    }
    if (event.submitter && !event.submitter.hasAttribute("data-save-now")) return;
    event.preventDefault();
    saveRevision(autosave);
  });

  // A step applies to the text in the editor, so unsaved changes are saved first.
  document.addEventListener("submit", async (event) => {
    const step = event.target;
    if (!(step instanceof HTMLFormElement) || !step.closest("[data-work]")) return;
    if (!autosave.latest && !form.dataset.unsaved) return;
    event.preventDefault();
    if (!(await saveRevision(autosave, false))) {
      form.scrollIntoView();
      return;
    }
    const seen = step.querySelector('input[name="seen"]');
    if (seen instanceof HTMLInputElement) seen.value = autosave.baseField.value;
    step.submit();
  });
}
