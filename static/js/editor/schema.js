// @ts-check
// The editor's schema of a body: exactly the paper's blocks, written as the server reads them.

import { boxes } from "./boxes.js";

const PLAIN_MARKS = "link bdi span code sub sup";

/** @param {string} name @param {object} rules */
const block = (name, rules) => Tiptap.Node.create({ name, group: "block", ...rules });

/** @param {string} tag @param {string} name @param {object[]} [more] */
const mark = (tag, name, more = []) =>
  Tiptap.Mark.create({
    name,
    parseHTML: () => [{ tag }, ...more],
    renderHTML: () => [tag, 0],
  });

/** @param {Record<string, unknown>} fields */
const attributes = (fields) => () =>
  Object.fromEntries(Object.entries(fields).map(([name, usual]) => [name, { default: usual, rendered: false }]));

/** @param {Element} element @param {string} query */
const textAt = (element, query) => element.querySelector(query)?.textContent?.trim() ?? "";

/** @param {Element} figure */
function imageOf(figure) {
  const img = figure.matches("img") ? figure : figure.querySelector("img");
  const media = (img?.getAttribute("src") ?? "").replace(/^media:/, "");
  if (!img || !/^[a-z0-9]{4,32}$/.test(media) || figure.querySelectorAll("img").length > 1) return false;
  if (figure.querySelector("table, blockquote")) return false;
  const said = figure.querySelector("figcaption")?.cloneNode(true);
  const credit = said instanceof Element ? said.querySelector("small, .credit") : null;
  credit?.remove();
  return {
    media,
    alt: img.getAttribute("alt") ?? "",
    caption: said?.textContent?.trim() ?? "",
    credit: credit?.textContent?.trim() ?? "",
  };
}

/** @param {Record<string, string>} at */
function imageAsHtml(at) {
  const said = [];
  if (at.caption) said.push(at.credit ? `${at.caption} ` : at.caption);
  if (at.credit) said.push(["small", { class: "credit" }, at.credit]);
  const img = ["img", { src: `media:${at.media}`, alt: at.alt }];
  return said.length ? ["figure", img, ["figcaption", ...said]] : ["figure", img];
}

/** @param {Element} table */
export function tableOf(table) {
  const rows = [...table.querySelectorAll("tr")].map((row) =>
    [...row.querySelectorAll("th, td")].map((cell) => cell.textContent?.replace(/\s+/g, " ").trim() ?? ""),
  );
  const headed = table.querySelector("thead tr") || (rows.length > 1 && !table.querySelector("tr:first-child td"));
  const head = headed ? rows.shift() ?? [] : [];
  const width = Math.max(1, head.length, ...rows.map((row) => row.length));
  /** @param {string[]} row */
  const filled = (row) => [...row, ...Array(width - row.length).fill("")];
  const caption = table.querySelector("caption")?.cloneNode(true);
  const note = caption instanceof Element ? caption.querySelector("small") : null;
  const noted = note?.textContent ?? "";
  note?.remove();
  return {
    rows: rows.map(filled),
    head: head.length ? filled(head) : [],
    caption: caption?.textContent?.trim() ?? "",
    chart: table.classList.contains("chart-bar") ? "bar" : table.classList.contains("chart-line") ? "line" : "",
    unit: table.getAttribute("data-unit") ?? noted.match(/الوحدة: ([^·]*)/)?.[1].trim() ?? "",
    source: table.getAttribute("data-source") ?? noted.match(/المصدر: (.*)/)?.[1].trim() ?? "",
  };
}

/** @param {{rows: string[][], head: string[], caption: string, chart: string, unit: string, source: string}} at */
function tableAsHtml(at) {
  /** @param {string} tag @param {string[]} cells */
  const row = (tag, cells) => ["tr", ...cells.map((cell) => [tag, cell])];
  /** @type {Record<string, string>} */
  const given = {};
  if (at.chart) given.class = `chart-${at.chart}`;
  if (at.unit) given["data-unit"] = at.unit;
  if (at.source) given["data-source"] = at.source;
  return [
    "table",
    given,
    ...(at.caption ? [["caption", at.caption]] : []),
    ...(at.head.length ? [["thead", row("th", at.head)]] : []),
    ["tbody", ...at.rows.map((cells) => row("td", cells))],
  ];
}

const nodes = () => [
  Tiptap.Node.create({ name: "doc", topNode: true, content: "block+" }),
  Tiptap.Node.create({ name: "text", group: "inline" }),
  block("paragraph", {
    priority: 1000,
    content: "inline*",
    parseHTML: () => [{ tag: "p" }, { tag: "div", priority: 10 }],
    /** @param {any} it */
    renderHTML: ({ HTMLAttributes }) => ["p", HTMLAttributes, 0],
  }),
  Tiptap.Node.create({
    name: "hardBreak",
    group: "inline",
    inline: true,
    selectable: false,
    linebreakReplacement: true,
    parseHTML: () => [{ tag: "br" }],
    renderHTML: () => ["br"],
    renderText: () => "\n",
    addKeyboardShortcuts() {
      const self = /** @type {any} */ (this);
      return { "Shift-Enter": () => self.editor.commands.insertContent({ type: "hardBreak" }) };
    },
  }),
  block("heading", {
    content: "inline*",
    marks: PLAIN_MARKS,
    defining: true,
    addAttributes: attributes({ level: 2 }),
    parseHTML: () =>
      [1, 2, 3, 4, 5, 6].map((n) => ({ tag: `h${n}`, attrs: { level: Math.min(4, Math.max(2, n)) } })),
    /** @param {any} it */
    renderHTML: ({ node, HTMLAttributes }) => [`h${node.attrs.level}`, HTMLAttributes, 0],
  }),
  block("list", {
    content: "item+",
    defining: true,
    addAttributes: attributes({ ordered: false }),
    parseHTML: () => [{ tag: "ul" }, { tag: "ol", attrs: { ordered: true } }],
    /** @param {any} it */
    renderHTML: ({ node }) => [node.attrs.ordered ? "ol" : "ul", 0],
  }),
  block("keyPoints", {
    content: "point+",
    defining: true,
    parseHTML: () => [
      {
        tag: "aside.key-points",
        priority: 60,
        /** @param {Element} element */
        contentElement: (element) => element.querySelector("ul") ?? element,
      },
    ],
    renderHTML: () => ["aside", { class: "key-points" }, ["ul", 0]],
  }),
  Tiptap.Node.create({
    name: "item",
    content: "text*",
    defining: true,
    parseHTML: () => [{ tag: "li" }],
    /** @param {any} it */
    renderHTML: ({ HTMLAttributes }) => ["li", HTMLAttributes, 0],
  }),
  Tiptap.Node.create({
    name: "point",
    content: "text*",
    marks: "",
    defining: true,
    parseHTML: () => [{ tag: "li", context: "keyPoints/", priority: 60 }],
    /** @param {any} it */
    renderHTML: ({ HTMLAttributes }) => ["li", HTMLAttributes, 0],
  }),
  block("quote", {
    content: "paragraph+ cite",
    defining: true,
    isolating: true,
    parseHTML: () => [{ tag: "blockquote" }],
    renderHTML: () => ["blockquote", 0],
  }),
  Tiptap.Node.create({
    name: "cite",
    content: "text*",
    marks: "",
    parseHTML: () => [{ tag: "cite", context: "quote/" }, { tag: "footer", context: "quote/" }],
    /** @param {any} it */
    renderHTML: ({ HTMLAttributes }) => ["cite", HTMLAttributes, 0],
  }),
  block("credit", {
    content: "inline*",
    defining: true,
    parseHTML: () => [{ tag: "p.credit", priority: 1010 }, { tag: "div.credit", priority: 1010 }],
    /** @param {any} it */
    renderHTML: ({ HTMLAttributes }) => ["p", { ...HTMLAttributes, class: "credit" }, 0],
  }),
  block("image", {
    atom: true,
    draggable: true,
    group: "block picture",
    addAttributes: attributes({ media: "", alt: "", caption: "", credit: "" }),
    parseHTML: () => [{ tag: "figure", getAttrs: imageOf }, { tag: "img", getAttrs: imageOf }],
    /** @param {any} it */
    renderHTML: ({ node }) => imageAsHtml(node.attrs),
    addNodeView: () => boxes.image,
  }),
  block("gallery", {
    content: "picture picture+",
    parseHTML: () => [
      {
        tag: "figure",
        priority: 60,
        /** @param {Element} element */
        getAttrs: (element) => (element.querySelectorAll("img").length > 1 ? null : false),
      },
    ],
    renderHTML: () => ["figure", { class: "gallery" }, 0],
  }),
  block("embed", {
    atom: true,
    draggable: true,
    addAttributes: attributes({ url: "", title: "", text: "" }),
    parseHTML: () => [
      {
        tag: "blockquote.embed",
        priority: 60,
        /** @param {Element} element */
        getAttrs: (element) => {
          const url = element.getAttribute("cite") ?? "";
          const text = textAt(element, "p");
          return { url, title: textAt(element, "cite"), text: text === url ? "" : text };
        },
      },
    ],
    /** @param {any} it */
    renderHTML: ({ node }) => {
      const { url, title, text } = node.attrs;
      return [
        "blockquote",
        { class: "embed", cite: url },
        ["p", ["a", { href: url }, text || url]],
        ...(title ? [["cite", title]] : []),
      ];
    },
    addNodeView: () => boxes.embed,
  }),
  block("seeAlso", {
    atom: true,
    draggable: true,
    addAttributes: attributes({ target: "", headline: "" }),
    parseHTML: () => [
      {
        tag: "p.see-also",
        priority: 1010,
        /** @param {Element} element */
        getAttrs: (element) => {
          const link = element.querySelector("a");
          const target = link?.getAttribute("href")?.match(/\/a\/([a-z0-9]+)/)?.[1];
          const headline = link?.textContent?.trim() ?? "";
          return target ? { target, headline: headline === target ? "" : headline } : false;
        },
      },
    ],
    /** @param {any} it */
    renderHTML: ({ node }) => [
      "p",
      { class: "see-also" },
      ["a", { href: `/a/${node.attrs.target}` }, node.attrs.headline || node.attrs.target],
    ],
    addNodeView: () => boxes.seeAlso,
  }),
  block("table", {
    atom: true,
    draggable: true,
    addAttributes: attributes({ rows: [["", ""]], head: [], caption: "", chart: "", unit: "", source: "" }),
    parseHTML: () => [{ tag: "table", getAttrs: tableOf }],
    /** @param {any} it */
    renderHTML: ({ node }) => tableAsHtml(node.attrs),
    addNodeView: () => boxes.table,
  }),
];

const marks = () => [
  Tiptap.Mark.create({
    name: "link",
    priority: 1000,
    inclusive: false,
    addAttributes: attributes({ href: "" }),
    parseHTML: () => [
      {
        tag: "a[href]",
        /** @param {Element} element */
        getAttrs: (element) => {
          const href = element.getAttribute("href")?.trim() ?? "";
          return /^(https?:|mailto:|story:|\/(?!\/))/i.test(href) ? { href } : false;
        },
      },
    ],
    /** @param {any} it */
    renderHTML: ({ mark: one }) => ["a", { href: one.attrs.href }, 0],
  }),
  ...["bdi", "span"].map((tag) =>
    Tiptap.Mark.create({
      name: tag,
      priority: 900,
      addAttributes: attributes({ lang: null, dir: null }),
      parseHTML: () => [
        {
          tag,
          /** @param {Element} element */
          getAttrs: (element) => {
            const found = { lang: element.getAttribute("lang"), dir: element.getAttribute("dir") };
            return tag === "bdi" || found.lang || found.dir ? found : false;
          },
        },
      ],
      /** @param {any} it */
      renderHTML: ({ mark: one }) => {
        const { lang, dir } = one.attrs;
        return [tag, { ...(lang ? { lang } : {}), ...(dir ? { dir } : {}) }, 0];
      },
    }),
  ),
  mark("strong", "bold", [{ tag: "b" }, { style: "font-weight=bold" }, { style: "font-weight=700" }]),
  mark("em", "italic", [{ tag: "i" }]),
  mark("code", "code"),
  mark("sub", "sub"),
  mark("sup", "sup"),
];

/** Every node and mark of a body. */
export const schemaParts = () => [...nodes(), ...marks()];
