// The vendored editor is one script that makes a global; its own types are not kept here.
declare const Tiptap: any;
/** One stored picture, as the page shows it. */
interface EdPicture { id: string; name?: string; src: string; alt: string; caption: string; credit: string }
/** A remark of the copy desk; places are UTF-16 units of the text numbered `text`. */
interface EdRemark {
  text: number; start: number; end: number; found: string; rule: string; reason: string;
  replacement: string | null; around: string;
}
interface EdPlace {
  slot: number; after: number; reason: string; pinned: boolean;
  card: { id: string; headline: string; section: string } | null;
}
/** What is kept in the browser of one story: every field as typed, and where the server stood. */
interface EdKept {
  story: string; fields: Record<string, string>; base: number; version: number; at: number;
  synced: boolean; tab: string;
}
