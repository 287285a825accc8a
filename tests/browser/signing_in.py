"""Into the newsroom by its door, as a person comes in."""

from __future__ import annotations

from playwright.sync_api import Page, expect


def sign_in(page: Page, paper: str, email: str, password: str) -> None:
    """Sign in to the newsroom of the paper at the address ``paper``, and stand on the desk."""
    page.goto(f"{paper}/newsroom/sign-in")
    page.fill("#email", email)
    page.fill("#password", password)
    page.click("main button[type=submit]")
    expect(page).to_have_url(f"{paper}/newsroom/")
