"""Static files: joined, content-hashed, compressed once at start, served immutable.

No package keeps a manifest for WhiteNoise outside Django, so these few lines do: everything in
``static/`` is copied to a build folder as ``name.<12 hex>.ext``; sheets and scripts that have an
``app.list`` are joined first; addresses inside sheets and scripts are rewritten. Files of
earlier builds stay for `KEEP_DAYS`, so a page rendered before a deploy keeps its style.
"""

from __future__ import annotations

import gzip
import hashlib
import logging
import mimetypes
import os
import re
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

import brotli
import rcssmin
import rjsmin
from flask import Flask, Response, abort, current_app
from whitenoise import WhiteNoise

from khabarayn.settings import SITE, settings_of
from khabarayn.web.offline_headers import SHELL, add_promise
from khabarayn.web.security import add_headers

log = logging.getLogger(__name__)
KEEP_DAYS = 30
YEAR = 31_536_000
TEXT = {".css", ".js", ".svg", ".json", ".webmanifest", ".txt", ".md"}
HASH_IN_NAME = re.compile(r"\.[0-9a-f]{12}\.[a-z0-9]+$")
_URL = re.compile(r"url\(\s*[\"']?(?!data:|#)([^\"')]+)[\"']?\s*\)")
_MODULE_WORDS = re.compile(
    r"^\s*import\b[^;]*;[ \t]*$\n?|^export[ \t]+(?=(?:async[ \t]+)?(?:function|const|let|class))",
    re.MULTILINE,
)


def join_bundles(folder: Path) -> dict[str, bytes]:
    """Return every file of ``folder`` by relative name, listed sheets and scripts joined.

    ``css/app.list`` names the parts of ``css/app.css`` in order, a line each; likewise for js.
    """
    files: dict[str, bytes] = {}
    parts: set[str] = set()
    for listing in sorted(folder.rglob("*.list")):
        base = listing.parent
        kind = base.relative_to(folder).parts[0]
        names = [line.strip() for line in listing.read_text("utf-8").splitlines()]
        part_paths = [base / name for name in names if name and not name.startswith("#")]
        text = "\n".join(part.read_text("utf-8") for part in part_paths)
        if kind == "js":
            text = _MODULE_WORDS.sub("", text)
        target = listing.relative_to(folder).with_suffix("." + kind).as_posix()
        files[target] = text.encode()
        parts |= {part.relative_to(folder).as_posix() for part in part_paths}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and name not in parts and path.suffix not in {".list", ".md", ".ts"}:
            files[name] = path.read_bytes()
    return files


def hashed_name(name: str, content: bytes) -> str:
    """Return ``name`` with the first 12 hex digits of its content's SHA-256 before the suffix."""
    path = PurePosixPath(name)
    digest = hashlib.sha256(content).hexdigest()[:12]
    return str(path.with_name(f"{path.stem}.{digest}{path.suffix}"))


def minify(name: str, content: bytes) -> bytes:
    """Return the file ``name`` as it is served: sheets and scripts without comments and space."""
    if name.startswith("vendor/"):
        return content
    if name.endswith(".css"):
        return str(rcssmin.cssmin(content.decode())).encode()
    if name.endswith(".js"):
        return str(rjsmin.jsmin(content.decode())).encode()
    return content


def _rewrite(name: str, content: bytes, names: dict[str, str]) -> bytes:
    """Point ``url(…)`` inside a sheet at the hashed neighbours."""
    folder = PurePosixPath(name).parent

    def swap(match: re.Match[str]) -> str:
        target = os.path.normpath(folder / match[1])
        if target not in names:
            raise FileNotFoundError(f"static/{name} names {match[1]}, which does not exist")
        return f"url({os.path.relpath(names[target], folder)})"

    return _URL.sub(swap, content.decode()).encode()


@dataclass
class Build:
    """``names`` are the hashed names by plain name; ``in_memory`` the contents, by hashed name, of
    those that could not be written to the folder; ``why`` is the error of the disk."""

    names: dict[str, str] = field(default_factory=dict)
    in_memory: dict[str, bytes] = field(default_factory=dict)
    why: str = ""


def build(source: Path, target: Path) -> Build:
    """Write the hashed files of ``source`` into ``target``.

    What stands there from an earlier build is used as it is. What a full or read-only disk does
    not take is handed back instead: a site must start all the same.
    """
    result = Build()
    names = result.names
    files = join_bundles(source)
    for name in sorted(files, key=lambda n: (n.endswith(".css"), n)):
        content = minify(name, files[name])
        if name.endswith(".css"):
            content = _rewrite(name, content, names)
        names[name] = hashed_name(name, content)
        try:
            _write(target / names[name], content, PurePosixPath(name).suffix in TEXT)
        except OSError as error:
            result.why = error.strerror or str(error)
            if not (target / names[name]).is_file():
                result.in_memory[names[name]] = content
    try:
        _sweep(target, set(names.values()))
    except OSError as error:
        log.warning("old static files stay: %s", error)
    return result


def _write(path: Path, content: bytes, compress: bool) -> None:
    """Write the file and its compressed forms, each whole or not at all."""
    outputs: list[tuple[Path, Callable[[], bytes]]] = [(path, lambda: content)]
    if compress:
        outputs.append((_beside(path, ".br"), lambda: brotli.compress(content, quality=11)))
        outputs.append((_beside(path, ".gz"), lambda: gzip.compress(content, 9, mtime=0)))
    path.parent.mkdir(parents=True, exist_ok=True)
    for file, make in outputs:
        if file.exists():
            # Touched, so that its age counts from its last use when old builds are deleted.
            with suppress(OSError):
                file.touch()
            continue
        waiting = _beside(file, f".{os.getpid()}")
        try:
            waiting.write_bytes(make())
            waiting.replace(file)
        except OSError:
            with suppress(OSError):
                waiting.unlink(missing_ok=True)
            raise


def _beside(path: Path, suffix: str) -> Path:
    return path.with_name(path.name + suffix)


def _sweep(target: Path, current: set[str]) -> None:
    oldest = time.time() - KEEP_DAYS * 86_400
    for path in target.rglob("*"):
        name = path.relative_to(target).as_posix().removesuffix(".br").removesuffix(".gz")
        if path.is_file() and name not in current and path.stat().st_mtime < oldest:
            path.unlink(missing_ok=True)


def _file_headers(headers: Any, path: str, _url: str) -> None:
    _promise(headers, Path(path).name, Path(path).read_bytes())


def _promise(headers: Any, name: str, content: bytes) -> None:
    """Set the headers of the answer with the static file ``name``."""
    add_headers(headers)
    add_promise(headers, SHELL, content)
    # WhiteNoise always adds «public», which only answers to signed-in requests would need.
    headers["Cache-Control"] = headers["Cache-Control"].replace(", public", "")
    # Weak, since one file in three encodings shares it; the name carries the content's digest.
    headers["ETag"] = f'W/"{name.split(".")[-2]}"'


def missing(filename: str) -> Response:
    """Answer for a static file that is not in the folder: from memory where the disk had no room
    for it, else 404 in plain text that no cache keeps."""
    content = current_app.extensions["khabarayn.unwritten"].get(filename)
    if content is None:
        response = Response(status=404, mimetype="text/plain")
        response.headers["Cache-Control"] = "no-store"
        abort(response)
    kind = mimetypes.guess_type(filename)[0] or "application/octet-stream"
    response = Response(content, mimetype=kind)
    response.headers["Cache-Control"] = f"max-age={YEAR}, immutable"
    _promise(response.headers, PurePosixPath(filename).name, content)
    return response


def register(app: Flask) -> None:
    """Join and hash the site's own files, and serve them immutable under ``/static``."""
    settings = settings_of(app.config)
    target = settings.data_dir.resolve() / "static"
    assets_build = build(SITE / "static", target)
    names = assets_build.names
    if assets_build.why:
        log.error(
            "static files could not be written to %s (%s); %d of %d are served from memory",
            target, assets_build.why, len(assets_build.in_memory), len(names),
        )  # fmt: skip
    app.extensions["khabarayn.assets"] = names
    app.extensions["khabarayn.unwritten"] = assets_build.in_memory
    app.add_url_rule("/static/<path:filename>", endpoint="static", view_func=missing)

    @app.url_defaults
    def swap(endpoint: str, values: dict[str, Any]) -> None:  # pyright: ignore[reportUnusedFunction]
        if endpoint == "static":
            values["filename"] = names[values["filename"]]

    app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]
        app.wsgi_app,
        root=str(target),
        prefix="static/",
        max_age=YEAR,
        immutable_file_test=lambda _path, url: bool(HASH_IN_NAME.search(url)),
        add_headers_function=_file_headers,
        allow_all_origins=False,
    )
