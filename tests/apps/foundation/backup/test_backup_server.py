"""On a server named by ``YOUJU_DATABASE_URL``: as its owner, who must be allowed to make databases."""

from __future__ import annotations

import os
import signal
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from youju.foundation.database.places import ServerPlaces
from youju.foundation.database.server import EmbeddedServer


@pytest.fixture
def host() -> Iterator[str]:
    """A server that lets everyone in; it stands for a server elsewhere."""
    with tempfile.TemporaryDirectory(prefix="youju-server-") as folder:
        server = EmbeddedServer(ServerPlaces(Path(folder)), durable=False)
        server.start()
        (server.places.data / "pg_hba.conf").write_text("local all all trust\n")
        assert server.pid is not None
        os.kill(server.pid, signal.SIGHUP)
        time.sleep(0.3)
        yield str(server.places.socket)
        server.stop()


def _as_admin(host: str, *statements: str) -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = []
    with psycopg.connect(host=host, user="postgres", dbname="postgres", autocommit=True) as connection:
        for statement in statements:
            cursor = connection.execute(statement)
            rows = cursor.fetchall() if cursor.description else []
    return rows


def test_saved_and_restored_as_the_owner(host: str, new_machine, room: Path) -> None:
    _as_admin(host, "CREATE ROLE boss LOGIN CREATEROLE", "CREATE DATABASE office OWNER boss")
    machine, saved = new_machine(), room / "server.tar"
    machine.environment["YOUJU_DATABASE_URL"] = f"postgresql://boss@/office?host={host}"
    with machine.up():
        pass
    machine.well("backup", saved)
    machine.well(
        "users", "create-admin", "--username", "sunjing", "--name", "孙静", "--organisation", "某中心"
    )
    refused = machine.run("restore", saved)
    assert refused.returncode == 2
    assert 'ALTER ROLE "boss" CREATEDB' in refused.stderr
    assert machine.ask("SELECT count(*) FROM identity_user") == "1"
    _as_admin(host, "ALTER ROLE boss CREATEDB")
    with psycopg.connect(host=host, user="boss", dbname="office"):
        busy = machine.run("restore", saved)
    assert busy.returncode == 2
    assert "还有 1 个程序连着数据库 office" in busy.stderr
    restored = machine.json("restore", saved)
    assert machine.ask("SELECT count(*) FROM identity_user") == "0"
    names = {row[0] for row in _as_admin(host, "SELECT datname FROM pg_database")}
    assert names >= {"office", restored["old_database"]}
    assert not any("_restore_" in str(name) or "_rehearse_" in str(name) for name in names)
    assert machine.json("audit", "verify")["intact"]
    with machine.up():
        assert machine.ask("SELECT count(*) FROM audit_entry WHERE verb = 'backup.archive.restored'") == "1"
