"""A letter reaches a mail server whole, or the sender is told that it did not."""

from __future__ import annotations

import email
import email.policy
import socketserver
import threading
from collections.abc import Iterator

import pytest

from khabarayn.jobs.mail import send


class Post(socketserver.StreamRequestHandler):
    """Just enough of RFC 5321 to take letters in."""

    letters: list[bytes]

    def handle(self) -> None:
        self.say("220 post")
        while line := self.rfile.readline():
            word = line.strip().upper()
            if word.startswith(b"DATA"):
                self.say("354 go on")
                lines = list(iter(self.rfile.readline, b".\r\n"))
                self.letters.append(b"".join(lines))
                self.say("250 taken")
            elif word.startswith(b"RCPT") and b"NOBODY" in word:
                self.say("550 nobody here")
            elif word.startswith(b"QUIT"):
                self.say("221 bye")
                return
            else:
                self.say("250 ok")

    def say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


@pytest.fixture
def post() -> Iterator[tuple[str, list[bytes]]]:
    taken: list[bytes] = []
    handler = type("Here", (Post,), {"letters": taken})
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"smtp://127.0.0.1:{server.server_address[1]}?from=desk@khabarayn.example", taken
        server.shutdown()


def test_a_letter_in_arabic_arrives_whole(post):
    url, taken = post
    assert send(url, "huda@khabarayn.example", "دعوة إلى غرفة الأخبار", "افتح: https://x.example/a")
    letter = email.message_from_bytes(taken[0], policy=email.policy.default)
    assert letter["To"] == "huda@khabarayn.example"
    assert letter["From"] == "desk@khabarayn.example"
    assert letter["Subject"] == "دعوة إلى غرفة الأخبار"
    assert "https://x.example/a" in letter.get_content()


def test_a_letter_that_is_not_taken_is_said_to_be_lost(post):
    url, taken = post
    assert not send(url, "nobody@khabarayn.example", "x", "y")
    assert not send("smtp://127.0.0.1:1", "huda@khabarayn.example", "x", "y")
    assert not taken


@pytest.mark.parametrize("to", ["a@b.example\r\nBcc: x@evil.example", "a@b.example\nX: y"])
def test_an_address_cannot_smuggle_a_line(post, to):
    url, taken = post
    assert not send(url, to, "x", "y")
    assert not taken
