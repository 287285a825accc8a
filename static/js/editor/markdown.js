// @ts-check
// Text that was written in Markdown, made the paper's own blocks when it is pasted.

const MARKDOWN_HEADING = /^ {0,3}(#{1,6})\s+(.*?)\s*#*$/;
const MARKDOWN_ITEM = /^\s{0,8}(?:([-*+•])|(\p{Nd}{1,3})[.)])\s+(.*)$/u;
const MARKDOWN_QUOTE = /^ {0,3}>\s?(.*)$/;
const MARKDOWN_ROW = /^\s*\|(.+)\|\s*$/;
const MARKDOWN_RULE = /^ {0,3}(?:(?:\*\s*){3,}|(?:-\s*){3,}|(?:_\s*){3,}|={3,})$/;
const MARKDOWN_UNDER = /^\s*\|?(?:\s*:?-{2,}:?\s*\|)+\s*:?-*:?\s*$/;

/** @param {string} text */
const markdownEscaped = (text) => text.replace(/[&<>"]/g, (one) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[one] ?? one);

/** Bold, slanted words and links of one line. @param {string} line */
function markdownLine(line) {
  /** @type {string[]} */
  const kept = [];
  /** @param {string} html */
  const keep = (html) => `\u0000${kept.push(html) - 1}\u0000`;
  return markdownEscaped(line.replaceAll("\u0000", ""))
    .replace(/\\([\\`*_{}[\]()#+\-.!>|])/g, (_all, sign) => keep(sign))
    .replace(/`([^`]{1,300})`/g, (_all, code) => keep(code))
    .replace(/!\[([^[\]]{0,300})\]\(\s*([^\s)]{1,2000}?)(?:\s+&quot;[^)]{0,300})?\s*\)/g, (_all, _alt, address) => keep(`<img src="${address}">`))
    .replace(/\[([^[\]]{1,300})\]\(\s*(https?:\/\/[^\s)]{1,2000}|\/[^\s)]{0,2000})(?:\s+&quot;[^)]{0,300})?\s*\)/g, (_all, words, address) => `${keep(`<a href="${address}">`)}${words}${keep("</a>")}`)
    .replace(/&lt;(https?:\/\/[^\s&]{1,2000})&gt;/g, (_all, address) => keep(`<a href="${address}">${address}</a>`))
    .replace(/(\*\*|__)(?=\S)(.{1,500}?)(?<=\S)\1/g, "<strong>$2</strong>")
    .replace(/(?<![\p{L}\p{N}*_])([*_])(?=\S)([^*_]{1,300}?)(?<=\S)\1(?![\p{L}\p{N}*_])/gu, "<em>$2</em>")
    .replace(/\u0000(\d+)\u0000/g, (_all, at) => kept[Number(at)]);
}

/** Whether the text was written in Markdown: one sign of it that no plain text has. @param {string[]} lines */
function markdownIn(lines) {
  const items = lines.filter((line) => MARKDOWN_ITEM.test(line)).length;
  return (
    items > 1 ||
    lines.some((line) => MARKDOWN_HEADING.test(line) || MARKDOWN_UNDER.test(line)) ||
    lines.some((line) => /\*\*\S[^*]{0,500}\S\*\*|(?<!!)\[[^[\]]{1,300}\]\(https?:\/\/[^\s)]{1,2000}\)|^>\s+\S/.test(line))
  );
}

/** @param {string} row */
const markdownCells = (row) => (MARKDOWN_ROW.exec(row)?.[1] ?? row).split("|").map((cell) => markdownLine(cell.trim()));

/**
 * The text as HTML, or nothing when it is not written in Markdown.
 * @param {string} text @returns {string}
 */
export function fromMarkdown(text) {
  const lines = text.replace(/\r\n?/g, "\n").split("\n");
  if (!markdownIn(lines)) return "";
  /** @type {string[]} */
  const out = [];
  /** @type {string[]} */
  let paragraph = [];
  let list = "";
  const close = () => {
    if (paragraph.length) out.push(`<p>${paragraph.map(markdownLine).join(" ")}</p>`);
    if (list) out.push(`</${list}>`);
    paragraph = [];
    list = "";
  };
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at];
    const heading = MARKDOWN_HEADING.exec(line);
    const item = MARKDOWN_RULE.test(line) ? null : MARKDOWN_ITEM.exec(line);
    if (!line.trim() || /^\s*(?:```|~~~)/.test(line) || (MARKDOWN_RULE.test(line) && !paragraph.length)) close();
    else if (heading) {
      close();
      const tag = heading[1].length > 2 ? "h3" : "h2";
      out.push(`<${tag}>${markdownLine(heading[2])}</${tag}>`);
    } else if (item) {
      const tag = item[1] ? "ul" : "ol";
      if (list !== tag) {
        close();
        out.push(`<${tag}>`);
        list = tag;
      }
      out.push(`<li>${markdownLine(item[3])}</li>`);
    } else if (MARKDOWN_QUOTE.test(line)) {
      close();
      const said = [];
      for (; at < lines.length && MARKDOWN_QUOTE.test(lines[at]); at += 1) said.push(MARKDOWN_QUOTE.exec(lines[at])?.[1] ?? "");
      at -= 1;
      out.push(`<blockquote>${said.join("\n").split(/\n\s*\n/).map((one) => `<p>${markdownLine(one.replace(/\n/g, " "))}</p>`).join("")}</blockquote>`);
    } else if (MARKDOWN_ROW.test(line) && MARKDOWN_UNDER.test(lines[at + 1] ?? "")) {
      close();
      out.push(`<table><thead><tr>${markdownCells(line).map((cell) => `<th>${cell}</th>`).join("")}</tr></thead><tbody>`);
      for (at += 2; at < lines.length && MARKDOWN_ROW.test(lines[at]); at += 1) out.push(`<tr>${markdownCells(lines[at]).map((cell) => `<td>${cell}</td>`).join("")}</tr>`);
      at -= 1;
      out.push("</tbody></table>");
    } else if (/^(?:={3,}|-{3,})\s*$/.test(line) && paragraph.length === 1) {
      out.push(`<h2>${markdownLine(paragraph[0])}</h2>`);
      paragraph = [];
    } else if (list && /^\s{2,}\S/.test(line)) out.push(out.pop()?.replace(/<\/li>$/, ` ${markdownLine(line.trim())}</li>`) ?? "");
    else {
      if (list) close();
      paragraph.push(line.trim());
    }
  }
  close();
  return out.join("");
}
