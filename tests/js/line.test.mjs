// @ts-check
// How fast the line is, from the timings that the browser keeps.
import assert from "node:assert/strict";
import { test } from "node:test";
import { lineSpeed } from "../../static/js/pure/line.js";

/** @param {number} transferSize @param {number} responseStart @param {number} responseEnd @param {number} [workerStart] */
const came = (transferSize, responseStart, responseEnd, workerStart = 0) => ({ transferSize, responseStart, responseEnd, workerStart });

test("a line that carries 50 kB in one second is slow, and 125 kB in half a second is not", () => {
  assert.equal(lineSpeed([came(50_000, 100, 1100)]), 400_000);
  assert.equal(lineSpeed([came(125_000, 0.5, 500.5)]), 2_000_000);
});

test("answers that came side by side share the line", () => {
  assert.equal(lineSpeed([came(50_000, 100, 1100), came(50_000, 100, 1100)]), 800_000);
  assert.equal(lineSpeed([came(50_000, 100, 1100), came(50_000, 600, 1600)]), (100_000 * 8000) / 1500);
});

test("what came from the phone, through the worker or in one breath tells nothing", () => {
  assert.equal(lineSpeed([came(0, 1, 2), came(90_000, 1, 2, 5), came(900, 1, 2)]), 0);
  assert.equal(lineSpeed([]), 0);
});
