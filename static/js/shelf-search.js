// @ts-check
// Search over everything on the phone: a folded scan, no index, the server's own folding.
import { fold, stem, tokens } from "./pure/fold.js";

/**
 * @typedef {object} Searchable
 * @property {any} record
 * @property {string} text
 * @property {{folded: string, stem: string, start: number, end: number}[]} words
 * @property {string} head
 */

/**
 * What is scanned, made once for a text.
 * @param {any} record
 * @param {string} body
 * @returns {Searchable}
 */
export function searchable(record, body) {
  const text = `${record.title}. ${record.section}. ${body}`;
  const words = tokens(text).map((t) => ({ ...t, stem: stem(t.folded) }));
  return { record, text, words, head: ` ${fold(record.title)} ` };
}

/**
 * The texts that hold every word asked for, best first: whole words before stems, headlines before
 * bodies. A word also matches by its stem, so an article or a preposition in front does not hide it.
 * @param {Searchable[]} texts
 * @param {string} query
 * @returns {{record: any, excerpt: string, from: number, to: number}[]}
 */
export function searchShelf(texts, query) {
  const wanted = tokens(query).map((t) => ({ folded: t.folded, stem: stem(t.folded) }));
  if (!wanted.length) return [];
  /** @type {{item: Searchable, score: number, at: Searchable["words"][number]}[]} */
  const found = [];
  for (const item of texts) {
    let score = 0;
    /** @type {Searchable["words"][number] | undefined} */ let first;
    const all = wanted.every((want) => {
      const exact = item.words.find((word) => word.folded === want.folded);
      const near = exact ?? item.words.find((word) => word.stem === want.stem || (want.folded.length > 2 && word.folded.startsWith(want.folded)));
      if (!near) return false;
      score += (exact ? 2 : 1) + (item.head.includes(want.stem) ? 4 : 0);
      if (!first || near.start > first.start) first = near;
      return true;
    });
    if (all && first) found.push({ item, score, at: first });
  }
  return found
    .sort((a, b) => b.score - a.score || b.item.record.at - a.item.record.at)
    .map(({ item, at }) => {
      const start = Math.max(0, item.text.lastIndexOf(" ", Math.max(0, at.start - 50)) + 1);
      const end = item.text.indexOf(" ", at.end + 70);
      return {
        record: item.record,
        excerpt: item.text.slice(start, end < 0 ? undefined : end),
        from: at.start - start,
        to: at.end - start,
      };
    });
}
