"""A number is a number in whatever digits it was typed; a text keeps its own."""

import pytest
from flask import request


@pytest.mark.parametrize("typed", ["460541", "٤٦٠٥٤١", "۴۶۰۵۴۱", "٤٦٠ 541"])
def test_a_code_is_read_in_any_digits(app, typed):
    with app.test_request_context("/", method="POST", data={"code": typed, "headline": "خبر ٢٠٢٦"}):
        assert request.form["code"].replace(" ", "") == "460541"
        assert request.form["headline"] == "خبر ٢٠٢٦"


def test_days_and_pages_of_an_address_are_read_in_any_digits(app):
    with app.test_request_context("/search?q=%D9%A1&page=%D9%A2&from=%D9%A2%D9%A0%D9%A2%D9%A6"):
        assert (request.args["q"], request.args["page"], request.args["from"]) == ("١", "2", "2026")
        assert request.args.getlist("page") == ["2"]
