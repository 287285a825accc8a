// @ts-check
/** Fetch corrections and withdrawals, and what waited for the network when it is back. */
import { save } from "./bundle.js";
import { scope } from "./scope.js";
import { story } from "./selfcheck.js";
import { commit, drop, records, remember, state } from "./shelf-store.js";

/** Ask what changed since the last time, `pause` ms ago at least, and follow it. @param {number} [pause] */
export async function sync(pause = 3e5) {
  let { rev, synced } = await state();
  for (let more = Date.now() - synced > pause; more; ) {
    const res = await fetch("/api/sync?since=" + rev, { credentials: "omit", cache: "no-store", signal: AbortSignal.timeout(8000) });
    const said = await res.json();
    /** @type {KhState["notices"]} */ const notices = [];
    for (const record of await records()) {
      /** @param {any[]} list */
      const told = (list) => list.find(({ id }) => id === record.id);
      const gone = told(said.withdrawn);
      const news = told(said.changed);
      if (gone) {
        await drop(record);
        notices.push({ ...gone, title: record.title });
      }
      // Before the first answer nothing is known: every saved story is fetched anew.
      if (gone || (rev && !(news?.rev > record.rev))) continue;
      // Marked at once: the reader learns of it even if the new text does not come yet.
      if (news?.why === "corrected") await commit(record, { corrected: Date.now() });
      await save(story(record.path), { why: record.pin ? "saved" : "auto" }).catch(() => {
        // Asked again the next time; one failed story does not stop the others.
        if (news) [said.rev, said.more] = [rev, 0];
      });
    }
    more = said.more;
    rev = said.rev;
    await remember((now) => {
      now.rev = rev;
      if (!more) now.synced = Date.now();
      now.notices.push(...notices);
    });
    if (said.min_build > scope.KH.gen) await scope.registration.update();
  }
}

/** Save what waits for the network, one at a time: each stands for itself, and what fails waits on. */
export async function flush() {
  for (const path of (await state()).queue) {
    const { message } = await save(story(path), { why: "saved" }).catch((error) => error);
    await remember((now) => {
      now.missed[path] = message;
      if (!message) now.queue = now.queue.filter((other) => other !== path);
    });
  }
}
