import assert from "node:assert/strict";
import test from "node:test";

import { fromMarkdown } from "../../static/js/editor/markdown.js";

test("headings, paragraphs and lists become the paper's blocks", () => {
  const text = "# الميناء\n\nسطر أول\nوسطر ثان من الفقرة.\n\n### تفاصيل\n- واحد\n- اثنان\n\n١. أول\n٢. ثان\n";
  assert.equal(
    fromMarkdown(text),
    "<h2>الميناء</h2><p>سطر أول وسطر ثان من الفقرة.</p><h3>تفاصيل</h3><ul><li>واحد</li><li>اثنان</li></ul><ol><li>أول</li><li>ثان</li></ol>",
  );
});

test("bold, slanted words and links of a line", () => {
  assert.equal(
    fromMarkdown("قال **الوزير** إن *المشروع* [على موقعه](https://a.example/x?a=1&b=2) ."),
    '<p>قال <strong>الوزير</strong> إن <em>المشروع</em> <a href="https://a.example/x?a=1&amp;b=2">على موقعه</a> .</p>',
  );
});

test("a quote of two paragraphs is one quote", () => {
  assert.equal(fromMarkdown("> أول\n> تتمة\n>\n> ثان"), "<blockquote><p>أول تتمة</p><p>ثان</p></blockquote>");
});

test("a table keeps its head and its cells", () => {
  assert.equal(
    fromMarkdown("| المدينة | العدد |\n|---|---:|\n| طنجة | 12 |\n| فاس | 9 |"),
    "<table><thead><tr><th>المدينة</th><th>العدد</th></tr></thead><tbody><tr><td>طنجة</td><td>12</td></tr><tr><td>فاس</td><td>9</td></tr></tbody></table>",
  );
});

test("an underlined line is a heading, a line of dashes alone nothing", () => {
  assert.equal(fromMarkdown("العنوان\n=====\n\nنص **مهم**\n\n---\n\nبعده"), "<h2>العنوان</h2><p>نص <strong>مهم</strong></p><p>بعده</p>");
});

test("text that nobody marked stays text", () => {
  for (const text of [
    "فقرة عادية.\n\nوأخرى فيها 3 * 4 * 5 و a_b_c.",
    "#وسم و#آخر في آخر الخبر",
    "- قالها ومضى.",
    "1. بند وحيد",
    "البريد: name_of_file_x@a.example",
    "[ملاحظة] بين قوسين (لا رابط)",
    "",
  ])
    assert.equal(fromMarkdown(text), "", text);
});

test("what stands in the text never becomes markup", () => {
  const html = fromMarkdown('## <img src=x onerror=alert(1)>\n\n[x](javascript:alert(1)) **<b>** "q" [y](https://a.example/"onclick="z)');
  assert.doesNotMatch(html, /<img|javascript:[^)]*">|<b>|onclick="/);
  assert.match(html, /^<h2>&lt;img src=x onerror=alert\(1\)&gt;<\/h2>/);
});

test("signs with a backslash are letters, code is its words, pictures are named", () => {
  assert.equal(fromMarkdown("## \\*نجمة\\*\n\nاكتب `a_b_c` ![وصف](https://a.example/p.png)"), '<h2>*نجمة*</h2><p>اكتب a_b_c <img src="https://a.example/p.png"></p>');
});

test("a long text takes no longer than its length", () => {
  const started = Date.now();
  for (const one of ["**", "[", "*a ", "- x\n", "|", "`", "> "]) fromMarkdown(`## ع\n${one.repeat(20000)}`);
  assert.ok(Date.now() - started < 4000);
});
