// @ts-check
// What is pasted from Word, Google Docs or a web page, made the paper's own blocks.

import { word } from "./words.js";

const PASTED_AWAY = "script, style, meta, link, title, head, noscript, template, svg, object, button, input, select, textarea, o\\:p";
const BLOCKS = "p, div, ul, ol, table, blockquote, figure, h1, h2, h3, h4, h5, h6, section, article, aside, pre";
const HOLDERS = "div, section, article, main, header, footer, center, form, dl, dt, dd, details, summary";

const KEPT = new Set(["href", "src", "alt", "cite", "class", "lang", "dir", "colspan", "rowspan", "data-unit", "data-source", "data-pm-slice"]);

/**
 * A document of its own: nothing in it runs or loads. Styles and handlers are renamed before they
 * are parsed, since the page's policy holds for it, too. @param {string} html @returns {Document}
 */
function pastedDocument(html) {
  const plain = html
    .replace(/<(style|script|xml)\b[^]*?(?:<\/\1[^>]*>|$)/gi, "")
    .replace(/<[a-z](?:[^>"']|"[^"]*"|'[^']*')*>/gi, (tag) =>
      tag.replace(/([\s"'/])style\s*=/gi, "$1data-style=").replace(/([\s"'/])on[a-z]+\s*=/gi, "$1data-on="),
    );
  const trust = Reflect.get(window, "khabaraynTrust");
  return new DOMParser().parseFromString(trust ? trust(plain) : plain, "text/html");
}

/** @param {Element} element */
const unwrap = (element) => element.replaceWith(...element.childNodes);

/** @param {Element} element @param {string} tag */
function renamed(element, tag) {
  const made = element.ownerDocument.createElement(tag);
  made.append(...element.childNodes);
  element.replaceWith(made);
  return made;
}

/** @param {Element} element */
const styleOf = (element) => (element.getAttribute("data-style") ?? "").toLowerCase();

/** Word's list paragraphs, each with its bullet written into the text. @param {Document} page */
function wordLists(page) {
  const items = [...page.querySelectorAll("p, h1, h2, h3, h4")].filter((one) => /mso-list:\s*l\d/.test(styleOf(one)));
  /** @type {Element | null} */
  let list = null;
  /** @type {Element | null} */
  let last = null;
  for (const item of items) {
    const bullets = [...item.querySelectorAll("span")].filter((one) => /mso-list:\s*ignore/.test(styleOf(one)));
    const numbered = /^\s*[([]?[\p{L}\p{Nd}]{1,4}[.)\]-]/u.test(bullets.map((one) => one.textContent).join(""));
    bullets.forEach((one) => one.remove());
    const tag = numbered ? "ol" : "ul";
    if (!list || item.previousElementSibling !== list || last === null) {
      list = page.createElement(tag);
      item.before(list);
    }
    last = page.createElement("li");
    last.append(...item.childNodes);
    list.append(last);
    item.remove();
  }
}

/** Remove the deletions and comments of reviewers. @param {Document} page */
function review(page) {
  for (const one of page.querySelectorAll("del, s, strike, .MsoCommentReference, .MsoCommentText, .msocomtxt, .msocomanchor, hr.msocomoff")) one.remove();
  for (const one of page.querySelectorAll("[data-style]")) {
    const style = styleOf(one);
    if (/text-decoration(-line)?:[^;]*line-through|mso-element:\s*comment|mso-special-character:\s*comment/.test(style)) one.remove();
  }
  for (const one of page.querySelectorAll("[data-style]")) {
    if (!/mso-comment-(reference|continuation)/.test(styleOf(one))) continue;
    let after = "";
    for (let next = one.nextSibling; next; next = next.nextSibling) after += next.textContent ?? "";
    // Word leaves a blank in place of a comment, also before a full stop.
    if (!one.textContent?.trim() && /^[.،؛:!?؟)»]/.test(after)) one.remove();
    else unwrap(one);
  }
  for (const ins of page.querySelectorAll("ins")) unwrap(ins);
  for (const link of page.querySelectorAll('a[href*="#cmnt"]')) {
    const address = link.getAttribute("href") ?? "";
    if (/#cmnt_ref\d+$/.test(address)) (link.closest("div") ?? link.closest("p") ?? link).remove();
    else if (/#cmnt\d+$/.test(address)) (link.closest("sup") ?? link).remove();
  }
}

/** Bold and raised text that is only a style. @param {Document} page */
function styledRuns(page) {
  for (const one of page.querySelectorAll("b, strong")) {
    // Word says «mso-bidi-font-weight: normal» of bold Latin letters in an Arabic line.
    if (/(?<![\w-])font-weight:\s*(normal|400)/.test(styleOf(one))) unwrap(one);
  }
  for (const span of page.querySelectorAll("span[data-style]")) {
    const style = styleOf(span);
    if (/display:\s*none|mso-hide:\s*all/.test(style)) span.remove();
    else if (/(?<![\w-])font-weight:\s*(bold|[6-9]00)/.test(style) && !span.closest("h1, h2, h3, h4, h5, h6")) renamed(span, "strong");
    else if (/vertical-align:\s*super/.test(style)) renamed(span, "sup");
    else if (/vertical-align:\s*sub/.test(style)) renamed(span, "sub");
  }
  // Only another language than the paper's needs an attribute.
  for (const span of page.querySelectorAll("span")) {
    const language = span.getAttribute("lang") ?? "";
    // LibreOffice says «hi-IN» of every Arabic word: the letters decide.
    const words = span.textContent ?? "";
    const arabic = (words.match(/\p{Script=Arabic}/gu) ?? []).length;
    const belied = arabic > (words.match(/\p{Script=Latin}/gu) ?? []).length && !/^(fa|ur|ckb|ku|ps|ug|sd)\b/i.test(language);
    if (!language || /^ar/i.test(language) || belied) unwrap(span);
    else span.removeAttribute("dir");
  }
}

/** A list within a list becomes items of the outer one; an item is one line. @param {Document} page */
function flatLists(page) {
  for (const inner of [...page.querySelectorAll("li ul, li ol")].reverse()) {
    inner.closest("li")?.after(...inner.children);
    inner.remove();
  }
  for (const inner of [...page.querySelectorAll("ul > ul, ol > ol, ul > ol, ol > ul")].reverse()) unwrap(inner);
  for (const item of page.querySelectorAll("li")) {
    for (const holder of item.querySelectorAll(BLOCKS)) {
      holder.append(" ");
      unwrap(holder);
    }
    for (const br of item.querySelectorAll("br")) br.replaceWith(" ");
    if (!item.textContent?.trim()) item.remove();
  }
  for (const list of page.querySelectorAll("ul, ol")) if (!list.children.length) list.remove();
}

/** Tables that only arrange a page. @param {Document} page */
function layoutTables(page) {
  for (const table of [...page.querySelectorAll("table")].reverse()) {
    const cells = [...table.querySelectorAll("td, th")];
    if (cells.length > 1 && !table.querySelector("table, ul, ol, figure, h1, h2, h3")) continue;
    const inside = cells.flatMap((cell) => {
      const made = page.createElement("div");
      made.append(...cell.childNodes);
      return [made];
    });
    table.replaceWith(...inside);
  }
}

/** Frames become link cards; pictures of elsewhere are left out, and counted. @param {Document} page */
function strangers(page) {
  let pictures = 0;
  for (const frame of page.querySelectorAll("iframe[src], video[src], embed[src]")) {
    const source = frame.getAttribute("src") ?? "";
    if (!/^(https?:)?\/\//.test(source)) {
      frame.remove();
      continue;
    }
    const card = page.createElement("blockquote");
    card.className = "embed";
    card.setAttribute("cite", source.replace(/^\/\//, "https://"));
    const title = page.createElement("cite");
    title.textContent = frame.getAttribute("title") ?? "";
    card.append(title);
    frame.replaceWith(card);
  }
  for (const img of page.querySelectorAll("img, picture, v\\:shape")) {
    if ((img.getAttribute("src") ?? "").startsWith("media:")) continue;
    const figure = img.closest("figure");
    if (img.matches("img") && !["0", "1"].includes(img.getAttribute("width") ?? "")) pictures += 1;
    if (figure && figure.querySelectorAll("img").length === 1) figure.remove();
    else img.remove();
  }
  return pictures;
}

/**
 * The address that a search engine's redirect leads to; any other as it is.
 * @param {string} address @returns {string}
 */
export function unwrapped(address) {
  const wrapped = /^https?:\/\/(?:www\.)?google\.[a-z.]{2,8}\/url\?/i.test(address);
  const asked = wrapped ? new URLSearchParams(address.slice(address.indexOf("?") + 1)) : null;
  const inner = asked?.get("url") ?? asked?.get("q") ?? "";
  return /^https?:\/\//i.test(inner) ? inner : address;
}

const CARD_PAGES = /^https:\/\/(?:(?:www\.|m\.)?youtube\.com\/(?:watch\?|shorts\/|live\/)|youtu\.be\/|(?:x|twitter)\.com\/\w+\/status\/|(?:www\.)?instagram\.com\/(?:p|reel)\/|(?:www\.)?tiktok\.com\/@[^/]+\/video\/|(?:www\.)?facebook\.com\/[^/]+\/(?:posts|videos)\/|t\.me\/\w+\/\d)\S*$/i;

/** @param {string} text @returns {string} The address of a video or a post, when the text is nothing else. */
export function cardIn(text) {
  const address = unwrapped(text.trim());
  return CARD_PAGES.test(address) ? address : "";
}

/** Slanted text that is only a style. @param {Document} page */
function slantedRuns(page) {
  for (const span of page.querySelectorAll("span[data-style]")) {
    if (/font-style:\s*(italic|oblique)/.test(styleOf(span)) && !span.closest("em, i")) {
      const slanted = page.createElement("em");
      slanted.append(...span.childNodes);
      span.append(slanted);
    }
  }
}

/** @param {Document} page */
function cleanParagraphs(page) {
  for (const holder of [...page.querySelectorAll(HOLDERS)].reverse()) {
    if (holder.matches("div.credit, div.see-also")) continue;
    if (holder.querySelector(BLOCKS)) unwrap(holder);
    else renamed(holder, "p");
  }
  for (const quote of page.querySelectorAll("blockquote:not(.embed)")) {
    if (quote.querySelector("p")) continue;
    const inside = page.createElement("p");
    inside.append(...[...quote.childNodes].filter((one) => !(one instanceof Element && one.matches("cite, footer"))));
    quote.prepend(inside);
  }
  for (const paragraph of page.querySelectorAll("p, h1, h2, h3, h4, h5, h6")) {
    if (!paragraph.textContent?.replace(/[\s\u00a0]/g, "") && !paragraph.querySelector("img")) paragraph.remove();
  }
  const texts = page.createTreeWalker(page.body, NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    text.nodeValue = (text.nodeValue ?? "").replace(/\u00a0/g, " ").replace(/[\u200e\u200f\u202a-\u202e\ufeff]/g, "");
  }
}

/** @param {string} html @returns {string} The same text as our blocks. */
export function cleanPasted(html) {
  const page = pastedDocument(html);
  // Text copied from this editor is clean already.
  if (page.querySelector("[data-pm-slice]")) return bare(page);
  const comments = page.createTreeWalker(page, NodeFilter.SHOW_COMMENT);
  /** @type {Node[]} */
  const said = [];
  while (comments.nextNode()) said.push(comments.currentNode);
  said.forEach((one) => one.parentNode?.removeChild(one));
  page.querySelectorAll(PASTED_AWAY).forEach((one) => one.matches("head") || one.remove());
  review(page);
  for (const link of page.querySelectorAll("a[href]")) link.setAttribute("href", unwrapped(link.getAttribute("href") ?? ""));
  wordLists(page);
  slantedRuns(page);
  styledRuns(page);
  layoutTables(page);
  flatLists(page);
  const pictures = strangers(page);
  cleanParagraphs(page);
  if (pictures) document.dispatchEvent(new CustomEvent("ed:notice", { detail: word("removed_pictures") }));
  return bare(page);
}

/** @param {Document} page @returns {string} */
function bare(page) {
  for (const element of page.body.querySelectorAll("*")) {
    for (const name of element.getAttributeNames()) if (!KEPT.has(name)) element.removeAttribute(name);
  }
  return page.body.innerHTML;
}
