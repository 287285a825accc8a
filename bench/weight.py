"""What a first visit weighs on a phone: every page kind against its budget.

    python -m bench.weight http://127.0.0.1:8000

Compressed HTML, our style and scripts, htmx, fonts and the whole first view at 360 px (service
worker blocked), the layout shift while reading to the end, and whether the headline and the first
paragraph lie in the first 14 kB. Each figure stands beside its budget as a ratio: over 1 is over.
"""

from __future__ import annotations

import argparse
import re
import shutil
import urllib.request
from typing import Any

import brotli
from playwright.sync_api import Browser, sync_playwright

BUDGET = {"html": 12.0, "css": 10.0, "js": 8.0, "htmx": 13.5, "font": 90.0}
FIRST_FLIGHT = 14_336 - 700
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]
SHIFT = """() => { window.shift = 0; new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shift += entry.value;
}).observe({type: "layout-shift", buffered: true}); }"""


def read(url: str) -> tuple[bytes, bytes]:
    """Return the answer as it travels (brotli where offered) and as it reads."""
    request = urllib.request.Request(url, headers={"Accept-Encoding": "br"})
    with urllib.request.urlopen(request, timeout=30) as answer:
        body = answer.read()
        packed = answer.headers.get("Content-Encoding") == "br"
    return body, brotli.decompress(body) if packed else body


def in_first_flight(body: bytes) -> bool:
    """Return whether the headline and a paragraph after it arrive in the first ten segments."""
    try:
        start = brotli.Decompressor().process(body[:FIRST_FLIGHT])
    except brotli.error:
        start = body[:FIRST_FLIGHT]
    return bool(re.search(rb"</h1>.*?<p[ >]", start, re.S))


def kinds(base: str) -> dict[str, str]:
    """Return one address of each kind, found as a reader finds them."""
    front = read(base + "/")[1].decode()
    article = re.search(r'href="(/a/[0-9a-z]+)"', front)
    if not article:
        raise SystemExit("the front page leads to no story: load the demo first")
    text = front + read(base + article[1])[1].decode()
    found = {"front": "/", "article": article[1], "latest": "/latest", "search": "/search?q=%D9%85"}
    for kind, place in (("section", "s"), ("tag", "t"), ("author", "by")):
        match = re.search(rf'href="(/{place}/[^"?#]+)"', text)
        if match:
            found[kind] = match[1]
    return found


def kind_of(url: str) -> str:
    name = url.rpartition("/")[2]
    if "/fonts/" in url:
        return "font"
    if "htmx" in name:
        return "htmx"
    return {"css": "css", "js": "js"}.get(name.rpartition(".")[2], "other")


def visit(browser: Browser, url: str) -> dict[str, float]:
    """Return kB by kind, the number of requests, and the layout shift of one first visit."""
    context = browser.new_context(
        viewport={"width": 360, "height": 800}, service_workers="block", locale="ar"
    )
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    urls: dict[str, str] = {}
    sizes: dict[str, float] = {}
    found: dict[str, float] = {"requests": 0, "total": 0}

    def on_response(event: dict[str, Any]) -> None:
        urls[event["requestId"]] = event["response"]["url"]

    def on_finished(event: dict[str, Any]) -> None:
        sizes[event["requestId"]] = event["encodedDataLength"]

    session.on("Network.responseReceived", on_response)
    session.on("Network.loadingFinished", on_finished)
    page.goto(url, wait_until="networkidle")
    for number, size in sizes.items():
        kind = kind_of(urls.get(number, ""))
        found["requests"] += 1
        found["total"] += size / 1000
        found[kind] = found.get(kind, 0) + size / 1000
    page.evaluate(SHIFT)
    for _ in range(40):
        page.mouse.wheel(0, 500)
        page.wait_for_timeout(40)
    found["shift"] = page.evaluate("window.shift")
    context.close()
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("base", nargs="?", default="http://127.0.0.1:8000")
    base = parser.parse_args().base.rstrip("/")
    program = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if not program:
        raise SystemExit("no Chromium on this machine")
    print(f"{'page':9}{'html':>13}{'css':>13}{'js':>13}{'htmx':>13}{'font':>13}"
          f"{'first view':>12}{'requests':>9}{'shift':>8}  in 14 kB")  # fmt: skip
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=program, args=FLAGS)
        for kind, path in kinds(base).items():
            body, _ = read(base + path)
            seen = {**visit(browser, base + path), "html": len(body) / 1000}
            cells = "".join(
                f"{seen.get(name, 0):7.1f} {seen.get(name, 0) / most:4.2f}×"
                for name, most in BUDGET.items()
            )
            flight = "yes" if in_first_flight(body) else "no"
            print(f"{kind:9}{cells}{seen['total']:9.0f} kB{seen['requests']:9.0f}"
                  f"{seen['shift']:8.4f}  {flight}")  # fmt: skip
        browser.close()


if __name__ == "__main__":
    main()
