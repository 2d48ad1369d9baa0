"""A server named by ``YOUJU_DATABASE_URL``: its user owns and migrates; the application role is made, named or asked for."""

from __future__ import annotations

import signal
import stat
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from youju.foundation.database import ready
from youju.foundation.database.addresses import APP_NAME, app_address, django_databases, parse_url
from youju.foundation.database.places import ServerPlaces
from youju.foundation.database.ready import database_ready
from youju.foundation.database.server import EmbeddedServer
from youju.foundation.kernel.errors import InputError


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server without any role of ours, that lets everyone in: it stands for a server elsewhere."""
    import tempfile
    import time

    with tempfile.TemporaryDirectory(prefix="youju-named-") as folder:
        server = EmbeddedServer(ServerPlaces(Path(folder)), durable=False)
        server.start()
        (server.places.data / "pg_hba.conf").write_text("local all all trust\n")
        assert server.pid is not None
        import os

        os.kill(server.pid, signal.SIGHUP)
        time.sleep(0.3)
        yield str(server.places.socket)
        server.stop()


@pytest.fixture
def named(host: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of a fresh database whose owner may make roles."""
    with psycopg.connect(host=host, user="postgres", dbname="postgres", autocommit=True) as connection:
        connection.execute("CREATE ROLE boss LOGIN CREATEROLE")
        connection.execute("CREATE DATABASE office OWNER boss")
    url = f"postgresql://boss@/office?host={host}"
    monkeypatch.setenv("YOUJU_VAR", str(tmp_path / "var"))
    monkeypatch.setenv("YOUJU_DATABASE_URL", url)
    yield url
    with psycopg.connect(host=host, user="postgres", dbname="postgres", autocommit=True) as connection:
        connection.execute("DROP DATABASE office WITH (FORCE)")
        connection.execute(f"DROP ROLE IF EXISTS {APP_NAME}")
        connection.execute("DROP ROLE boss")


def _alter(host: str, statement: str) -> None:
    with psycopg.connect(host=host, user="postgres", dbname="postgres", autocommit=True) as connection:
        connection.execute(statement)


def test_the_application_role_is_made_once_with_a_secret_of_its_own(named: str, tmp_path: Path) -> None:
    with database_ready():
        first = app_address()
    secret = tmp_path / "var" / "secrets" / "database_app_password"
    assert stat.S_IMODE(secret.stat().st_mode) == 0o600
    assert len(first.password) > 30
    with database_ready():
        assert app_address() == first
    with psycopg.connect(**first.parameters()) as connection:
        row = connection.execute(
            "SELECT rolsuper, rolbypassrls, rolcreaterole FROM pg_roles WHERE rolname = current_user"
        ).fetchone()
    assert row == (False, False, False)


def test_django_serves_as_the_application_role(named: str) -> None:
    with database_ready():
        found = django_databases()["default"]
    assert (found["USER"], found["NAME"]) == (APP_NAME, "office")
    assert found["CONN_HEALTH_CHECKS"]


def test_an_owner_who_may_not_make_roles_gets_the_two_lines(named: str, host: str) -> None:
    _alter(host, "ALTER ROLE boss NOCREATEROLE")
    with pytest.raises(InputError) as refused, database_ready():
        pass
    lines = [line.strip() for line in str(refused.value).splitlines() if line.startswith("  ")]
    assert lines[0].startswith(f"CREATE ROLE {APP_NAME} LOGIN NOSUPERUSER")
    assert lines[1] == f'GRANT CONNECT ON DATABASE "office" TO {APP_NAME};'


def test_a_named_application_role_is_used(named: str, host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    _alter(host, f"CREATE ROLE {APP_NAME} LOGIN")
    monkeypatch.setenv("YOUJU_DATABASE_APP_URL", f"postgresql://{APP_NAME}@/office?host={host}")
    with database_ready(), psycopg.connect(**app_address().parameters(), autocommit=True) as connection:
        assert connection.execute("SELECT current_user").fetchone() == (APP_NAME,)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("CREATE TABLE intruder (n int)")


def test_a_role_without_a_known_password_is_not_guessed(named: str, host: str) -> None:
    _alter(host, f"CREATE ROLE {APP_NAME} LOGIN")
    with pytest.raises(InputError, match="没有它的口令"), database_ready():
        pass


def test_an_old_server_is_refused(named: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ready, "OLDEST", 99)
    with pytest.raises(InputError, match="至少要 99"), database_ready():
        pass


def test_a_server_that_does_not_answer_is_told_in_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YOUJU_DATABASE_URL", "postgresql://boss@127.0.0.1:1/office")
    with pytest.raises(InputError, match="连不上数据库") as refused, database_ready():
        pass
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("url", "complaint"),
    [
        ("mysql://a@b/c", "读不懂"),
        ("postgresql://host/name", "缺少用户名"),
        ("postgresql://me@host", "缺少库名"),
        ("nonsense", "读不懂"),
    ],
)
def test_an_address_that_cannot_be_read_names_its_variable(url: str, complaint: str) -> None:
    with pytest.raises(InputError, match=complaint) as refused:
        parse_url(url, "YOUJU_DATABASE_URL")
    assert "YOUJU_DATABASE_URL" in str(refused.value)


def test_parameters_of_libpq_are_kept() -> None:
    found = parse_url("postgresql://me:s%20x@db:6432/office?sslmode=require", "YOUJU_DATABASE_URL")
    assert (found.host, found.port, found.password, found.options) == (
        "db",
        "6432",
        "s x",
        {"sslmode": "require"},
    )
