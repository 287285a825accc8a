#!/usr/bin/env bash
# flexsearch 0.8.212: every encoder decomposes the text and then breaks words at what it took off.
# «ألف» (thousand) is indexed as the two words «ا» and «لف», «قَاعَةٌ» as «ق», «اع» and «ة»; lunr
# 2.3.9 strips Arabic letters altogether and keeps one empty word for a whole archive.
# Seen: with stories «ألف شجرة» and «لف الورق» the query «ألف» finds the second one, too; lunr's index
# of both has the single term "".
# Why care: these are what static and offline news readers take for search on the phone. Nothing
# fails: searches only answer with the wrong stories, or with none.
# Exit 0: still so. 1: changed. 2: cannot be run here.
set -u
command -v node >/dev/null && command -v npm >/dev/null || exit 2
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 2
npm init -y >/dev/null 2>&1
npm install --silent --no-audit --no-fund flexsearch@0.8.212 lunr@2.3.9 >/dev/null 2>&1 || exit 2
cat > seen.cjs <<'JS'
const { Charset, Index } = require("flexsearch");
const lunr = require("lunr");
const texts = { 1: "ألف شجرة", 2: "لف الورق" };
const seen = [];
for (const name of ["Normalize", "LatinBalance"]) {
  const index = new Index({ encoder: Charset[name] });
  for (const [id, text] of Object.entries(texts)) index.add(Number(id), text);
  seen.push([name, index.encoder.encode("ألف"), index.encoder.encode("قَاعَةٌ"), index.search("ألف", { suggest: true }).sort()]);
}
const built = lunr(function () {
  this.ref("id");
  this.field("text");
  for (const [id, text] of Object.entries(texts)) this.add({ id, text });
});
seen.push(["lunr", Object.keys(built.invertedIndex)]);
console.log(JSON.stringify(seen));
const want = [
  ["Normalize", ["ا", "لف"], ["ق", "اع", "ة"], [1, 2]],
  ["LatinBalance", ["ا", "لف"], ["ق", "اع", "ة"], [1, 2]],
  ["lunr", [""]],
];
process.exit(JSON.stringify(seen) === JSON.stringify(want) ? 0 : 1);
JS
node seen.cjs
