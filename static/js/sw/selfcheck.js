// @ts-check
/** At the worker's start: delete uncommitted parts, fetch damaged ones anew or drop their bundle. */
import { save, underway } from "./bundle.js";
import { cacheOf, placeOf } from "./routes.js";
import { bundles, drop, dropCache, pathsIn, recordIn, records } from "./shelf-store.js";
import { intact } from "./storable.js";

/** Whether all parts are there and one of them, any, is what it was. @param {KhRecord} record */
async function isWhole(record) {
  const cache = await caches.open(cacheOf(record));
  const held = await pathsIn(cache);
  const { parts } = record;
  const spot = await cache.match(parts[(Math.random() * parts.length) | 0]);
  return parts.every((part) => held.includes(part)) && !!spot && intact(spot.headers, await spot.arrayBuffer());
}

/** The records of every bundle that opens whole: nothing else is ever listed. */
export async function wholeRecords() {
  const all = await records();
  const whole = await Promise.all(all.map(isWhole));
  return all.filter((_, n) => whole[n]);
}

/** The place of a story by its path. @param {string} path */
export function story(path) {
  const place = placeOf(path);
  if (place?.kind !== "article") throw Error(path);
  return place;
}

/** Delete parts without a record and fetch damaged ones anew; where that fails an automatic copy is deleted,
 *  while one that a reader saved waits for the network. */
export async function mend() {
  for (const name of await bundles())
    if (!underway.has(name)) {
      const record = await recordIn(name);
      if (!record) await dropCache(name);
      else if (!(await isWhole(record)))
        await save(story(record.path), { why: record.why }).catch(async () => {
          if (!record.pin) await drop(record);
        });
    }
}
