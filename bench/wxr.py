"""What it costs to leave WordPress: posts a second, memory, and whether the old addresses land.

    python -m bench.wxr [--posts 10000] [--against FOLDER]

Makes an export (WXR 1.2) of that many posts without pictures, with authors, a tree of categories,
tags, Arabic permalinks and two paragraphs or more each, and imports it with `khabarayn import` into
an empty paper on SQLite. Prints posts a second (wall), the most memory of the process, and how many
of the addresses in the old site's list, in either case of their percent-encoding, lead to a story.
``--against`` is a checkout of another state of this project (`git worktree add FOLDER COMMIT`): it
imports the same stories as ninjs, one a file, which is the door that it has; both in one run.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import quote
from xml.sax.saxutils import escape

from bench.corpus import MadeUp, Press
from bench.imports import APART, ROOT, SECTIONS, command, environment, imported, write

SITE = "https://old.bench.example"
HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"'
    ' xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"'
    ' xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">\n'
    f"<channel><title>bench</title><link>{SITE}</link><language>ar</language>"
    f"<wp:wxr_version>1.2</wp:wxr_version><wp:base_blog_url>{SITE}</wp:base_blog_url>\n"
)


def slug(story: MadeUp) -> str:
    """The post's name as WordPress keeps it: percent-encoded in lower case, 200 bytes at most."""
    words = "-".join(re.findall(r"\w+", story.headline))
    encoded = ""
    for letter in f"{words}-{story.number}":
        code = quote(letter).lower()
        if len(encoded) + len(code) > 199:
            break
        encoded += code
    return encoded


def address(story: MadeUp) -> str:
    return f"{SITE}/{story.at:%Y/%m/%d}/{slug(story)}/"


def item(story: MadeUp) -> str:
    """One post as WordPress writes it."""
    section = SECTIONS[story.subject % len(SECTIONS)]
    tags = "".join(
        f'<category domain="post_tag" nicename="{quote(tag)}"><![CDATA[{tag}]]></category>'
        for tag in story.tags
    )
    at = f"{story.at:%Y-%m-%d %H:%M:%S}"
    body = story.body.replace("\n", "\n\n")
    return (
        f"<item><title><![CDATA[{story.headline}]]></title><link>{escape(address(story))}</link>"
        f"<dc:creator>desk</dc:creator><guid>{SITE}/?p={story.number}</guid>"
        f"<content:encoded><![CDATA[{body}]]></content:encoded>"
        f"<excerpt:encoded><![CDATA[{story.standfirst}]]></excerpt:encoded>"
        f"<wp:post_id>{story.number}</wp:post_id><wp:post_date_gmt>{at}</wp:post_date_gmt>"
        f"<wp:post_name>{slug(story)}</wp:post_name><wp:status>publish</wp:status>"
        "<wp:post_type>post</wp:post_type>"
        f'<category domain="category" nicename="{section}"><![CDATA[{section}]]></category>'
        f"{tags}</item>\n"
    )


def taken_in(checkout: Path, data: Path, source: Path) -> tuple[int, float, float]:
    """Import ``source`` into an empty paper; return stories, seconds and MB at most."""
    command(checkout, data, "init")
    counts, seconds, usage = imported(checkout, data, source)
    return counts["accepted"], seconds, usage.ru_maxrss / 1024


def landed(data: Path, work: Path, stories: list[MadeUp]) -> str:
    """Return how many of the old addresses lead to a story, of how many."""
    table = work / "old.txt"
    small = [address(story) for story in stories]
    large = [re.sub("%[0-9a-f]{2}", lambda code: code[0].upper(), old) for old in small]
    numbers = [f"{SITE}/?p={story.number}" for story in stories]
    table.write_text("\n".join((*small, *large, *numbers)), "utf-8")
    process = subprocess.run(
        [sys.executable, "-m", "khabarayn", "import", "--check-addresses", str(table), "--json"],
        cwd=ROOT,
        env=environment(ROOT, data),
        stdout=subprocess.PIPE,
        check=False,
    )
    found = json.loads(process.stdout)
    return f"{found['count'] - len(found['lost'])} of {found['count']}"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--posts", type=int, default=10_000)
    parser.add_argument("--against", type=Path)
    options = parser.parse_args()
    stories = list(Press(5).part(0, options.posts, APART))
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        export = work / "site.xml"
        with export.open("w", encoding="utf-8") as file:
            file.write(HEAD)
            file.writelines(map(item, stories))
            file.write("</channel></rss>\n")
        print(f"{'':24} {'stories':>8} {'a second':>9} {'MB':>6}")
        if options.against:
            write(work / "ninjs", stories)
            tell("before, ninjs", taken_in(options.against.resolve(), work / "a", work / "ninjs"))
        tell("WordPress's export", taken_in(ROOT, work / "b", export))
        print("addresses that land:", landed(work / "b", work, stories))


def tell(name: str, run: tuple[int, float, float]) -> None:
    count, seconds, memory = run
    print(f"{name:24} {count:8} {count / seconds:9.1f} {memory:6.0f}", flush=True)


if __name__ == "__main__":
    main()
