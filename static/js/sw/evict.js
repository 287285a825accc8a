// @ts-check
/** Which copies go when room is needed: oldest-read first, pins never. */

export const AUTOMATIC = 50 * 2 ** 20;
export const PINNED = 250 * 2 ** 20;
const MONTH = 30 * 864e5;

/**
 * The records to drop so that automatic copies fit into `room` bytes; a month unread goes as well.
 * @param {KhRecord[]} records
 * @param {number} now
 * @param {number} [room]
 * @returns {KhRecord[]}
 */
export function surplus(records, now, room = AUTOMATIC) {
  const loose = records.filter((r) => !r.pin && !r.edition).sort((a, b) => b.read - a.read);
  let used = 0;
  return loose.filter((r) => (used += r.bytes) > room || now - r.read > MONTH);
}

/** Bytes that pins take. @param {KhRecord[]} records */
export const pinned = (records) =>
  records.reduce((sum, r) => sum + (r.pin || r.edition ? r.bytes : 0), 0);
