// @ts-check
// Blocks that are filled in rather than written: a picture, a link card, a pinned story, a table.

import { addressOf, button, make, word } from "./words.js";

/** @type {Map<string, EdPicture>} */
export const knownPictures = new Map(
  [...document.querySelectorAll("[data-picture]")].map((one) => {
    const { picture = "", src = "", alt = "", caption = "", credit = "" } = /** @type {HTMLElement} */ (one).dataset;
    return [picture, { id: picture, src, alt, caption, credit }];
  }),
);

let boxNumber = 0;

/**
 * @typedef {{editor: any, node: any, getPos: () => number | undefined}} Given
 * @typedef {(node: any) => void} Refresh
 */

/**
 * A box with a name, its fields, and the ways to move and remove it.
 * @param {Given} given @param {string} name @param {(box: HTMLElement, now: {node: any}, change: (values: object) => void) => Refresh} fill
 */
function box(given, name, fill) {
  const { editor, getPos } = given;
  const now = { node: given.node };
  const dom = make("div", { class: `ed-box ed-box--${name}`, contenteditable: "false", role: "group", "aria-label": word(name) });
  /** @param {object} values */
  const change = (values) => {
    const at = getPos();
    if (at === undefined) return;
    editor.view.dispatch(editor.state.tr.setNodeMarkup(at, undefined, { ...now.node.attrs, ...values }));
  };
  /** @param {number} step */
  const move = (step) => {
    const at = getPos();
    if (at === undefined) return;
    const place = editor.state.doc.resolve(at);
    const other = step < 0 ? place.nodeBefore : editor.state.doc.resolve(at + now.node.nodeSize).nodeAfter;
    if (!other) return;
    const tr = editor.state.tr.delete(at, at + now.node.nodeSize);
    tr.insert(step < 0 ? at - other.nodeSize : at + other.nodeSize, now.node);
    editor.view.dispatch(tr.scrollIntoView());
  };
  const remove = () => {
    const at = getPos();
    if (at === undefined) return;
    editor.chain().deleteRange({ from: at, to: at + now.node.nodeSize }).focus().run();
  };
  const head = make("div", { class: "ed-box__head" }, make("span", { class: "ed-box__name" }, word(name)));
  const ways = make("span", { class: "ed-box__ways" }, button("up", () => move(-1), "ed-way"), button("down", () => move(1), "ed-way"), button("remove", remove, "ed-way"));
  head.append(ways);
  dom.append(head);
  const refresh = fill(dom, now, change);
  return {
    dom,
    /** @param {any} node */
    update(node) {
      if (node.type !== now.node.type) return false;
      now.node = node;
      refresh(node);
      return true;
    },
    // The editor ignores what is typed into the box's own fields.
    stopEvent: (/** @type {Event} */ event) => event.target !== dom && !event.type.startsWith("drag") && event.type !== "drop",
    ignoreMutation: () => true,
  };
}

/**
 * @param {string} key @param {string} value @param {(value: string) => void} typed @param {{dir?: string, rows?: number}} [look]
 */
function boxField(key, value, typed, look = {}) {
  const id = `box-${++boxNumber}`;
  const input = /** @type {HTMLTextAreaElement} */ (
    make("textarea", { class: "input", id, rows: String(look.rows ?? 1), dir: look.dir ?? "auto" })
  );
  input.value = value;
  input.addEventListener("input", () => typed(input.value.replace(/\n/g, " ")));
  return { row: make("div", { class: "form__row" }, make("label", { for: id }, word(key)), input), input };
}

/** @param {HTMLTextAreaElement} input @param {string} value */
function show(input, value) {
  if (input.value !== value && document.activeElement !== input) input.value = value;
}

/**
 * Fields named by attribute. @param {HTMLElement} dom @param {any} node @param {(values: object) => void} change
 * @param {Record<string, string>} names @param {Record<string, {dir?: string}>} [looks] @returns {Refresh}
 */
function fields(dom, node, change, names, looks = {}) {
  const made = Object.entries(names).map(([name, key]) => {
    const field = boxField(key, node.attrs[name], (value) => change({ [name]: value }), looks[name]);
    dom.append(field.row);
    return { name, input: field.input };
  });
  return (fresh) => made.forEach(({ name, input }) => show(input, fresh.attrs[name]));
}

export const boxes = {
  /** @param {Given} given */
  image: (given) =>
    box(given, "image", (dom, now, change) => {
      const frame = make("div", { class: "ed-box__picture" });
      dom.append(frame);
      /** @param {any} node */
      const draw = (node) => {
        const found = knownPictures.get(node.attrs.media);
        if (found?.src) {
          const img = /** @type {HTMLImageElement} */ (make("img", { src: found.src, alt: node.attrs.alt || found.alt }));
          const old = frame.querySelector("img");
          if (old?.getAttribute("src") === found.src) old.alt = img.alt;
          else frame.replaceChildren(img);
        } else frame.replaceChildren(make("p", { class: "form__bad" }, `${word("unknown_picture")}: ${node.attrs.media}`));
      };
      draw(now.node);
      const follow = fields(dom, now.node, change, { alt: "alt", caption: "caption", credit: "photo_credit" });
      const { editor, getPos } = given;
      const join = button("join", () => joinPictures(editor, getPos()), "pill");
      dom.append(join);
      const offer = () => {
        const at = getPos();
        // In a gallery the pictures are joined already.
        const place = at === undefined ? null : editor.state.doc.resolve(at);
        const before = place && !place.depth ? place.nodeBefore : null;
        join.hidden = !(before && (before.type.name === "image" || before.type.name === "gallery"));
      };
      queueMicrotask(offer);
      return (node) => {
        draw(node);
        follow(node);
        offer();
      };
    }),

  /** @param {Given} given */
  embed: (given) =>
    box(given, "embed", (dom, now, change) =>
      fields(dom, now.node, change, { url: "url", title: "title", text: "text" }, { url: { dir: "ltr" } }),
    ),

  /** @param {Given} given */
  seeAlso: (given) =>
    box(given, "see_also", (dom, now) => {
      const said = make("strong", { dir: "auto" });
      const way = make("a", { class: "write__link", target: "_blank", rel: "noopener" }, word("open_story"));
      dom.append(make("p", { class: "ed-box__said" }, said, " ", way));
      /** @param {any} node */
      const draw = (node) => {
        said.textContent = node.attrs.headline || node.attrs.target;
        way.setAttribute("href", addressOf("article").replace("ID", node.attrs.target));
      };
      draw(now.node);
      return draw;
    }),

  /** @param {Given} given */
  table: (given) =>
    box(given, "table", (dom, now, change) => {
      const followCaption = fields(dom, now.node, change, { caption: "caption" });
      const grid = make("div", { class: "ed-grid scroll" });
      dom.append(grid);
      const ways = make("p", { class: "ed-box__buttons" });
      dom.append(ways);
      const followRest = fields(dom, now.node, change, { unit: "unit", source: "source" });
      const chart = tableChart(now, change);
      dom.append(chart.row);
      let shape = "";
      /** @param {any} node */
      const draw = (node) => {
        const { rows, head } = node.attrs;
        const fresh = `${rows.length}x${rows[0].length}:${head.length}`;
        if (fresh !== shape) {
          shape = fresh;
          grid.replaceChildren(tableGrid(now, change));
        } else {
          const cells = [...grid.querySelectorAll("input")];
          [...head, ...rows.flat()].forEach((text, at) => {
            if (cells[at] && cells[at].value !== text && document.activeElement !== cells[at]) cells[at].value = text;
          });
        }
        chart.show(node.attrs.chart);
      };
      /** @param {(rows: string[][], head: string[]) => {rows: string[][], head: string[]}} step */
      const reshape = (step) => () => change(step(now.node.attrs.rows, now.node.attrs.head));
      ways.append(
        button("rows", reshape((rows, head) => ({ rows: [...rows, rows[0].map(() => "")], head }))),
        button("columns", reshape((rows, head) => ({ rows: rows.map((row) => [...row, ""]), head: head.length ? [...head, ""] : [] }))),
        button("less_rows", reshape((rows, head) => ({ rows: rows.length > 1 ? rows.slice(0, -1) : rows, head }))),
        button("less_columns", reshape((rows, head) =>
          rows[0].length > 1 ? { rows: rows.map((row) => row.slice(0, -1)), head: head.slice(0, -1) } : { rows, head })),
        button("head", reshape((rows, head) => ({ rows, head: head.length ? [] : rows[0].map(() => "") }))),
      );
      draw(now.node);
      return (node) => {
        draw(node);
        followCaption(node);
        followRest(node);
      };
    }),
};

/** @param {{node: any}} now @param {(values: object) => void} change */
function tableGrid(now, change) {
  const { rows, head } = now.node.attrs;
  const table = make("table", {});
  /** @param {string} text @param {number} row @param {number} column */
  const cell = (text, row, column) => {
    const place = row < 0 ? word("head") : `${word("row")} ${row + 1}`;
    const input = /** @type {HTMLInputElement} */ (
      make("input", { dir: "auto", "aria-label": `${word("cell")}: ${place}، ${word("column")} ${column + 1}` })
    );
    input.value = text;
    input.addEventListener("input", () => {
      const at = now.node.attrs;
      /** @param {string[]} cells */
      const swapped = (cells) => cells.map((old, index) => (index === column ? input.value : old));
      if (row < 0) change({ head: swapped(at.head) });
      else change({ rows: at.rows.map((/** @type {string[]} */ cells, /** @type {number} */ index) => (index === row ? swapped(cells) : cells)) });
    });
    return make(row < 0 ? "th" : "td", {}, input);
  };
  /** @param {string[]} cells @param {number} at */
  const line = (cells, at) => make("tr", {}, ...cells.map((text, column) => cell(text, at, column)));
  if (head.length) table.append(line(head, -1));
  table.append(...rows.map((/** @type {string[]} */ cells, /** @type {number} */ at) => line(cells, at)));
  return table;
}

/** @param {{node: any}} now @param {(values: object) => void} change */
function tableChart(now, change) {
  const id = `box-${++boxNumber}`;
  const select = /** @type {HTMLSelectElement} */ (make("select", { class: "input", id }));
  for (const [value, key] of [["", "no_chart"], ["bar", "bars"], ["line", "line"]]) {
    select.append(make("option", { value }, word(key)));
  }
  select.value = now.node.attrs.chart;
  select.addEventListener("change", () => change({ chart: select.value }));
  return {
    row: make("div", { class: "form__row" }, make("label", { for: id }, word("chart")), select),
    /** @param {string} value */
    show: (value) => {
      select.value = value;
    },
  };
}

/** Put a picture into one gallery with the picture or gallery before it. @param {any} editor @param {number | undefined} at */
function joinPictures(editor, at) {
  if (at === undefined) return;
  const { doc, schema, tr } = editor.state;
  const own = doc.nodeAt(at);
  const place = doc.resolve(at);
  const before = place.nodeBefore;
  if (!own || !before || place.depth) return;
  const start = at - before.nodeSize;
  const images = before.type.name === "gallery" ? [...before.content.content, own] : [before, own];
  editor.view.dispatch(tr.replaceWith(start, at + own.nodeSize, schema.nodes.gallery.create(null, images)));
}
