import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";

import { fold, stem, tokens } from "../../static/js/pure/fold.js";

/** @type {{text: string, fold: string, tokens: [string, number, number, string][]}[]} */
const vectors = JSON.parse(readFileSync(new URL("../arabic/vectors.json", import.meta.url), "utf8"));

/** The vectors count code points, the browser UTF-16 units. */
const units = (/** @type {string} */ text, /** @type {number} */ points) =>
  [...text].slice(0, points).join("").length;

test("the golden vectors are all here", () => assert.equal(vectors.length, 177));

for (const { text, fold: folded, tokens: words } of vectors)
  test(`golden vector ${JSON.stringify(text)}`, () => {
    assert.equal(fold(text), folded);
    assert.deepEqual(
      tokens(text).map((t) => [t.folded, t.start, t.end, stem(t.folded)]),
      words.map(([word, start, end, root]) => [word, units(text, start), units(text, end), root]),
    );
  });

test("folding twice changes nothing more", () => {
  for (let code = 0; code < 0x30000; code++) {
    if (code >= 0xd800 && code < 0xe000) continue;
    const once = fold(String.fromCodePoint(code));
    assert.equal(fold(once), once, code.toString(16));
  }
});

test("encodings of one word meet, as they do on the server", () => {
  for (const [one, other] of [
    ["مسي\u0654ول", "مسئول"], ["مس\ufe8c\ufeee\ufedd", "مسؤول"], ["cafe\u0301", "Café"], ["ＣＮＮ", "cnn"],
    ["كتاب\ufe70ا", "كتابًا"], ["Straße", "strasse"], ["شيءٌ", "شي"],
  ])
    assert.equal(fold(one), fold(other));
});

test("every token lies in the text, and its slice folds to it", () => {
  const text = "قال 😀 «المسئولون»: شيءٌ من الضوءِ في #القُدس_الآن، Café №3 و½ ﷺ ءء";
  for (const { folded, start, end } of tokens(text)) {
    assert.ok(0 <= start && start < end && end <= text.length);
    assert.ok(fold(text.slice(start, end)).includes(folded));
  }
  assert.deepEqual(tokens(text).map((t) => t.folded), fold(text).match(/[\p{L}\p{N}]+/gu));
});

test("hostile text costs no more than its length", () => {
  for (const unit of ["\u0651\u064e", "ء", "ئ\u064e", "ي\u0654", "\u0654\u064e"]) {
    const text = "ي" + unit.repeat(50_000) + "x";
    const started = process.cpuUsage().user;
    fold(text);
    tokens(text);
    assert.ok(process.cpuUsage().user - started < 5e6, JSON.stringify(unit));
  }
});
