"""khabarayn (خَبَرَيْن): an Arabic-first news platform, server-rendered and readable offline.

The package itself imports nothing: a command that needs no application, such as ``--help``, starts
in a tenth of the time. `create_app` and `Khabarayn` come from `khabarayn.factory` when they are
first asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from khabarayn.factory import Khabarayn, create_app

__all__ = ["Khabarayn", "create_app"]


def __getattr__(name: str) -> Any:
    if name in __all__:
        return getattr(import_module("khabarayn.factory"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
