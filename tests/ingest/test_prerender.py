"""Pictures are developed ahead, once, and Ctrl-C does not spoil the one under way."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import pytest
from ingest.conftest import picture

from khabarayn.ingest.prerender import RenderPool
from khabarayn.media.refusal import PictureRefused

CENTRE = (0.5, 0.5)


def children() -> set[int]:
    tasks = Path("/proc/self/task").glob("*/children")
    return {int(pid) for task in tasks for pid in task.read_text().split()}


def test_a_picture_that_was_expected_is_developed_once() -> None:
    with RenderPool(1) as render_pool:
        render_pool.expect(picture(3), CENTRE)
        first = render_pool.render(picture(3), CENTRE)
        assert (first.width, first.height) == (640, 360)
        assert render_pool.render(picture(3), CENTRE).digest == first.digest


def test_what_is_no_picture_is_refused_when_it_is_asked_for() -> None:
    with RenderPool(1) as render_pool:
        render_pool.expect(b"<svg/>", CENTRE)
        with pytest.raises(PictureRefused):
            render_pool.render(b"<svg/>", CENTRE)
        assert render_pool.render(picture(4), CENTRE).width == 640


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="/proc is how children are seen")
def test_an_interrupt_does_not_reach_the_decoder() -> None:
    before = children()
    with RenderPool(1) as render_pool:
        render_pool.render(picture(5), CENTRE)
        (decoder,) = children() - before
        os.kill(decoder, signal.SIGINT)
        time.sleep(0.1)
        assert render_pool.render(picture(6), CENTRE).width == 640
        assert decoder in children()
