"""A session is told by what its owner calls the device."""

from __future__ import annotations

import pytest

from khabarayn.web.newsroom.labels import device_name

WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)"


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        (f"Mozilla/5.0 (Linux; Android 14) {WEBKIT} Chrome/140.0 Mobile Safari/537.36",
         "Chrome، Android"),
        (f"Mozilla/5.0 (Windows NT 10.0) {WEBKIT} Chrome/140.0 Safari/537.36 Edg/140.0",
         "Edge، Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1",
         "Safari، iPhone"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
         "Firefox، Linux"),
        ("curl/8.0", "جهاز غير معروف"),
        ("", "جهاز غير معروف"),
    ],
)  # fmt: skip
def test_a_browser_is_called_as_its_owner_calls_it(app, agent, name):
    with app.test_request_context():
        assert device_name(agent) == name
