"""Settings say what is wrong with them, and production is strict."""

from __future__ import annotations

from pathlib import Path

import pytest

from khabarayn.settings import Settings, SettingsError

STRICT = {
    "KHABARAYN_ENV": "production",
    "KHABARAYN_SECRET_KEY": "s" * 40,
    "KHABARAYN_BASE_URL": "https://paper.example",
    "KHABARAYN_TRUSTED_HOSTS": "paper.example, www.paper.example",
}


def test_development_needs_nothing(tmp_path):
    settings = Settings.from_env({})
    assert settings.database.startswith("sqlite:////")
    assert not settings.production
    kept = Settings(data_dir=tmp_path / "new")
    assert kept.secret() == kept.secret()
    assert (tmp_path / "new/secret.key").stat().st_mode & 0o077 == 0


def test_production_takes_its_three_and_refuses_without_each():
    assert Settings.from_env(STRICT).trusted_hosts == ("paper.example", "www.paper.example")
    for name in ("SECRET_KEY", "BASE_URL", "TRUSTED_HOSTS"):
        environ = {k: v for k, v in STRICT.items() if not k.endswith(name)}
        with pytest.raises(SettingsError, match=name):
            Settings.from_env(environ)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ENV", "prod"),
        ("MONTHS", "roman"),
        ("DIGITS", "klingon"),
        ("TIMEZONE", "Mars/Olympus"),
        ("TRUSTED_PROXIES", "two"),
        ("TRUSTED_PROXIES", "٢"),
        ("BASE_URL", "paper.example"),
        ("LOG_FORMAT", "xml"),
        ("FETCH_PRIVATE", "maybe"),
    ],
)
def test_a_value_that_cannot_be_used_is_refused_by_name(name, value):
    with pytest.raises(SettingsError, match=name):
        Settings.from_env({f"KHABARAYN_{name}": value})


def test_plain_postgresql_addresses_get_the_driver():
    settings = Settings(database_url="postgres://u:p@h/d", data_dir=Path("x"))
    assert settings.database == "postgresql+psycopg://u:p@h/d"
