import assert from "node:assert/strict";
import test from "node:test";

import { MONTH_NAMES, inMonths } from "../../static/js/pure/months.js";

test("a month goes from every style into every other, and back", () => {
  const styles = Object.keys(MONTH_NAMES);
  for (let month = 1; month <= 12; month++)
    for (const from of styles)
      for (const to of styles) {
        const line = (/** @type {string} */ style) => `الاثنين 23 ${MONTH_NAMES[style][month - 1]} 2026، 09:40`;
        assert.equal(inMonths(line(from), month, to), line(to), `${from} ${to}`);
      }
});

test("a page names its months in one way, the dual name included", () => {
  assert.equal(inMonths("23 نونبر 2026", 11, "dual"), "23 نوفمبر/تشرين الثاني 2026");
  assert.equal(inMonths("23 نوفمبر/تشرين الثاني 2026", 11, "levantine"), "23 تشرين الثاني 2026");
});

test("no choice, and an unknown one, change nothing", () => {
  for (const style of [undefined, "", "maya"]) assert.equal(inMonths("1 يوليوز", 7, style), "1 يوليوز");
  assert.equal(inMonths("Nov 23, 2026", 11, "levantine"), "Nov 23, 2026");
});
