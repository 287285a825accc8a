"""What goes wrong is written as the setting says: a line for people, an object for collectors."""

from __future__ import annotations

import json
import logging

import pytest

from khabarayn import create_app
from khabarayn.logs import StandardError, json_lines, server_logs, set_up
from khabarayn.settings import Settings


@pytest.fixture(autouse=True)
def root():
    """The root logger, left as it was."""
    logger = logging.getLogger()
    before = list(logger.handlers)
    yield logger
    logger.handlers[:] = before


def test_a_warning_is_one_line_for_people(capsys):
    set_up("text")
    logging.getLogger("khabarayn.test").warning("القرص ممتلئ: %s", "/srv")
    line = capsys.readouterr().err.strip()
    assert line.endswith("WARNING khabarayn.test: القرص ممتلئ: /srv")


def test_a_failure_is_one_object_for_collectors_with_its_traceback(app, tmp_path, capsys):
    create_app(Settings(data_dir=tmp_path, log_format="json"))
    try:
        raise RuntimeError("نفد الحبر")
    except RuntimeError:
        logging.getLogger("khabarayn.test").exception("المطبعة توقفت")
    line = json.loads(capsys.readouterr().err)
    assert (line["level"], line["logger"]) == ("error", "khabarayn.test")
    assert line["message"] == "المطبعة توقفت"
    assert "RuntimeError: نفد الحبر" in line["error"]
    assert line["at"].endswith("Z")


def test_setting_up_twice_says_nothing_twice(root, capsys):
    set_up("json")
    set_up("text")
    logging.getLogger("khabarayn.test").error("مرة")
    assert capsys.readouterr().err.count("مرة") == 1
    assert sum(isinstance(one, StandardError) for one in root.handlers) == 1


def test_the_server_speaks_as_we_do():
    assert {one["()"] for one in server_logs("json")["formatters"].values()} == {json_lines}
    assert json_lines not in {one["()"] for one in server_logs("text")["formatters"].values()}
