"""The house under test: a real application, on real databases, behind a real server."""

from __future__ import annotations

import os
import secrets
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path
from urllib.request import Request, urlopen

import boto3
import hypothesis
import pytest
from flask.testing import FlaskClient
from flask_migrate import upgrade
from insiders import Insider, insider
from kept import static_files
from mailboxes import Mailbox, mail_server
from moto.server import ThreadedMotoServer
from remembered import remember_assets, remember_routes, share_compiled_statements
from services import Unavailable, administer, postgres_server, redis_process
from serving import Server, fill_with_demo
from sqlalchemy import delete

from khabarayn import Khabarayn, create_app
from khabarayn.desk.arrange.seed import DEFAULT_SECTIONS, seed_sections
from khabarayn.desk.by import OPERATOR
from khabarayn.settings import Settings
from khabarayn.store.db import db
from khabarayn.store.models import LogRow

# What a test needs from the machine, told from the fixtures it asks for.
NEEDS = {
    "browser": {"page", "context", "browser"},
    "postgres": {"postgres", "app_on_postgres"},
    "redis": {"redis_server"},
    "live": {"live", "live_server"},
}
MADE_ONCE = ("static", "templates")
FLOOR = Path(__file__).resolve().parents[1] / ".ci/floor"

remember_routes()
hypothesis.settings.register_profile("house", deadline=None, database=None, derandomize=True)
hypothesis.settings.load_profile("house")


def unavailable(why: object) -> None:
    """Skip what this machine cannot run; under CI that is a failure."""
    (pytest.fail if os.environ.get("CI") else pytest.skip)(str(why))


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where hashed static files and compiled templates of every application under test are kept."""
    made = tmp_path_factory.mktemp("made")
    (made / "static").symlink_to(static_files(), target_is_directory=True)
    (made / "templates").mkdir()
    remember_assets((made / "static").resolve())
    return made


@pytest.fixture(scope="session")
def make_settings(tmp_path_factory: pytest.TempPathFactory, made_once: Path):
    """Return a maker of settings whose data folder is new and shares only what is made once."""

    def make(**given: object) -> Settings:
        folder = tmp_path_factory.mktemp("data")
        for name in MADE_ONCE:
            (folder / name).symlink_to(made_once / name, target_is_directory=True)
        # Tests look at what is drawn; those of the page cache give it room.
        given = {"page_cache": 0, **given}
        return Settings(data_dir=folder, secret_key="for tests only, and nobody else's", **given)  # type: ignore[arg-type]

    return make


@pytest.fixture(scope="session")
def migrated(make_settings) -> Path:
    """A SQLite file at the newest migration, with the default sections; copied for each test."""
    settings: Settings = make_settings()
    _prepare(settings)
    return settings.data_dir / "khabarayn.db"


@pytest.fixture
def settings(make_settings) -> Settings:
    return make_settings()


@pytest.fixture
def app(settings: Settings, migrated: Path) -> Iterator[Khabarayn]:
    """The application on a SQLite file of its own: all sections, no stories.

    No context is pushed, so that each request of a client is alone with its session, as in life.
    """
    shutil.copy(migrated, settings.data_dir / "khabarayn.db")
    yield from _opened(settings)


@pytest.fixture
def app_on_postgres(make_settings, postgres: str) -> Iterator[Khabarayn]:
    """The same application on a PostgreSQL database of its own."""
    name = f"t_{secrets.token_hex(6)}"
    administer(postgres, f"CREATE DATABASE {name} TEMPLATE khabarayn_migrated")
    yield from _opened(make_settings(database_url=f"{postgres}/{name}"))
    administer(postgres, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def any_app(request: pytest.FixtureRequest) -> Khabarayn:
    """The application on each engine in turn."""
    return request.getfixturevalue("app" if request.param == "sqlite" else "app_on_postgres")


@pytest.fixture
def app_context(app: Khabarayn) -> Iterator[Khabarayn]:
    """``app`` with its context pushed, for tests of the rooms below the web."""
    with app.app_context():
        yield app


@pytest.fixture
def any_app_context(any_app: Khabarayn) -> Iterator[Khabarayn]:
    """`app_context` on each engine in turn."""
    with any_app.app_context():
        yield any_app


@pytest.fixture
def client(app: Khabarayn) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def enter(app: Khabarayn) -> Callable[..., Insider]:
    """Return a maker of clients that are signed in: ``enter("editor")``."""
    return partial(insider, app)


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    """A mail server of its own, and the letters that it took."""
    with mail_server() as box:
        yield box


@pytest.fixture
def any_client(any_app: Khabarayn) -> FlaskClient:
    return any_app.test_client()


@pytest.fixture(scope="session")
def postgres(make_settings) -> Iterator[str]:
    """The address of a private PostgreSQL, with a migrated database to copy from."""
    try:
        with postgres_server() as server:
            administer(server, "CREATE DATABASE khabarayn_migrated")
            _prepare(make_settings(database_url=f"{server}/khabarayn_migrated"))
            yield server
    except Unavailable as why:
        unavailable(why)


@pytest.fixture(scope="session")
def redis_server() -> Iterator[str]:
    """The address of a private Redis."""
    try:
        with redis_process() as address:
            yield address
    except Unavailable as why:
        unavailable(why)


@pytest.fixture
def s3(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address ``s3://…`` of an empty bucket in an object store of this process."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    # Servers of one process share what they hold: empty it.
    urlopen(Request(f"http://{host}:{port}/moto-api/reset", method="POST")).close()
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://{host}:{port}")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "for")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "tests")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    with closing(boto3.client("s3")) as plain:
        plain.create_bucket(Bucket="newsroom")
    yield "s3://newsroom/pictures"
    server.stop()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """A server of its own, not yet set up or started, for tests that break things."""
    made = Server(tmp_path / "data")
    yield made
    made.kill()


@pytest.fixture(scope="session")
def live_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A running server with the demo edition, for the whole session: only read from it."""
    made = Server(tmp_path_factory.mktemp("live") / "data")
    fill_with_demo(made)
    yield made.start()
    made.stop()


@pytest.fixture(scope="session")
def live(live_server: Server) -> str:
    """The address of `live_server`."""
    return live_server.url


def _opened(settings: Settings) -> Iterator[Khabarayn]:
    app = create_app(settings)
    with app.app_context():
        share_compiled_statements(db.engine)
    app.testing = True
    # Errors are answered, not raised: tests see what readers see.
    app.config["PROPAGATE_EXCEPTIONS"] = False
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def _prepare(settings: Settings) -> None:
    app = create_app(replace(settings))
    with app.app_context():
        upgrade()
        seed_sections(DEFAULT_SECTIONS, OPERATOR)
        # A test finds in the log what it did itself.
        db.session.execute(delete(LogRow))
        db.session.commit()
        db.session.remove()
        db.engine.dispose()


@pytest.hookimpl(tryfirst=True)  # before pytest-xdist reads the groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.name.startswith("test_offline_"):
            item.add_marker("offline")
        asked = set(getattr(item, "fixturenames", ()))
        if asked & NEEDS["live"]:
            # One of the parallel processes serves the demo edition, once.
            item.add_marker(pytest.mark.xdist_group("live"))
        elif "browser" in item.path.parts:
            # The servers that the tests of one file share are started once.
            item.add_marker(pytest.mark.xdist_group(item.path.stem))
        for need, fixtures in NEEDS.items():
            if asked & fixtures and "tests" in item.path.parts:
                if need == "browser" and "browser" not in item.path.parts:
                    continue
                item.add_marker(need)
            if item.get_closest_marker(need):
                item.user_properties.append(("need", need))
        if item.get_closest_marker("browser"):
            # A loaded machine can hold a browser up: docs/decisions/012-browser-tests-run-twice.md.
            item.add_marker(pytest.mark.flaky(reruns=1))


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Under CI a whole run must be whole: nothing skipped, and not fewer tests than the floor."""
    if hasattr(session.config, "workerinput"):
        return
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    whole = session.config.args_source is pytest.Config.ArgsSource.TESTPATHS
    if not os.environ.get("CI") or not whole or session.config.option.collectonly:
        return
    passed, skipped = (len(reporter.stats.get(kind, [])) for kind in ("passed", "skipped"))
    if session.exitstatus == 0 and (skipped or passed < int(FLOOR.read_text("ascii"))):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter, config: pytest.Config) -> None:
    reports = terminalreporter.stats.get("passed", [])
    kinds = Counter(need for report in reports for _, need in report.user_properties)
    told = ", ".join(f"{kind} {kinds[kind]}" for kind in NEEDS)
    terminalreporter.write_line(f"proved: {len(reports)} tests ({told})")
    for report in terminalreporter.stats.get("rerun", []):
        terminalreporter.write_line(f"needed a second run: {report.nodeid}", yellow=True)
        terminalreporter.write_line(report.longreprtext)
    skipped = len(terminalreporter.stats.get("skipped", []))
    if os.environ.get("CI") and skipped:
        terminalreporter.write_line(f"CI: {skipped} tests were skipped, and none may be", red=True)
    del config
