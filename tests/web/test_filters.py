"""What filters of the templates write where a template cannot say it by itself."""

import pytest


@pytest.mark.parametrize(
    ("credit", "shown"),
    [
        ("رويترز", "الصورة: <bdi>رويترز</bdi>"),
        ("رسم: خَبَرَيْن", "<bdi>رسم: خَبَرَيْن</bdi>"),
        ("تصوير سلمى الحارثي", "<bdi>تصوير سلمى الحارثي</bdi>"),
    ],
)
def test_a_credit_that_says_how_it_was_made_is_not_called_a_picture(app, credit, shown):
    with app.test_request_context("/"):
        macros = app.jinja_env.get_template("components/figure.html").module
        caption = macros.caption("شرح", credit)
    assert f'<span class="figure__credit">{shown}</span>' in caption
