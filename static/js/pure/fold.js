// @ts-check
/**
 * Fold Arabic spellings into one search form, part text into words, and stem them: the twin of
 * khabarayn/arabic/normalise.py and stem.py. Both pass tests/arabic/vectors.json.
 */

/**
 * A word in its folded form; `start` and `end` are UTF-16 offsets in the original, end excluded.
 * @typedef {{folded: string, start: number, end: number}} Token
 */

const SILENT =
  "\\xad\\u0300-\\u036f\\u0610-\\u061a\\u061c\\u0640\\u064b-\\u065f\\u0670\\u06d6-\\u06dc\\u06df-\\u06e4" +
  "\\u06e7\\u06e8\\u06ea-\\u06ed\\u08d3-\\u08ff\\u200b\\u200d-\\u200f\\u202a-\\u202e\\u2060-\\u206f" +
  "\\ufc5e-\\ufc63\\ufe0e\\ufe0f\\ufe70-\\ufe7f\\ufeff";
const IS_SILENT = new RegExp(`^[${SILENT}]$`, "u");
const DETACHED_HAMZA = new RegExp(`[يى](?=(?:(?!\\u0654)[${SILENT}])*\\u0654)`, "gu");
const HAMZA_BEFORE_WAW = new RegExp(`[ئ\\ufe89-\\ufe8c](?=[${SILENT}]*[و\\ufeed\\ufeee])`, "gu");
const FINAL_HAMZA = /((?!ء)[\p{L}\p{N}])(ء+)(?![\p{L}\p{N}])/gu;
// Nouns that are told from function words by that hamza: ماء، إنهاء، بهاء، ولاء، آلاء.
const TOLD_BY_HAMZA = /(?:^|[^\p{L}\p{N}])[وفبلك]?(?:ما|انها|بها|ولا|الا)$/u;
// A word ends where letters cling to its number; the thousands of a number are one word.
const WORD = /[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|(?:[\p{L}\p{N}](?!(?<=[0-9])[\u0621-\u064a]))*[\p{L}\p{N}]/gu;

/** @type {Map<string, string>} */
const FOLDED = new Map();
for (const [plain, letters] of /** @type {const} */ ([
  ["ا", "أإآٱٲٳٵ"], ["و", "ؤٶۆۋۇ"], ["ي", "ئىیېيۍےۓ"], ["ه", "ةەہۀۂۃھ"], ["ك", "کڪګگڭ"], ["i", "ı"], ["ب", "پ"],
  ["ج", "چ"], ["ف", "ڤڥ"], ["ز", "ژ"], ["ق", "ڨ"], [".", "\u066b\u06d4"], [",", "\u066c"], [" ", "\u200c_#"],
]))
  for (const letter of letters) FOLDED.set(letter, plain);
for (const zero of [0x660, 0x6f0])
  for (let n = 0; n < 10; n++) FOLDED.set(String.fromCharCode(zero + n), String(n));

/** @param {string} text */
const seatHamza = (text) =>
  (text.includes("\u0654") ? text.replace(DETACHED_HAMZA, "ئ") : text).replace(HAMZA_BEFORE_WAW, "ؤ");

/**
 * @param {string} character one code point
 * @returns {string}
 */
function foldCharacter(character) {
  const known = FOLDED.get(character);
  if (known !== undefined) return known;
  const code = /** @type {number} */ (character.codePointAt(0));
  let folded = "";
  if (!IS_SILENT.test(character)) {
    let spelled = character;
    if ((code >= 0xfb50 && code <= 0xfdff) || (code >= 0xfe70 && code <= 0xfefc) || code > 0x2000)
      spelled = character.normalize("NFKC");
    else if ((code > 0x7f && code < 0x600) || (code >= 0x1e00 && code < 0x2000))
      spelled = character.normalize("NFD").replace(/\p{M}/gu, "");
    // Upper case first: ß and ς have no other way to the form that Python's casefold gives them.
    spelled = spelled.toUpperCase().toLowerCase();
    folded = spelled === character ? spelled : [...seatHamza(spelled)].map(foldCharacter).join("");
  }
  if (FOLDED.size < 20_000) FOLDED.set(character, folded);
  return folded;
}

/**
 * What takes the place of a letter and the hamzas after it that end a word.
 * @param {string} found @param {string} letter @param {string} _hamzas @param {number} at @param {string} text
 */
const dropHamza = (found, letter, _hamzas, at, text) =>
  TOLD_BY_HAMZA.test(text.slice(Math.max(0, at - 6), at + letter.length)) ? found : letter;

/**
 * The text in its search form, and for each of its UTF-16 units the place it came from and ends at.
 * @param {string} text
 */
function foldMap(text) {
  let folded = "";
  /** @type {number[]} */ const starts = [];
  /** @type {number[]} */ const ends = [];
  let place = 0;
  for (const character of seatHamza(text)) {
    const next = place + character.length;
    const piece = foldCharacter(character);
    folded += piece;
    for (let n = 0; n < piece.length; n++) starts.push(place), ends.push(next);
    place = next;
  }
  return { folded, starts, ends };
}

/**
 * The search form of a text: one spelling of letters and digits, no marks, no case.
 * @param {string} text
 * @returns {string}
 */
export function fold(text) {
  let folded = "";
  for (const character of seatHamza(text)) folded += FOLDED.get(character) ?? foldCharacter(character);
  return folded.replace(FINAL_HAMZA, dropHamza);
}

/** The folded words of a text, without their places. @param {string} text */
export const foldedWords = (text) => Array.from(fold(text).matchAll(WORD), ([word]) => word.replaceAll(",", ""));

/**
 * The words of a text, folded, with their places in it; last marks and a silent hamza lie outside.
 * @param {string} text
 * @returns {Token[]}
 */
export function tokens(text) {
  const { folded, starts, ends } = foldMap(text);
  return Array.from(folded.matchAll(WORD), ({ 0: word, index }) => {
    const kept = word.endsWith("ء") ? word.replace(FINAL_HAMZA, dropHamza) : word;
    return { folded: kept.replaceAll(",", ""), start: starts[index], end: ends[index + kept.length - 1] };
  });
}

/** @param {string} words */
const setOf = (words) => new Set(words.split(" "));
const ARTICLES = ["وبال", "فبال", "وكال", "وال", "فال", "بال", "كال", "ولل", "فلل", "لل", "ال"];
const SUFFIXES = ["هما", "كما", "هم", "هن", "كم", "نا", "ها", "ان", "ات", "ون", "ين", "وا", "ه", "ي", "ت", "ا"];
const NOUN_TOLD_BY_HAMZA = /(?:ما|انها|بها|ولا|الا)ء$/;
const SHORT_FUNCTION_WORDS = setOf("اذ ام ان او اي به ثم ضد عن في قد كل لا لم لن له مع من هم هو هي");
const NO_ARTICLE = setOf(
  "الله الان الاف الات الاه اليه اليا الهه الهي التي الذي الغي الغا الغت القي القا القت الفا الفه الفت الفي الوف والده والدها والدهم والدي والديه والديها والديهم والدت والدته والدتها والدتهم والدتي والدك والدنا والدا والتر والتز بالغه بالغا بالغت بالغي بالون",
);
const LAM_OF_ROOT = setOf("للحم للعب للغه للون للبن لليل للقا للحن للقب للفظ للحظ للجن للفت للمس للوح للسن");

/**
 * The noun of two letters, or the number, that a word writes with an article; or nothing.
 * @param {string} word
 */
function shortNoun(word) {
  for (const article of ARTICLES) {
    const rest = word.slice(article.length);
    if (word.startsWith(article) && (rest.length === 2 || /^\d+$/.test(rest))) return SHORT_FUNCTION_WORDS.has(rest) ? "" : rest;
  }
  return /^[وبلفك]\d+$/.test(word) ? word.slice(1) : "";
}

/**
 * The light10x stem of a folded word; words of other scripts stay whole.
 * @param {string} word
 * @returns {string}
 */
export function stem(word) {
  if (!(word[0] >= "\u0600" && word[0] <= "\u06ff")) return word;
  /** @type {string | undefined} */ let part;
  if (word.endsWith("ء")) return NOUN_TOLD_BY_HAMZA.exec(word)?.[0] ?? word;
  if (LAM_OF_ROOT.has(word) || ("وبلفك".includes(word[0]) && NO_ARTICLE.has(word.slice(1)))) word = word.slice(1);
  if (!NO_ARTICLE.has(word)) {
    const short = shortNoun(word);
    let bare = short || word;
    if (!short)
      while ((part = ARTICLES.find((p) => bare.startsWith(p) && bare.length - p.length >= 3))) bare = bare.slice(part.length);
    if (bare !== word && /^(?:ما|انها|بها|ولا|الا)$/.test(bare)) return `${bare}ء`;
    if (short) return short;
    word = bare;
  }
  while ((part = SUFFIXES.find((s) => word.endsWith(s) && word.length - s.length >= 3)))
    word = word.slice(0, -part.length);
  while (word.length >= 4 && "وبلفك".includes(word[0])) word = word.slice(1);
  return word.length >= 5 && /^س[يتن]/.test(word) ? word.slice(1) : word;
}
