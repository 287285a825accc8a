// What the newsroom's editor takes of Tiptap and ProseMirror: bundled by .ci/vendor.
export { Editor, Extension, InputRule, Mark, Node } from "@tiptap/core";
export { Gapcursor, Placeholder, UndoRedo } from "@tiptap/extensions";
export { DOMParser, DOMSerializer, Fragment, Slice } from "@tiptap/pm/model";
export { NodeSelection, Plugin, PluginKey, Selection, TextSelection } from "@tiptap/pm/state";
export { Decoration, DecorationSet } from "@tiptap/pm/view";
