"""What a stored answer costs beside a bare WSGI answer of the same bytes, in process, in one run.

    python -m bench.cache [--rounds 30]

On the demo edition, each page is drawn once; then the application, a drawing without the page
cache, and a function of WSGI that knows nothing but these bytes answer in turn, with brotli. What
is told is the median, in milliseconds of the processor for an answer, and the ratio of a stored
answer to the bare one.
"""

from __future__ import annotations

import argparse
import io
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from serving import Server, fill_with_demo  # noqa: E402

EACH = 400
Answerer = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def environ(path: str, etag: str = "") -> dict[str, Any]:
    """Return a request of a browser for ``path``."""
    asked: dict[str, Any] = {
        "REQUEST_METHOD": "GET", "SCRIPT_NAME": "", "PATH_INFO": path, "QUERY_STRING": "",
        "SERVER_NAME": "localhost", "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": "localhost", "REMOTE_ADDR": "127.0.0.1", "HTTP_USER_AGENT": "bench",
        "HTTP_ACCEPT_ENCODING": "gzip, deflate, br", "HTTP_ACCEPT": "text/html,*/*;q=0.8",
        "wsgi.version": (1, 0), "wsgi.url_scheme": "http", "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr, "wsgi.multithread": True, "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }  # fmt: skip
    return asked | {"HTTP_IF_NONE_MATCH": etag} if etag else asked


def answer(app: Answerer, path: str, etag: str = "") -> tuple[str, dict[str, str], bytes]:
    """Return status, headers and body of an answer."""
    heads: list[Any] = []
    pieces: Any = app(
        environ(path, etag), lambda status, headers, *_: heads.append((status, headers))
    )
    body = b"".join(pieces)
    if hasattr(pieces, "close"):
        pieces.close()
    return heads[0][0], dict(heads[0][1]), body


def spend(app: Answerer, path: str, number: int, etag: str = "") -> float:
    """Return the milliseconds of the processor that one of ``number`` answers takes."""
    began = time.process_time()
    for _ in range(number):
        answer(app, path, etag)
    return 1000 * (time.process_time() - began) / number


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=30)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder) / "data")
        fill_with_demo(server)
        compare(server.data_dir, rounds)


def compare(data: Path, rounds: int) -> None:
    """Print what each answer of the paper in ``data`` costs."""
    os.environ["KHABARAYN_DATA_DIR"] = str(data)
    from khabarayn import create_app
    from khabarayn.store.db import db
    from khabarayn.store.models import ArticleRow

    app = create_app()
    cache: Any = app.wsgi_app
    with app.app_context():
        row = db.session.query(ArticleRow).filter_by(status="published", page="").first()
        assert row is not None
        pages = {"article": f"/a/{row.public_id}", "front": "/", "feed": "/feed.xml"}
        db.session.remove()
    print("| answer | drawn, ms | stored, ms | bare, ms | stored / bare |\n|---|---|---|---|---|")
    for name, path in (*pages.items(), ("304 of an article", pages["article"])):
        status, headers, body = answer(cache, path)
        etag = headers["ETag"] if name.startswith("304") else ""
        if etag:
            status, headers, body = answer(cache, path, etag)
        head = (status, list(headers.items()))

        def bare(
            _: dict[str, Any], start: Callable[..., Any], head: Any = head, body: bytes = body
        ) -> list[bytes]:
            start(*head)
            return [body]

        times: list[list[float]] = [[], [], []]
        for _ in range(rounds):
            times[0].append(spend(cache.app, path, 2, etag))
            times[1].append(spend(cache, path, EACH, etag))
            times[2].append(spend(bare, path, EACH, etag))
        drawn, stored, plain = map(statistics.median, times)
        print(f"| {name} | {drawn:.2f} | {stored:.4f} | {plain:.4f} | {stored / plain:.2f} |")


if __name__ == "__main__":
    main()
