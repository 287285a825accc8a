"""The demo edition: stories in ninjs and their pictures, read by the code of every import."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parent
