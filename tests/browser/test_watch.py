"""The browser under test notices what it must, or the other browser tests are worth little."""

from __future__ import annotations

import pytest


def test_a_complaint_of_the_console_is_noticed(page, watch, live):
    page.goto(f"{live}/p/about")
    page.evaluate("() => console.error('broken on purpose')")
    page.wait_for_timeout(50)
    assert [line for line in watch.left if "broken on purpose" in line]
    watch.allow("broken on purpose")


def test_an_inline_style_is_refused_and_noticed(page, watch, live):
    page.goto(f"{live}/p/about")
    page.evaluate("() => document.body.setAttribute('style', 'color: red')")
    page.wait_for_timeout(50)
    assert [line for line in watch.left if "style-src" in line]
    watch.allow("style-src|inline style")


def test_an_uncaught_error_is_noticed(page, watch, live):
    page.goto(f"{live}/p/about")
    page.evaluate("() => { setTimeout(() => { throw new Error('nobody caught me') }) }")
    page.wait_for_timeout(50)
    assert [line for line in watch.left if "nobody caught me" in line]
    watch.allow("nobody caught me")


def test_a_third_party_is_noticed_and_not_reached(page, watch, live):
    page.goto(f"{live}/p/about")
    page.evaluate("() => fetch('https://elsewhere.example/x').catch(() => 0)")
    page.wait_for_timeout(50)
    # The content security policy stops it before the network does.
    assert watch.left
    watch.allow("connect-src|elsewhere.example|Content Security Policy")
    watch.strangers.clear()


def test_axe_finds_a_picture_without_words(page, axe, live):
    page.goto(f"{live}/p/about")
    page.evaluate("() => document.querySelector('main').append(new Image())")
    assert [line for line in axe(page) if line.startswith("image-alt")]


@pytest.mark.parametrize(
    ("broken", "rule"),
    [
        ("<ul><p>x</p></ul>", "element-permitted-content"),
        ('<p style="color: red">x</p>', "no-inline-style"),
        ('<p id="a">x</p><p id="a">y</p>', "no-dup-id"),
        ('<img src="/x.avif">', "wcag/h37"),
        ("<div>x", "close-order"),
    ],
)
def test_the_markup_checker_finds(markup_faults, broken, rule):
    head = '<!doctype html>\n<html lang="ar" dir="rtl"><head><title>x</title></head>'
    frame = head + "<body>{}</body></html>\n"
    assert markup_faults({"sound": frame.format("<h1>x</h1>")}) == []
    assert [line for line in markup_faults({"broken": frame.format(broken)}) if rule in line]
