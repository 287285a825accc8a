// @ts-check
// Search over everything on the phone: a folded scan, no index, the server's own folding.
import { foldedWords, stem, tokens } from "../pure/fold.js";

/**
 * A text ready to be scanned: `words` and `stems` are its folded words and their stems, a space on
 * both sides of each; `head` is how far the headline reaches in them.
 * @typedef {{record: any, text: string, words: string, stems: string, head: string}} Searchable
 */

/** @type {Map<string, string>} Words repeat from story to story: each is stemmed once. */
const stemmed = new Map();

/** @param {string} word */
function stemOnce(word) {
  let found = stemmed.get(word);
  if (found === undefined) stemmed.set(word, (found = stem(word)));
  return found;
}

/**
 * What is scanned, made once for a text.
 * @param {any} record
 * @param {string} body
 * @returns {Searchable}
 */
export function searchable(record, body) {
  const text = `${record.title}. ${record.section}. ${body}`;
  const words = foldedWords(text);
  return {
    record,
    text,
    words: ` ${words.join(" ")} `,
    stems: ` ${words.map(stemOnce).join(" ")} `,
    head: ` ${foldedWords(record.title).map(stemOnce).join(" ")} `,
  };
}

/**
 * The texts that hold every word asked for, best first: whole words before stems, headlines before
 * bodies. A word also matches by its stem, so an article or a preposition in front does not hide it,
 * and by its beginning, so that one finds while typing.
 * @param {Searchable[]} texts
 * @param {string} query
 * @returns {{record: any, excerpt: string, from: number, to: number}[]}
 */
export function searchShelf(texts, query) {
  const typed = foldedWords(query);
  // A و that stands free is none of the words, unless it is all that was typed.
  const wanted = (typed.length > 1 ? typed.filter((one) => one !== "و") : typed).map((folded) => ({ folded, stem: stemOnce(folded) }));
  if (!wanted.length) return [];
  /** @type {{item: Searchable, score: number}[]} */
  const found = [];
  for (const item of texts) {
    let score = 0;
    const all = wanted.every((want) => {
      const exact = item.words.includes(` ${want.folded} `);
      const near = exact || item.stems.includes(` ${want.stem} `) || (want.folded.length > 2 && [item.words, item.stems].some((words) => words.includes(` ${want.folded}`)));
      score += (exact ? 2 : 1) + (item.head.includes(` ${want.stem} `) ? 4 : 0);
      return near;
    });
    if (all) found.push({ item, score });
  }
  return found
    .sort((a, b) => b.score - a.score || b.item.record.at - a.item.record.at)
    .map(({ item }) => ({ record: item.record, ...excerptOf(item.text, wanted[wanted.length - 1]) }));
}

/**
 * The place of a word in a text, in the body if it stands there, with what is around it.
 * @param {string} text
 * @param {{folded: string, stem: string}} want
 */
function excerptOf(text, want) {
  const places = tokens(text).filter((word) => word.folded === want.folded || stemOnce(word.folded) === want.stem || [word.folded, stemOnce(word.folded)].some((one) => one.startsWith(want.folded)));
  const at = places[Math.min(1, places.length - 1)] ?? { start: 0, end: 0 };
  const start = at.start < 60 ? 0 : text.indexOf(" ", at.start - 60) + 1;
  const end = text.indexOf(" ", at.end + 70);
  return { excerpt: text.slice(start, end < 0 ? undefined : end), from: at.start - start, to: at.end - start };
}
