"""What this project uses of flask-babel 4, which ships no types; basedpyright reads this instead.

`variables` fill the `%(name)s` places of a message; values are written with `str`. Lazy forms are
translated when they are printed, in the language of the request that prints them.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager

from babel import Locale
from flask import Flask

from .speaklater import LazyString as LazyString

class Babel:
    def __init__(
        self,
        app: Flask | None = ...,
        date_formats: dict[str, str | None] | None = ...,
        configure_jinja: bool = ...,
        *,
        default_locale: str = ...,
        default_domain: str = ...,
        default_translation_directories: str = ...,
        default_timezone: str = ...,
        locale_selector: Callable[[], str | None] | None = ...,
        timezone_selector: Callable[[], str | None] | None = ...,
    ) -> None: ...
    def init_app(
        self,
        app: Flask,
        default_locale: str = ...,
        default_domain: str = ...,
        default_translation_directories: str = ...,
        default_timezone: str = ...,
        locale_selector: Callable[[], str | None] | None = ...,
        timezone_selector: Callable[[], str | None] | None = ...,
    ) -> None: ...

def gettext(string: str, **variables: object) -> str: ...
def ngettext(singular: str, plural: str, num: int, **variables: object) -> str: ...
def lazy_gettext(string: str, **variables: object) -> LazyString: ...
def lazy_ngettext(singular: str, plural: str, num: int, **variables: object) -> LazyString: ...
def get_locale() -> Locale | None: ...
def force_locale(locale: Locale | str) -> AbstractContextManager[None]: ...
