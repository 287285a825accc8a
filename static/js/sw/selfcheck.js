// @ts-check
/** At the worker's start: what was never committed is swept, what is damaged is healed or dropped. */
import { scope } from "./scope.js";
import { save, underway } from "./bundle.js";
import { placeOf } from "./routes.js";
import { drop, dropCache, isBundle, lost, recordIn } from "./shelf-store.js";
import { intact } from "./storable.js";

/** @param {KhRecord} record */
export const placeOfRecord = (record) =>
  /** @type {KhPlace} */ (placeOf("GET", location.origin + record.path, location.origin, scope.KH.langs, true));

/** @param {Cache} cache @param {KhRecord} record */
export async function isWhole(cache, record) {
  if ((await lost(cache, record)).length) return false;
  const spot = await cache.match(record.parts[Math.floor(Math.random() * record.parts.length)]);
  return !!spot && intact(spot.headers, await spot.arrayBuffer());
}

/**
 * Every whole bundle's record. With `mend`, orphans go and damaged bundles are fetched anew; those
 * that cannot be are dropped, pins excepted: a pin waits, unlisted, for the network.
 * @param {boolean} [mend]
 */
export async function wholeRecords(mend = false) {
  const names = (await caches.keys()).filter(isBundle);
  const found = await Promise.all(names.map(async (name) => {
    if (underway.has(name)) return null;
    const cache = await caches.open(name);
    const record = await recordIn(cache);
    if (!record) {
      if (mend && !underway.has(name)) await dropCache(name);
      return null;
    }
    if (await isWhole(cache, record)) return record;
    if (!mend) return null;
    return save(placeOfRecord(record), { why: record.why, fresh: true }).catch(async () => {
      if (!record.pin) await drop(record);
      return null;
    });
  }));
  return found.filter((record) => record !== null);
}
