"""A language of the interface is a catalogue and a word in the settings, and nothing more."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from flask.testing import FlaskClient

from khabarayn import factory
from khabarayn.settings import SITE
from khabarayn.store.db import db

FRENCH = {"الصفحة الأولى": "À la une", "آخر الأخبار": "Dernières nouvelles", "بحث": "Recherche"}


@pytest.fixture
def french(make_settings, migrated: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A client of the same site whose translations hold French besides."""
    for name in ("templates", "static"):
        (tmp_path / name).symlink_to(SITE / name, target_is_directory=True)
    shutil.copytree(SITE / "translations", tmp_path / "translations")
    catalog = Catalog(locale="fr")
    for said, translated in FRENCH.items():
        catalog.add(said, translated)
    folder = tmp_path / "translations/fr/LC_MESSAGES"
    folder.mkdir(parents=True)
    with (folder / "messages.mo").open("wb") as out:
        write_mo(out, catalog)
    monkeypatch.setattr(factory, "SITE", tmp_path)
    settings = make_settings(locales=("ar", "en", "fr"))
    shutil.copy(migrated, settings.data_dir / "khabarayn.db")
    app = factory.create_app(settings)
    yield app.test_client()
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def root_of(client: FlaskClient, address: str) -> tuple[str, str]:
    found = re.search(r'<html lang="(\w+)" dir="(\w+)"[ >]', client.get(address).text)
    assert found
    return found[1], found[2]


def test_each_language_is_served_under_its_prefix_in_its_own_direction(french):
    assert root_of(french, "/") == ("ar", "rtl")
    assert root_of(french, "/en/") == ("en", "ltr")
    assert root_of(french, "/fr/") == ("fr", "ltr")


def test_a_new_catalogue_is_spoken_on_every_page_and_by_its_own_pages_only(french):
    page = french.get("/fr/latest").text
    assert "<title>Dernières nouvelles | خَبَرَيْن</title>" in page
    assert ">Dernières nouvelles</h1>" in page
    assert "Dernières nouvelles" not in french.get("/latest").text
    assert "Latest news" in french.get("/en/latest").text


def test_addresses_within_a_language_keep_it(french):
    page = french.get("/fr/").text
    assert 'href="/fr/latest"' in page
    assert 'href="/latest"' not in page
    assert 'property="og:locale" content="fr_FR"' in page


@pytest.mark.parametrize("prefix", ["", "/en", "/fr"])
def test_every_language_names_all_the_others(french, prefix):
    page = french.get(f"{prefix}/latest").text
    found = dict(re.findall(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)">', page))
    base = "http://127.0.0.1:8000"
    assert found == {
        "ar": f"{base}/latest",
        "en": f"{base}/en/latest",
        "fr": f"{base}/fr/latest",
        "x-default": f"{base}/latest",
    }


def test_a_language_that_the_settings_do_not_name_is_not_served(client):
    assert client.get("/fr/latest").status_code == 404


def test_every_page_leads_to_the_other_languages_by_their_own_names(client):
    for page, there, name in (
        ("/latest", "/en/latest", "English"),
        ("/en/latest", "/latest", "العربية"),
        ("/search", "/en/", "English"),
        ("/en/", "/", "العربية"),
    ):
        foot = client.get(page).text.rpartition("<footer")[2]
        assert re.search(rf'<a href="{there}" hreflang="\w+" lang="\w+">{name}</a>', foot), page
