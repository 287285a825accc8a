"""What a run of the tests makes that the next need not make again: in ``build/``, by content."""

from __future__ import annotations

import hashlib
import os
import pickle
import shutil
from fcntl import LOCK_EX, flock
from functools import cache
from pathlib import Path
from types import SimpleNamespace

import PIL

from khabarayn.media import child, render
from khabarayn.settings import SITE
from khabarayn.web.assets import build

ROOT = Path(__file__).resolve().parents[1]
BUILD = ROOT / "build"
HURRIED = Path(__file__).with_name("hurried_child.py")


@cache
def static_files() -> Path:
    """The site's static files, joined, hashed and compressed, which is most of the work of a first
    start. A file that changed has another name."""
    kept = BUILD / "static"
    BUILD.mkdir(exist_ok=True)
    with (BUILD / "static.lock").open("w") as lock:
        flock(lock, LOCK_EX)
        build(SITE / "static", kept)
    return kept


def give_static_files(data_dir: Path) -> None:
    """Copy `static_files` into a data folder that has none yet."""
    if not (data_dir / "static").exists():
        shutil.copytree(static_files(), data_dir / "static")


def remember_renditions(kept: Path) -> None:
    """Let this process take a picture's renditions from ``kept``, and put there those it makes.

    They are made in a hurry: AVIF files cost a quarter of the time, and are half as large again.
    """
    made_by = hashlib.sha256(PIL.__version__.encode())
    for program in (Path(child.__file__), HURRIED):
        made_by.update(program.read_bytes())
    really = render.Renderer.render
    render.child = SimpleNamespace(__file__=str(HURRIED), send=child.send)  # type: ignore[assignment]
    kept.mkdir(parents=True, exist_ok=True)

    def remembered(
        renderer: render.Renderer, data: bytes, focal: tuple[float, float] = (0.5, 0.5)
    ) -> render.RenderedPicture:
        key = made_by.copy()
        key.update(repr(focal).encode() + data)
        file = kept / key.hexdigest()
        if file.exists():
            return pickle.loads(file.read_bytes())
        made = really(renderer, data, focal)
        waiting = file.with_name(f".{file.name}.{os.getpid()}")
        waiting.write_bytes(pickle.dumps(made))
        waiting.replace(file)
        return made

    render.Renderer.render = remembered  # type: ignore[method-assign]
