import assert from "node:assert/strict";
import test from "node:test";

import { inDigits } from "../../static/js/pure/digits.js";

test("a number goes from one set of digits into the other with its marks, and back", () => {
  for (const [latn, arab] of [["142,984 كم", "١٤٢٬٩٨٤ كم"], ["1.2 م.ب", "١٫٢ م.ب"], ["09:40، 23 نوفمبر 2026.", "٠٩:٤٠، ٢٣ نوفمبر ٢٠٢٦."]]) {
    assert.equal(inDigits(latn, "arab"), arab);
    assert.equal(inDigits(arab, "latn"), latn);
  }
});

test("no choice changes nothing", () => {
  assert.equal(inDigits("1٢", undefined), "1٢");
});
