"""A process of the paper that answers the paths it reads, with the status and whether the answer
holds a word: ``/a/abcdefgh word``."""

from __future__ import annotations

import sys

from khabarayn import create_app

if __name__ == "__main__":
    client = create_app().test_client()
    for line in sys.stdin:
        path, _, word = line.strip().partition(" ")
        answer = client.get(path)
        print(answer.status_code, word in answer.text, flush=True)
