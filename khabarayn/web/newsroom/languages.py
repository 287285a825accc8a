"""Which language's front page a page of the newsroom is about, and the links to the others."""

from __future__ import annotations

from dataclasses import dataclass

from flask import abort, request, url_for

from khabarayn.desk.stories.translations import language_name
from khabarayn.store.queries.languages import languages_with_stories


@dataclass(frozen=True)
class LanguageTab:
    """A language that has a front page of its own: its name, and the page of the newsroom for
    it."""

    name: str
    url: str
    here: bool


def chosen_language() -> str:
    """Return the language that the request names («language»), empty for the paper's first one;
    404 for one without stories."""
    language = request.values.get("language", "")
    if language and language not in languages_with_stories()[1:]:
        abort(404)
    return language


def language_tabs(endpoint: str, language: str) -> tuple[LanguageTab, ...]:
    """Return the languages to choose from on a page; none for a paper with stories in one."""
    first, *others = languages_with_stories()
    if not others:
        return ()
    pairs = [(first, ""), *((one, one) for one in others)]
    return tuple(
        LanguageTab(
            language_name(name), url_for(endpoint, language=code or None), here=code == language
        )
        for name, code in pairs
    )


def address_in(language: str, endpoint: str) -> str:
    """Return the address of a readers' page in a language, empty for the paper's first one."""
    path = url_for(endpoint).removeprefix(request.script_root)
    return f"/{language}{path}" if language else path
