// @ts-check
// Estimate the speed of the network from earlier answers.

/**
 * What the browser notes of one answer: bytes over the line, and milliseconds of its first and last byte;
 * `workerStart` is 0 where no worker stood between.
 * @typedef {{transferSize: number, responseStart: number, responseEnd: number, workerStart?: number}} Timing
 */

// Smaller answers measure latency rather than bandwidth.
const LEAST = 4000;

/**
 * Bits per second while anything came, or 0 when too little did to tell. Answers that came at the same
 * time share the line: their time is counted once.
 * @param {Timing[]} timings
 */
export function lineSpeed(timings) {
  const real = timings
    .filter((one) => one.transferSize >= LEAST && !one.workerStart && one.responseStart > 0)
    .sort((one, other) => one.responseStart - other.responseStart);
  let bytes = 0;
  let time = 0;
  let until = 0;
  for (const { transferSize, responseStart, responseEnd } of real) {
    bytes += transferSize;
    time += Math.max(0, responseEnd - Math.max(until, responseStart));
    until = Math.max(until, responseEnd);
  }
  return bytes ? (bytes * 8000) / Math.max(time, 1) : 0;
}
