import assert from "node:assert/strict";
import test from "node:test";

import { searchable, searchShelf } from "../../static/js/offline/shelf-search.js";

const texts = [
  searchable({ title: "المسؤولة تفتتح مكتبة القدس", section: "أخبار", at: 1 }, "حضر الحفل طلاب المدرسة القديمة، وقرؤوا من الكتب."),
  searchable({ title: "سعر القمح يرتفع", section: "اقتصاد", at: 2 }, "قالت المسؤولة إن المخزون يكفي، وزارت مكتبة المدينة."),
  searchable({ title: "Café العالم", section: "ثقافة", at: 3 }, "نصّ بلا تلك الكلمات، فيه ١٢٣ رقمًا."),
];
/** @param {string} query */
const titles = (query) => searchShelf(texts, query).map(({ record }) => record.title.split(" ")[0]);

test("marks, hamza, ta marbuta and prefixes hide nothing", () => {
  for (const query of ["المسؤولة", "المَسْؤولة", "المسئوله", "والمسؤولة", "للمسؤولة", "مسؤوله"])
    assert.deepEqual(titles(query), ["المسؤولة", "سعر"], query);
  assert.deepEqual(titles("cafe"), ["Café"]);
  assert.deepEqual(titles("123"), ["Café"]);
});

test("every word must be there, and the headline counts most", () => {
  assert.deepEqual(titles("مكتبة المدينة"), ["سعر"]);
  assert.deepEqual(titles("مكتبة"), ["المسؤولة", "سعر"]);
  assert.deepEqual(titles("زرافة"), []);
  assert.deepEqual(titles("  ،؟ "), []);
});

test("a beginning finds while one types", () => assert.deepEqual(titles("المخز"), ["سعر"]));

test("the excerpt shows the word itself", () => {
  const [hit] = searchShelf(texts, "طلاب");
  assert.equal(hit.excerpt.slice(hit.from, hit.to), "طلاب");
});
