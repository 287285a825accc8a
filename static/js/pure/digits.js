// @ts-check
// Numbers in Western (123) and Arabic-Indic (١٢٣) digits, as khabarayn/arabic/numerals.py writes them.

const INDIC = "٠١٢٣٤٥٦٧٨٩";

/** A text with its numbers in the set asked for, their marks too. @param {string} text @param {string | undefined} set */
export function inDigits(text, set) {
  if (set === "arab")
    return text
      .replace(/[0-9]/g, (digit) => INDIC[Number(digit)])
      .replace(/([٠-٩])([.,])(?=[٠-٩])/g, (_all, digit, mark) => digit + (mark === "." ? "٫" : "٬"));
  if (set === "latn")
    return text
      .replace(/([٠-٩])([٫٬])(?=[٠-٩])/g, (_all, digit, mark) => digit + (mark === "٫" ? "." : ","))
      .replace(/[٠-٩]/g, (digit) => String(INDIC.indexOf(digit)));
  return text;
}

/** What the reader chose, else what the paper writes its own one with. @param {string} text */
export function chosenDigits(text) {
  const { digits, one } = document.documentElement.dataset;
  return inDigits(text, digits ?? (one === "١" ? "arab" : "latn"));
}
