// @ts-check
/** Which copies go when room is needed: oldest-read first, pins never. */

export const AUTOMATIC = 50 * 2 ** 20;
export const PINNED = 250 * 2 ** 20;
const MONTH = 30 * 864e5;

/** Whether a reader chose it. @param {KhRecord} record */
const chosen = (record) => record.pin || record.edition;

/**
 * The records to drop so that automatic copies fit into `room` bytes, newest first; what nobody read
 * for a month goes as well.
 * @param {KhRecord[]} records
 * @param {number} [room]
 * @param {number} [now]
 */
export function surplus(records, room = AUTOMATIC, now = Date.now()) {
  let used = 0;
  return records
    .filter((r) => !chosen(r))
    .sort((a, b) => b.read - a.read)
    .filter((r) => (used += r.bytes) > room || now - r.read > MONTH);
}

/** Bytes that readers chose to keep. @param {KhRecord[]} records */
export const pinned = (records) => records.filter(chosen).reduce((sum, r) => sum + r.bytes, 0);
