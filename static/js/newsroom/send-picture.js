// @ts-check
// Upload one picture to the library piece by piece, so that a lost connection costs one piece, not the picture.

/**
 * @typedef {{id: string, src: string, url: string, alt: string, caption: string, credit: string, known: boolean,
 *   alike: {id: string, src: string, url: string, bits: number}[]}} Uploaded
 * @typedef {{token: string, offset: number, size: number, piece: number, url: string}} Underway
 */

/** The token that every changing request carries. */
function uploadToken() {
  const meta = document.querySelector('meta[name="csrf-token"]');
  return meta instanceof HTMLMetaElement ? meta.content : "";
}

const UPLOAD_TRIES = 40;

/** The server says why, in words for the person. */
export class UploadRefused extends Error {}

/** @param {number} ms @returns {Promise<void>} until then, or until the line is back */
const uploadPause = (ms) =>
  new Promise((go) => {
    const timer = setTimeout(done, ms);
    function done() {
      clearTimeout(timer);
      removeEventListener("online", done);
      go();
    }
    addEventListener("online", done);
  });

/**
 * @param {string} url @param {RequestInit} asked
 * @returns {Promise<any>} what the server says; 409 with the place to go on counts as an answer
 */
async function uploadAsk(url, asked) {
  const res = await fetch(url, { ...asked, headers: { Accept: "application/json", "X-CSRFToken": uploadToken(), ...asked.headers } });
  if (res.ok || res.status === 409) return res.json();
  if (res.status === 422) throw new UploadRefused((await res.json()).refused);
  if (res.status === 401 || res.status === 403) throw new UploadRefused(String(res.status));
  throw new TypeError(String(res.status));
}

/**
 * Send one file, resumed as often as the connection breaks.
 * @param {File} file @param {string} begin @param {(part: number, broken: boolean) => void} told
 * @returns {Promise<Uploaded>}
 */
export async function sendPicture(file, begin, told) {
  const key = `${file.lastModified}.${file.type}`;
  let tries = 0;
  /** @type {Underway | null} */
  let state = null;
  for (;;) {
    try {
      if (!state) {
        const body = new URLSearchParams({ name: file.name, size: String(file.size), key });
        state = /** @type {Underway} */ (await uploadAsk(begin, { method: "POST", body }));
      }
      told(state.offset / file.size, false);
      const answer = await uploadAsk(`${state.url}?offset=${state.offset}`, {
        method: "PATCH",
        headers: { "Content-Type": "application/octet-stream" },
        body: file.slice(state.offset, state.offset + state.piece),
      });
      if ("id" in answer) return answer;
      state.offset = answer.offset;
      tries = 0;
    } catch (error) {
      if (error instanceof UploadRefused || ++tries > UPLOAD_TRIES) throw error;
      // The server may have more of it than is known here: ask anew.
      state = null;
      told(-1, true);
      await uploadPause(Math.min(1000 * 2 ** Math.min(tries, 4), 15000));
    }
  }
}
