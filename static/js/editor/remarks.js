// @ts-check
// The copy desk beside the text: its remarks, and the fix that one tap makes.

import { fieldNamed } from "./form.js";
import { drawRemarks, linesOfText } from "./marks.js";
import { addressOf, button, make, tell, word } from "./words.js";

const FIELDS = ["headline", "standfirst", "short_headline", "teaser", "lead_alt", "lead_caption"];
const SHOWN = 40;
// A fix may cause another remark, but never many in a row.
const ROUNDS = 8;

/** @param {HTMLFormElement} form @param {any} editor @param {(changed: Element) => void} touched */
export function remarks(form, editor, touched) {
  const place = form.querySelector("[data-remarks]");
  const badge = form.querySelector("[data-remarks-count]");
  let asked = 0;
  let timer = 0;

  /** Every text of the story: fields first, then the body line by line. */
  const texts = () => {
    const fields = FIELDS.map((name) => fieldNamed(form, name)?.value ?? "");
    const lines = linesOfText(editor.state.doc);
    return { lines, all: [...fields, ...lines.map((line) => line.text)] };
  };

  /** @param {string[]} before @param {EdRemark[]} found */
  const fix = (before, found) => {
    const now = texts();
    const { tr } = editor.state;
    // From the end, so that the places of earlier fixes stay right.
    for (const one of [...found].sort((a, b) => b.text - a.text || b.start - a.start || b.end - a.end)) {
      if (one.replacement === null || now.all[one.text] !== before[one.text]) continue;
      const line = now.lines[one.text - FIELDS.length];
      if (line) {
        const marks = tr.doc.resolve(line.at + one.start + (one.end > one.start ? 1 : 0)).marks();
        if (one.replacement) tr.replaceWith(line.at + one.start, line.at + one.end, editor.schema.text(one.replacement, marks));
        else tr.delete(line.at + one.start, line.at + one.end);
      } else {
        const field = fieldNamed(form, FIELDS[one.text]);
        if (!field) continue;
        field.value = field.value.slice(0, one.start) + one.replacement + field.value.slice(one.end);
        touched(field);
      }
    }
    if (tr.docChanged) editor.view.dispatch(tr);
  };

  /** What has a fix. @param {EdRemark[]} found */
  const fixable = (found) => found.filter((one) => one.replacement !== null);

  /** Make every fix, also those that follow from others. @param {string[]} before @param {EdRemark[]} found */
  const fixAll = async (before, found) => {
    fix(before, found);
    for (let round = 1; round < ROUNDS; round++) {
      const { all } = texts();
      try {
        const next = fixable((await tell(addressOf("copydesk"), { texts: all })).remarks);
        if (!next.length) break;
        fix(all, next);
      } catch {
        break;
      }
    }
    look();
  };

  /** @param {EdRemark} one @param {{at: number}[]} lines */
  const goTo = (one, lines) => {
    const line = lines[one.text - FIELDS.length];
    if (line) {
      editor.chain().focus().setTextSelection({ from: line.at + one.start, to: line.at + one.end }).scrollIntoView().run();
      return;
    }
    const field = fieldNamed(form, FIELDS[one.text]);
    field?.focus();
    if (field instanceof HTMLTextAreaElement) field.setSelectionRange(one.start, one.end);
  };

  /** @param {{remarks: EdRemark[], count: number}} found @param {ReturnType<typeof texts>} from */
  const show = (found, from) => {
    if (badge) badge.textContent = found.count ? String(found.count) : "";
    const items = found.remarks.slice(0, SHOWN).map((one) => {
      const row = make("li", { class: "remark" });
      const said = make("button", { type: "button", class: "remark__said", title: word("go_there"), click: () => goTo(one, from.lines) });
      if (one.found.trim()) said.append(make("del", {}, one.found));
      else said.append(make("span", { class: "quiet" }, one.around.trim()));
      if (one.replacement?.trim()) said.append(" ", make("ins", {}, one.replacement));
      row.append(said, make("span", { class: "remark__why" }, one.reason));
      if (one.replacement !== null) row.append(button("fix", () => (fix(from.all, [one]), void look()), "pill remark__fix"));
      return row;
    });
    const fixes = fixable(found.remarks);
    place?.replaceChildren(
      items.length ? make("ul", { class: "remarks" }, ...items) : make("p", { class: "quiet" }, word("no_remarks")),
      ...(found.count > SHOWN ? [make("p", { class: "quiet" }, `${found.count - SHOWN} ${word("more_remarks")}`)] : []),
      ...(fixes.length > 1 ? [button("fix_all", () => void fixAll(from.all, fixes))] : []),
    );
    drawRemarks(editor, found.remarks.flatMap((one) => {
      const line = from.lines[one.text - FIELDS.length];
      return line && one.end > one.start ? [{ from: line.at + one.start, to: line.at + one.end, reason: one.reason }] : [];
    }));
  };

  const look = async () => {
    const own = ++asked;
    const from = texts();
    try {
      const found = await tell(addressOf("copydesk"), { texts: from.all });
      if (own === asked && texts().all.join("\n") === from.all.join("\n")) show(found, from);
    } catch {
      // The copy desk does not answer; writing goes on without it.
    }
  };

  look();
  return () => {
    asked += 1;
    clearTimeout(timer);
    timer = window.setTimeout(look, 1200);
  };
}
