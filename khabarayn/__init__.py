"""khabarayn (خَبَرَيْن): an Arabic-first news platform, server-rendered and readable offline."""

from __future__ import annotations
