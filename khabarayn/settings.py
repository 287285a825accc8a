"""The configuration: read once from the environment, checked, and passed on as a frozen value."""

from __future__ import annotations

import difflib
import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from khabarayn.arabic.hosts import ascii_authority, ascii_host

# The same stands in pyproject.toml.
VERSION = "0.1.0"
PREFIX = "KHABARAYN_"
PACKAGE = Path(__file__).resolve().parent
# In a checkout templates/, static/ and translations/ stand beside the package;
# an installed wheel carries them inside it.
SITE = PACKAGE / "_site" if (PACKAGE / "_site").is_dir() else PACKAGE.parent

ROLES = ("contributor", "writer", "editor", "chief", "admin")
MONTHS = ("dual", "western", "levantine", "algerian", "moroccan")
DIGITS = ("latn", "arab")
HIJRI = ("-1", "0", "1")
# A key with less in it can be guessed, and then everybody's session can be written.
KEY_BYTES = 32
TOKEN_BYTES = 16
KEY_FILE = "secret.key"
# Read by the tests, and of an earlier version: neither is misspelt.
OTHERS = {"KHABARAYN_TEST_DATA", "KHABARAYN_REDIS_URL"}
# Kubernetes sets these for a service called khabarayn; they are not settings.
_OF_A_SERVICE = re.compile(r"KHABARAYN_(SERVICE_(HOST|PORT)|PORT)(_.*)?")


class SettingsError(ValueError):
    """A setting that cannot be used, in words an operator can act on."""


def _list(value: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in value.split(",") if part.strip())


@dataclass(frozen=True)
class Settings:
    """The whole configuration. Every field is the variable ``KHABARAYN_<FIELD>`` in the
    environment and is explained in ``docs/settings.md``."""

    env: str = "development"
    data_dir: Path = Path("instance")
    database_url: str = ""
    secret_key: str = field(default="", repr=False)
    base_url: str = "http://127.0.0.1:8000"
    trusted_hosts: tuple[str, ...] = ()
    trusted_proxies: int = 0
    media_url: str = ""
    site_name: str = "خَبَرَيْن"
    locales: tuple[str, ...] = ("ar", "en")
    months: str = "dual"
    digits: str = "latn"
    hijri: str = "0"
    timezone: str = "Asia/Riyadh"
    log_format: str = "text"
    metrics_token: str = field(default="", repr=False)
    threads: int = field(default=4, repr=False)
    page_cache: int = field(default=16, repr=False)
    fetch_private: bool = False
    security_contact: str = ""
    smtp_url: str = field(default="", repr=False)
    second_factor: str = ""
    sw_kill: str = ""
    backup_url: str = ""
    backup_seconds: int = field(default=60, repr=False)
    backup_key: str = field(default="", repr=False)

    @classmethod
    def from_env(cls, environ: Mapping[str, str] = os.environ) -> Settings:
        """Read the settings from ``environ``.

        Raises `SettingsError` naming the variable when a value cannot be used.
        """
        specs = {PREFIX + f.name.upper(): f for f in fields(cls)}
        _refuse_unknown(environ, specs)
        values: dict[str, object] = {}
        for name, spec in specs.items():
            raw = environ.get(name, "").strip()
            if not raw:
                continue
            if spec.type == "Path":
                values[spec.name] = Path(raw)
            elif spec.type == "bool":
                if raw.lower() not in {"0", "1", "true", "false", "yes", "no"}:
                    raise SettingsError(f"{name} must be 1 or 0, not {raw!r}")
                values[spec.name] = raw.lower() in {"1", "true", "yes"}
            elif spec.type == "int":
                if not raw.isascii() or not raw.isdigit():
                    raise SettingsError(f"{name} must be a whole number, not {raw!r}")
                values[spec.name] = int(raw)
            elif spec.type == "tuple[str, ...]":
                values[spec.name] = _list(raw)
                if spec.name == "trusted_hosts":
                    values[spec.name] = tuple(ascii_host(host) or host for host in _list(raw))
            else:
                values[spec.name] = raw
        # A host in Arabic letters is asked for, compared and printed in feeds as «xn--…».
        if "base_url" in values:
            values["base_url"] = ascii_authority(str(values["base_url"]))
        return cls(**values).check()  # type: ignore[arg-type]

    def check(self) -> Settings:
        """Return self after refusing what cannot work; production is strict, loopback is easy."""
        for name, value, choices in (
            ("ENV", self.env, ("development", "production")),
            ("MONTHS", self.months, MONTHS),
            ("DIGITS", self.digits, DIGITS),
            ("HIJRI", self.hijri, HIJRI),
            ("LOG_FORMAT", self.log_format, ("text", "json")),
            ("SECOND_FACTOR", self.second_factor, ("", *ROLES)),
            ("SW_KILL", self.sw_kill, ("", "keep", "wipe")),
        ):
            if value not in choices:
                words = ", ".join(word or "empty" for word in choices)
                raise SettingsError(f"{PREFIX}{name} must be one of {words}, not {value!r}")
        if self.smtp_url and not self.smtp_url.startswith(("smtp://", "smtps://")):
            raise SettingsError(f"{PREFIX}SMTP_URL must start with smtp:// or smtps://")
        if not self.locales:
            raise SettingsError(f"{PREFIX}LOCALES must name at least one language")
        try:
            ZoneInfo(self.timezone)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise SettingsError(f"{PREFIX}TIMEZONE is unknown: {self.timezone!r}") from error
        if not self.base_url.startswith(("http://", "https://")):
            raise SettingsError(f"{PREFIX}BASE_URL must start with http:// or https://")
        if not 1 <= self.threads <= 64:
            raise SettingsError(f"{PREFIX}THREADS must be between 1 and 64")
        if not 0 <= self.page_cache <= 4096:
            raise SettingsError(f"{PREFIX}PAGE_CACHE must be between 0 and 4096")
        if not 10 <= self.backup_seconds <= 86_400:
            raise SettingsError(f"{PREFIX}BACKUP_SECONDS must be between 10 and 86400")
        if self.metrics_token and len(self.metrics_token.encode()) < TOKEN_BYTES:
            raise SettingsError(f"{PREFIX}METRICS_TOKEN is shorter than {TOKEN_BYTES} bytes")
        for name, key in (("SECRET_KEY", self.secret_key), ("BACKUP_KEY", self.backup_key)):
            if key and len(key.encode()) < KEY_BYTES:
                raise SettingsError(
                    f"{PREFIX}{name} is shorter than {KEY_BYTES} bytes and can be guessed; make "
                    'one with: python3 -c "import secrets; print(secrets.token_urlsafe(48))"'
                )
        if self.production:
            self._refuse_unsafe_production()
        return self

    def _refuse_unsafe_production(self) -> None:
        """Raise `SettingsError` for what would be unsafe where readers come."""
        unset = [
            PREFIX + name
            for name, value in (
                ("SECRET_KEY", self.secret_key),
                ("BASE_URL", self.base_url != type(self).base_url),
                ("TRUSTED_HOSTS", self.trusted_hosts),
            )
            if not value
        ]
        if unset:
            raise SettingsError(f"production needs {', '.join(unset)} to be set")
        if not self.base_url.startswith("https://"):
            raise SettingsError(
                f"{PREFIX}BASE_URL must start with https:// in production, not "
                f"{self.base_url!r}: sessions are kept in cookies that only TLS carries"
            )

    @property
    def production(self) -> bool:
        """Whether the site runs for readers, not for development or tests."""
        return self.env == "production"

    @property
    def database(self) -> str:
        """The SQLAlchemy URL; plain ``postgresql://`` is given the psycopg 3 driver."""
        if not self.database_url:
            return f"sqlite:///{(self.data_dir / 'khabarayn.db').resolve()}"
        head, sep, tail = self.database_url.partition("://")
        if head in {"postgres", "postgresql"}:
            head = "postgresql+psycopg"
        return head + sep + tail

    @property
    def media(self) -> str:
        """Where pictures are kept: a folder, or ``s3://bucket/prefix``."""
        return self.media_url or str((self.data_dir / "media").resolve())

    @property
    def tz(self) -> ZoneInfo:
        """The time zone of the paper's clock."""
        return ZoneInfo(self.timezone)

    def secret(self) -> str:
        """The signing key: the setting, else one made once and kept in the data folder.

        Raises `SettingsError` when the file holds less than a key.
        """
        if self.secret_key:
            return self.secret_key
        path = self.data_dir / KEY_FILE
        if not path.exists():
            self.data_dir.mkdir(parents=True, exist_ok=True)
            write_once(path, secrets.token_urlsafe(48).encode())
        try:
            key = path.read_text("ascii").strip()
        except UnicodeDecodeError:
            key = ""
        if len(key) < KEY_BYTES:
            raise SettingsError(
                f"{path} is empty or shorter than {KEY_BYTES} bytes; put the key back from a "
                "backup, or remove the file and a new one is made (every session ends then, and "
                "codes of applications must be set up anew)"
            )
        return key


def write_once(path: Path, content: bytes) -> None:
    """Write a file that only its owner reads, whole or not at all, unless it is there already.

    Of two processes that start at once one wins, and both read what that one wrote.
    """
    waiting = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    number = os.open(waiting, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(number, "wb") as out:
            out.write(content)
            out.flush()
            os.fsync(number)
        # A hard link refuses to replace.
        path.hardlink_to(waiting)
    except FileExistsError:
        pass
    finally:
        waiting.unlink()


def settings_of(config: Mapping[str, Any]) -> Settings:
    """Return the settings that an application was made with, from its Flask ``config``."""
    return config["KHABARAYN"]


def _refuse_unknown(environ: Mapping[str, str], specs: Mapping[str, object]) -> None:
    """Raise `SettingsError` for a variable with our prefix that nothing reads: it is misspelt."""
    strange = sorted(n for n in environ if n.upper().startswith(PREFIX) and n not in specs)
    strange = [n for n in strange if n not in OTHERS and not _OF_A_SERVICE.fullmatch(n)]
    if not strange:
        return
    near = difflib.get_close_matches(strange[0].upper(), specs, 1, 0.75)
    hint = f"; did you mean {near[0]}?" if near else ""
    raise SettingsError(f"no setting is called {strange[0]}{hint} (see docs/settings.md)")
