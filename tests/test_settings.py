"""Settings say what is wrong with them, and production is strict."""

from __future__ import annotations

from pathlib import Path

import pytest

from khabarayn.settings import KEY_FILE, PACKAGE, Settings, SettingsError, write_once

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
        ("SECRET_KEY", "four"),
        ("SECRET_KEY", "s" * 31),
        ("THREADS", "0"),
    ],
)
def test_a_value_that_cannot_be_used_is_refused_by_name(name, value):
    with pytest.raises(SettingsError, match=name):
        Settings.from_env({f"KHABARAYN_{name}": value})


def test_plain_postgresql_addresses_get_the_driver():
    settings = Settings(database_url="postgres://u:p@h/d", data_dir=Path("x"))
    assert settings.database == "postgresql+psycopg://u:p@h/d"


@pytest.mark.trust
@pytest.mark.parametrize("held", ["", "four", "s" * 31, "  \n" * 20, "ش" * 40])
def test_a_key_file_that_holds_no_key_is_refused_in_words(tmp_path, held):
    (tmp_path / KEY_FILE).write_text(held, "utf-8")
    with pytest.raises(SettingsError, match=KEY_FILE):
        Settings(data_dir=tmp_path).secret()


@pytest.mark.trust
def test_a_first_start_that_cannot_write_leaves_no_key_that_the_next_start_takes(
    tmp_path, monkeypatch
):
    """A disk that is full at the last moment: the write is acknowledged, the sync is not."""

    def full(_number: int) -> None:
        raise OSError(28, "No space left on device")

    settings = Settings(data_dir=tmp_path)
    with monkeypatch.context() as patched:
        patched.setattr("os.fsync", full)
        with pytest.raises(OSError, match="No space"):
            settings.secret()
    assert list(tmp_path.iterdir()) == []
    assert len(settings.secret()) >= 32


def test_of_two_first_starts_at_once_both_take_the_same_key(tmp_path):
    path = tmp_path / KEY_FILE
    write_once(path, b"a" * 40)
    write_once(path, b"b" * 40)
    assert path.read_bytes() == b"a" * 40
    assert [p.name for p in tmp_path.iterdir()] == [KEY_FILE]
    assert path.stat().st_mode & 0o077 == 0


def test_production_refuses_an_address_without_tls():
    with pytest.raises(SettingsError, match="https://"):
        Settings.from_env({**STRICT, "KHABARAYN_BASE_URL": "http://paper.example"})


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("KHABARAYN_SECRETKEY", "KHABARAYN_SECRET_KEY"),
        ("KHABARAYN_TRUSTED_HOST", "KHABARAYN_TRUSTED_HOSTS"),
        ("khabarayn_base_url", "KHABARAYN_BASE_URL"),
    ],
)
def test_a_misspelt_setting_is_named_with_the_one_that_was_meant(name, meant):
    with pytest.raises(SettingsError, match=f"{name}; did you mean {meant}"):
        Settings.from_env({name: "x"})


def test_what_an_orchestrator_says_of_a_service_is_no_setting():
    Settings.from_env({"KHABARAYN_PORT_8000_TCP_ADDR": "10.0.0.1", "KHABARAYN_SERVICE_HOST": "x"})


def test_a_host_in_arabic_letters_is_kept_as_the_network_writes_it():
    ascii_name = "xn--mgbh0fb.xn--mgberp4a5d4ar"
    given = {
        **STRICT,
        "KHABARAYN_BASE_URL": "https://مثال.السعودية",
        "KHABARAYN_TRUSTED_HOSTS": "مثال.السعودية",
    }
    settings = Settings.from_env(given)
    assert (settings.base_url, settings.trusted_hosts) == (f"https://{ascii_name}", (ascii_name,))


def test_an_applications_settings_are_read_in_one_way():
    """Only `settings_of` names the key under which the factory keeps the settings."""
    sources = sorted(PACKAGE.rglob("*.py"))
    naming = {
        path.relative_to(PACKAGE).as_posix()
        for path in sources
        if '"KHABARAYN"' in path.read_text()
    }
    assert naming == {"factory.py", "settings.py"}
