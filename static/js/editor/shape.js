// @ts-check
// Turning what is selected into another kind of block, and the keys that do it.

/** @param {any} schema @param {any} fragment @param {any} type A line's content with what `type` may not hold left out. */
function fitting(schema, fragment, type) {
  /** @type {any[]} */
  const kept = [];
  fragment.forEach((/** @type {any} */ child) => {
    if (child.isText) kept.push(child.mark(type.allowedMarks(child.marks)));
    else if (child.type.name === "hardBreak") {
      kept.push(type.contentMatch.matchType(child.type) ? child : schema.text(" "));
    }
  });
  return Tiptap.Fragment.from(kept);
}

/** The lines of one block: what each of its text blocks holds. @param {any} node @returns {any[] | null} */
function linesOf(node) {
  if (node.isAtom || node.type.name === "gallery") return null;
  if (node.isTextblock) return [node.content];
  /** @type {any[]} */
  const found = [];
  node.forEach((/** @type {any} */ child) => {
    if (child.type.name !== "cite" || child.content.size) found.push(child.content);
  });
  return found;
}

/** @param {any} schema @param {string} kind @param {any[]} lines */
function built(schema, kind, lines) {
  const { nodes } = schema;
  /** @param {any} type @param {object | null} [given] */
  const each = (type, given = null) => lines.map((line) => type.create(given, fitting(schema, line, type)));
  switch (kind) {
    case "h2":
    case "h3":
      return each(nodes.heading, { level: Number(kind[1]) });
    case "list":
    case "ordered":
      return [nodes.list.create({ ordered: kind === "ordered" }, each(nodes.item))];
    case "key_points":
      return [nodes.keyPoints.create(null, each(nodes.point))];
    case "quote":
      return [nodes.quote.create(null, [...each(nodes.paragraph), nodes.cite.create()])];
    case "credit":
      return each(nodes.credit);
    default:
      return each(nodes.paragraph);
  }
}

/** @param {any} state @returns {string} The kind of the block that the cursor stands in. */
export function kindAt(state) {
  const { $from } = state.selection;
  const node = $from.depth ? $from.node(1) : state.selection.node;
  if (!node) return "";
  if (node.type.name === "heading") return `h${node.attrs.level}`;
  if (node.type.name === "list") return node.attrs.ordered ? "ordered" : "list";
  if (node.type.name === "keyPoints") return "key_points";
  return node.type.name;
}

/** Make the selected blocks `kind`, or paragraphs again when they are that. @param {any} editor @param {string} kind */
export function become(editor, kind) {
  const { state } = editor;
  const { $from, $to } = state.selection;
  if (!$from.depth || !$to.depth) return false;
  const [start, end] = [$from.before(1), $to.after(1)];
  const wanted = kindAt(state) === kind ? "paragraph" : kind;
  /** @type {any[]} */
  const lines = [];
  let fits = true;
  state.doc.nodesBetween(start, end, (/** @type {any} */ node) => {
    const found = linesOf(node);
    if (found) lines.push(...found);
    else fits = false;
    return false;
  });
  if (!fits || !lines.length) return false;
  const text = state.selection.from - start;
  const tr = state.tr.replaceWith(start, end, built(state.schema, wanted, lines));
  const place = Math.min(start + Math.max(1, text), tr.doc.content.size);
  tr.setSelection(Tiptap.TextSelection.near(tr.doc.resolve(place)));
  editor.view.dispatch(tr.scrollIntoView());
  editor.view.focus();
  return true;
}

/** Enter on an empty item or quote line leaves the block. @param {any} editor */
function leave(editor) {
  const { state } = editor;
  const { $from, empty } = state.selection;
  if (!empty || $from.depth < 2) return false;
  const holder = $from.node(1);
  const inside = $from.parent.type.name;
  if (inside === "cite") {
    const after = $from.after(1);
    const tr = state.tr.insert(after, state.schema.nodes.paragraph.create());
    tr.setSelection(Tiptap.TextSelection.near(tr.doc.resolve(after + 1)));
    editor.view.dispatch(tr.scrollIntoView());
    return true;
  }
  if ($from.parent.content.size || (inside !== "item" && inside !== "point" && holder.type.name !== "quote")) return false;
  const at = $from.index(1);
  /** @type {any[]} */
  const [before, after] = [[], []];
  holder.forEach((/** @type {any} */ child, /** @type {number} */ _offset, /** @type {number} */ index) => {
    if (index < at) before.push(child);
    if (index > at) after.push(child);
  });
  const paragraph = state.schema.nodes.paragraph.create();
  if (holder.type.name === "quote") {
    if (!before.length) return become(editor, "paragraph");
    const quote = holder.copy(Tiptap.Fragment.from([...before, ...after]));
    return replaced(editor, $from, [quote, paragraph], quote.nodeSize);
  }
  const first = before.length ? [holder.copy(Tiptap.Fragment.from(before))] : [];
  const rest = after.length ? [holder.copy(Tiptap.Fragment.from(after))] : [];
  return replaced(editor, $from, [...first, paragraph, ...rest], first.length ? first[0].nodeSize : 0);
}

/** @param {any} editor @param {any} $from @param {any[]} nodes @param {number} offset */
function replaced(editor, $from, nodes, offset) {
  const start = $from.before(1);
  const tr = editor.state.tr.replaceWith(start, $from.after(1), nodes);
  tr.setSelection(Tiptap.TextSelection.near(tr.doc.resolve(start + offset + 1)));
  editor.view.dispatch(tr.scrollIntoView());
  return true;
}

/** Backspace at the head of a list, heading or credit makes it a paragraph. @param {any} editor */
function unmake(editor) {
  const { $from, empty } = editor.state.selection;
  if (!empty || $from.parentOffset || !$from.depth) return false;
  if (kindAt(editor.state) === "paragraph" || $from.index(1) > 0 && $from.depth > 1) return false;
  return become(editor, "paragraph");
}

/** @param {RegExp} pattern @param {string} kind */
const typedAs = (pattern, kind) =>
  new Tiptap.InputRule({
    find: pattern,
    /** @param {any} it */
    handler: ({ state, range }) => {
      const { $from } = state.selection;
      if ($from.depth !== 1 || $from.parent.type.name !== "paragraph") return null;
      const { tr, schema } = state;
      tr.delete(range.from, range.to);
      const place = tr.doc.resolve(range.from);
      const made = built(schema, kind, [place.parent.content]);
      const start = place.before(1);
      tr.replaceWith(start, place.after(1), made);
      tr.setSelection(Tiptap.TextSelection.near(tr.doc.resolve(start + 1)));
      return undefined;
    },
  });

/** What the keys do, and a paragraph to go on in behind the last box. */
export const shapeKeys = () =>
  Tiptap.Extension.create({
    name: "shape",
    addKeyboardShortcuts() {
      const { editor } = /** @type {any} */ (this);
      return {
        Enter: () => leave(editor),
        Backspace: () => unmake(editor),
        "Mod-b": () => editor.commands.toggleMark("bold"),
        "Mod-i": () => editor.commands.toggleMark("italic"),
        "Mod-Alt-2": () => become(editor, "h2"),
        "Mod-Alt-3": () => become(editor, "h3"),
        "Mod-Alt-0": () => become(editor, "paragraph"),
        "Mod-Shift-8": () => become(editor, "list"),
        "Mod-Shift-7": () => become(editor, "ordered"),
        "Mod-Shift-9": () => become(editor, "quote"),
      };
    },
    addInputRules: () => [
      typedAs(/^##\s$/, "h2"),
      typedAs(/^###\s$/, "h3"),
      typedAs(/^[-*•]\s$/, "list"),
      typedAs(/^[1١][.)-]\s$/, "ordered"),
      typedAs(/^>\s$/, "quote"),
    ],
    addProseMirrorPlugins: () => [
      new Tiptap.Plugin({
        /** @param {any} _all @param {any} _old @param {any} state */
        appendTransaction: (_all, _old, state) => {
          const last = state.doc.lastChild;
          if (!last || last.isTextblock || last.type.name === "list") return null;
          return state.tr.insert(state.doc.content.size, state.schema.nodes.paragraph.create()).setMeta("addToHistory", false);
        },
      }),
    ],
  });
