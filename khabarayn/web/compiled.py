"""Templates compiled once and kept on disk, so that neither a start nor its first page waits."""

from __future__ import annotations

import hashlib
import pickle
from contextlib import suppress
from pathlib import Path

import jinja2
from flask import Flask
from jinja2 import Environment
from jinja2.bccache import Bucket, FileSystemBytecodeCache


class CompiledTemplates(FileSystemBytecodeCache):
    """Jinja's own cache; a disk that is full or read-only costs time, never a page."""

    def load_bytecode(self, bucket: Bucket) -> None:
        """Read the stored bytecode into ``bucket``; a file that cannot be read leaves it empty, and
        the template is compiled."""
        # A file cut off by a power failure is not understood: then the template is compiled.
        try:
            super().load_bytecode(bucket)
        except (OSError, EOFError, ValueError, TypeError, pickle.UnpicklingError):
            bucket.reset()

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Store the bytecode of ``bucket``; a folder that cannot be written to costs only time."""
        with suppress(OSError):
            super().dump_bytecode(bucket)


def register(app: Flask, folder: Path) -> None:
    """Keep compiled templates below ``folder``, apart for each version and setting of Jinja and, by
    the function in ``khabarayn.compiled``, for whatever else they are compiled for.

    Jinja itself compiles anew when a template's text or Python's version differs.
    """

    def store_compiled(env: Environment, *compiled_for: object) -> None:
        options = (jinja2.__version__, env.trim_blocks, env.lstrip_blocks, sorted(env.extensions))
        marks = repr((*options, *compiled_for)).encode()
        place = folder / hashlib.sha256(marks).hexdigest()[:12]
        with suppress(OSError):
            place.mkdir(mode=0o700, parents=True, exist_ok=True)
        env.bytecode_cache = CompiledTemplates(str(place))

    app.extensions["khabarayn.compiled"] = store_compiled
    store_compiled(app.jinja_env)
