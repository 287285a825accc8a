#!/usr/bin/env bash
# werkzeug 3.1.9: `Response.make_conditional(accept_ranges=True)` answers 416 to «the last 2000 bytes» of
# a file of 1024, where RFC 9110 (14.1.2) sends the whole file; it answers 416 to two ranges in one
# question, where the RFC lets a server send everything; and it goes on where `If-Range` names a weak
# validator, which the RFC (13.1.5) never lets match.
# Seen: suffix of 100 bytes 206, of 2000 bytes 416; two ranges 416; If-Range: W/"t" 206.
# Why care: a phone that resumes a morning edition over a bad line is told that nothing is left, or joins
# two printings of one file.
# Exit 0: still so. 1: changed. 2: cannot be run here.
set -u
command -v python3 >/dev/null || exit 2
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env" 2>/dev/null || exit 2
"$work/env/bin/pip" install --quiet --disable-pip-version-check werkzeug==3.1.9 || exit 2
"$work/env/bin/python" - <<'PY'
import sys

from werkzeug.exceptions import RequestedRangeNotSatisfiable
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request, Response

DATA = bytes(1024)


def answer(asked, if_range=None):
    headers = {"Range": asked} | ({"If-Range": if_range} if if_range else {})
    response = Response(DATA)
    response.set_etag("t")
    try:
        response.make_conditional(
            Request(EnvironBuilder(headers=headers).get_environ()),
            accept_ranges=True,
            complete_length=len(DATA),
        )
    except RequestedRangeNotSatisfiable:
        return 416
    return response.status_code


seen = {
    "the last 100 bytes": answer("bytes=-100"),
    "the last 2000 bytes": answer("bytes=-2000"),
    "two ranges": answer("bytes=0-9, 100-109"),
    "If-Range of another strong tag": answer("bytes=10-", '"u"'),
    "If-Range of a weak tag": answer("bytes=10-", 'W/"t"'),
}
for name, status in seen.items():
    print(f"{name}: {status}")
sys.exit(0 if list(seen.values()) == [206, 416, 416, 200, 206] else 1)
PY
