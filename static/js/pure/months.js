// @ts-check
// The names of the months in each style, as khabarayn/arabic/dates.py has them, and their exchange.

/** @type {Record<string, string[]>} */
export const MONTH_NAMES = {
  western: "يناير,فبراير,مارس,أبريل,مايو,يونيو,يوليو,أغسطس,سبتمبر,أكتوبر,نوفمبر,ديسمبر".split(","),
  levantine:
    "كانون الثاني,شباط,آذار,نيسان,أيار,حزيران,تموز,آب,أيلول,تشرين الأول,تشرين الثاني,كانون الأول".split(","),
  algerian: "جانفي,فيفري,مارس,أفريل,ماي,جوان,جويلية,أوت,سبتمبر,أكتوبر,نوفمبر,ديسمبر".split(","),
  moroccan: "يناير,فبراير,مارس,أبريل,ماي,يونيو,يوليوز,غشت,شتنبر,أكتوبر,نونبر,دجنبر".split(","),
};

/**
 * A written date with its month named in another style; a page names its months in one way.
 * @param {string} text @param {number} month 1–12 @param {string | undefined} style
 */
export function inMonths(text, month, style) {
  const names = Object.values(MONTH_NAMES).map((year) => year[month - 1]);
  const dual = `${MONTH_NAMES.western[month - 1]}/${MONTH_NAMES.levantine[month - 1]}`;
  const wanted = style === "dual" ? dual : MONTH_NAMES[style ?? ""]?.[month - 1];
  if (!wanted) return text;
  // The longest first: «يوليو» stands inside «يوليوز».
  const found = [dual, ...names].sort((a, b) => b.length - a.length).find((name) => text.includes(name));
  return found ? text.replace(found, wanted) : text;
}
