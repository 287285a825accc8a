"""What a first visit costs: bytes, requests and stillness of every kind of page, on a phone.

    python -m bench.weight [BASE] [--json]

Without BASE a server is started on the data folder of ``KHABARAYN_DATA_DIR``, which holds the
demo edition. Bodies are counted as they pass over the wire, through a proxy, in kB of 1,000 bytes:
HTML as it stands and with brotli, then style, our scripts, htmx and typefaces as this page asks for
them; «first view» is all that comes before anybody scrolls, at 360 × 800 px and 2×. «early» says
whether the beginning of a story lies within the first round trips of a connection; «lite» is what a
reader without pictures loads to the end of the page, the shell aside.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import brotli
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from browser.kinds import addresses_by_kind, read  # noqa: E402
from browser.proxy import FaultProxy, fault_proxy  # noqa: E402
from serving import Server  # noqa: E402

KINDS = ("/", "article", "longest", "section", "tag", "author", "/latest", "/search", "/settings")
ROUND_TRIPS = 14_000
BUDGETS = {"article_html": 12.0, "css": 10.0, "js": 8.0, "htmx": 13.5, "fonts": 90.0, "lite": 50.0}
LITE = """if (location.protocol === "http:") localStorage.setItem("kh-choices", '{"lite": "1"}')"""
SHIFTS = """
window.shifted = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifted += entry.value;
}).observe({ type: "layout-shift", buffered: true });
"""


@dataclass(frozen=True)
class Weight:
    """One page; sizes in kB of 1,000 bytes. ``early`` says whether the headline and the first
    paragraphs lie within the first 14 kB; None where a page has no story."""

    kind: str
    words: int
    html: float
    html_brotli: float
    css: float
    js: float
    htmx: float
    fonts: float
    pictures: float
    requests: int
    first_view: float
    early: bool | None
    shift: float
    lite: float


def early(html: str) -> bool | None:
    """Whether headline and two paragraphs can be read with the first 14 kB of the packed page."""
    story = html.find("data-story")
    if story < 0:
        return None
    second = html.find("</p>", html.find("</p>", story) + 1)
    packed = brotli.compress(html[:second].encode(), quality=5)
    return len(packed) <= ROUND_TRIPS


def _of(carried: list[tuple[str, int]], pattern: str) -> float:
    return round(sum(size for path, size in carried if re.search(pattern, path)) / 1000, 1)


def _visit(browser: Browser, url: str, lite: bool, read_on: bool) -> float:
    """Open ``url`` as a new reader, scroll to its end if asked; return the layout shift."""
    with browser.new_context(
        viewport={"width": 360, "height": 800},
        device_scale_factor=2,
        is_mobile=True,
        has_touch=True,
        locale="ar",
        service_workers="block",
    ) as context:
        context.add_init_script(SHIFTS)
        if lite:
            context.add_init_script(LITE)
        page = context.new_page()
        page.goto(url, wait_until="load")
        page.wait_for_load_state("networkidle")
        for place in page.locator("[data-hx-get]:visible").all() if read_on else ():
            place.scroll_into_view_if_needed()
            page.wait_for_timeout(100)
        page.wait_for_load_state("networkidle")
        return round(page.evaluate("shifted"), 4)


def weigh(browser: Browser, proxy: FaultProxy, kind: str, path: str) -> Weight:
    html = read(proxy.url + path)
    proxy.forget()
    shift = _visit(browser, proxy.url + path, lite=False, read_on=False)
    first, requests = list(proxy.carried), len(proxy.seen)
    shift = max(shift, _visit(browser, proxy.url + path, lite=False, read_on=True))
    proxy.forget()
    _visit(browser, proxy.url + path, lite=True, read_on=True)
    own = [(told, size) for told, size in proxy.carried if not told.startswith("/static/")]
    return Weight(
        kind=kind,
        words=len(re.sub("<[^>]+>", " ", _story(html)).split()),
        html=round(len(html.encode()) / 1000, 1),
        html_brotli=_of(first, "^" + re.escape(path) + "$"),
        css=_of(first, r"\.css$"),
        js=_of(first, r"/static/js/"),
        htmx=_of(first, r"/vendor/htmx"),
        fonts=_of(first, r"\.woff2$"),
        pictures=_of(first, r"^/(media|share)/"),
        requests=requests,
        first_view=_of(first, ""),
        early=early(html),
        shift=shift,
        lite=_of(own, ""),
    )


def _story(html: str) -> str:
    found = re.search(r"data-story>(.*?)</article>", html, re.S)
    return re.sub(r'<div class="see-place">.*?</div>', " ", found[1], flags=re.S) if found else ""


def measure(base: str) -> list[Weight]:
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    host = base.removeprefix("http://").rstrip("/")
    with fault_proxy(host) as proxy, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        addresses = addresses_by_kind(proxy.url)
        found = [weigh(browser, proxy, kind, addresses[kind]) for kind in KINDS]
        browser.close()
    return found


def ratios(found: list[Weight]) -> dict[str, float]:
    """What was found against its budget; above 1 is too much."""
    articles = [one for one in found if one.words]
    worst = {
        "article_html": max(one.html_brotli for one in articles),
        "css": max(one.css for one in found),
        "js": max(one.js for one in found),
        "htmx": max(one.htmx for one in found),
        "fonts": max(one.fonts for one in found),
        "lite": max(one.lite for one in articles),
    }
    return {name: round(worst[name] / budget, 2) for name, budget in BUDGETS.items()}


def _table(found: list[Weight]) -> None:
    names = list(asdict(found[0]))
    rows = [[_cell(value) for value in asdict(one).values()] for one in found]
    widths = [max(map(len, column)) for column in zip(names, *rows, strict=True)]
    for row in (names, *rows):
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)))


def _cell(value: Any) -> str:
    if value is None:
        return "-"
    if isinstance(value, bool):
        return "yes" if value else "NO"
    return str(value)


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("base", nargs="?", help="a running site, http://HOST:PORT")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    if given.base:
        found = measure(given.base)
    else:
        server = Server(Path(os.environ.get("KHABARAYN_DATA_DIR", ROOT / "instance")))
        server.run("init")
        server.start()
        try:
            found = measure(server.url)
        finally:
            server.stop()
    against = ratios(found)
    if given.json:
        print(json.dumps({"pages": [asdict(one) for one in found], "ratios": against}, indent=1))
    else:
        _table(found)
        print("\nagainst the budgets (kB; above 1.00 is too much):")
        for name, budget in BUDGETS.items():
            print(f"  {name:13} {against[name]:5.2f} of {budget:g}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
