"""One PostgreSQL for all test processes of a checkout: started by the first, stopped by the last.

Everything lies in a folder of its own below the temporary folder; durability is off. Each process works in a database of
its own, cloned from a template that is migrated once for each state of the migration files.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from importlib.metadata import version
from pathlib import Path

import psycopg
from psycopg import sql

from youju.foundation.database import leftovers
from youju.foundation.database.addresses import OWNER_NAME, Role, app_address
from youju.foundation.database.places import ServerPlaces
from youju.foundation.database.processes import alive
from youju.foundation.database.roles import acting_as, ensure_embedded_roles
from youju.foundation.database.server import EmbeddedServer
from youju.foundation.kernel import places

TEMPLATE = "youju_template_"


def tests_folder() -> Path:
    """The folder of this checkout's tests, which all their processes share."""
    mark = hashlib.sha256(os.fsencode(places.ROOT)).hexdigest()[:10]
    return Path(tempfile.gettempdir()) / f"youju-test-{os.geteuid()}-{mark}"


def own_var() -> Path:
    """This process's folder in place of ``var/``: its files are its own, and only the server is everybody's."""
    worker = os.environ.get("YOUJU_TESTS_TIER", "") + os.environ.get("PYTEST_XDIST_WORKER", "main")
    folder = tests_folder() / worker
    folder.mkdir(parents=True, exist_ok=True)
    with suppress(FileExistsError):
        (folder / "postgres").symlink_to(_server().root)
    return folder


def _server() -> ServerPlaces:
    return ServerPlaces(tests_folder() / "postgres")


@contextmanager
def own_database() -> Iterator[str]:
    """The name of a fresh, migrated database, dropped at the end. Django must be set up; its connection is not moved."""
    folder = tests_folder()
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    name = f"youju_test_{os.getpid()}_{worker}"
    with (folder / "users.lock").open("w") as users:
        with _mutex(folder):
            _start_if_needed()
            fcntl.flock(users, fcntl.LOCK_SH)
            _drop_abandoned()
            _clone(_template(), name)
        try:
            yield name
        finally:
            _execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
            with _mutex(folder):
                fcntl.flock(users, fcntl.LOCK_UN)
                _stop_if_last(users.fileno())


def empty_tables() -> None:
    """Delete the rows of this process's database, but for those that Django makes when it migrates."""
    from django.db import connection

    name = connection.settings_dict["NAME"]
    with psycopg.connect(host=str(_server().socket), user="postgres", dbname=name) as superuser:
        looks = [
            sql.SQL("SELECT {} WHERE EXISTS (SELECT FROM {})").format(
                sql.Literal(table), sql.Identifier(table)
            )
            for table in _tables()
        ]
        filled = superuser.execute(sql.SQL(" UNION ALL ").join(looks)).fetchall()
        # No triggers, of guards or of foreign keys: what refers to a row goes with it.
        superuser.execute("SET session_replication_role = replica")
        for (table,) in filled:
            superuser.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(table)))


@cache
def _tables() -> tuple[str, ...]:
    from django.db import connection

    kept = {"django_content_type", "auth_permission"}
    queue = (
        "procrastinate_events",
        "procrastinate_jobs",
        "procrastinate_periodic_defers",
        "procrastinate_workers",
    )
    known = connection.introspection.django_table_names(only_existing=True, include_views=False)
    return (*sorted({*known, *queue} - kept),)


@contextmanager
def unguarded_trail() -> Iterator[None]:
    """Within the block, the owner may empty and change the tables of the audit trail: what its tests play at."""
    from django.db import connection

    tables = ("audit_entry", "audit_segment")
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            for table in tables:
                cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


@contextmanager
def _mutex(folder: Path) -> Iterator[None]:
    with (folder / "mutex.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _start_if_needed() -> None:
    home = _server()
    pid, status = leftovers.server_status(home.data)
    if status == "ready" and pid in leftovers.servers_on(home.data):
        return
    server = EmbeddedServer(home, durable=False, outlives=True, connections=200)
    server.start()
    server.leave()
    ensure_embedded_roles(str(home.socket))


def _stop_if_last(users: int) -> None:
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return
    leftovers.clear(_server().data)


def _execute(statement: sql.Composable) -> list[tuple[str, ...]]:
    with psycopg.connect(
        host=str(_server().socket), user="postgres", dbname="postgres", autocommit=True
    ) as connection:
        cursor = connection.execute(statement)
        return cursor.fetchall() if cursor.description else []


def _databases() -> list[str]:
    return [row[0] for row in _execute(sql.SQL("SELECT datname FROM pg_database"))]


def _drop_abandoned() -> None:
    for name in _databases():
        match = re.fullmatch(r"youju_test_(\d+)_\w+", name)
        if match and not alive(int(match[1])):
            _execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _template() -> str:
    """The name of the migrated template; made when a migration has changed, the older ones dropped."""
    wanted = TEMPLATE + migrations_mark()
    known = [name for name in _databases() if name.startswith(TEMPLATE)]
    if wanted in known:
        return wanted
    fresh = f"{TEMPLATE}fresh"
    for name in known:
        _execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
    _execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(fresh), sql.Identifier(OWNER_NAME)))
    _migrate(fresh)
    _execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(fresh), sql.Identifier(wanted)))
    return wanted


def _migrate(name: str) -> None:
    from django.core.management import call_command
    from django.db import connection

    from youju.foundation.database.roles import grant_app

    connection.settings_dict["NAME"] = name
    with acting_as(Role.OWNER):
        connection.ensure_connection()
        grant_app(connection.connection, app_address().user)
        call_command("migrate", verbosity=0, interactive=False)
        grant_app(
            connection.connection, app_address().user
        )  # as youju up does: some new tables are read-only


def _clone(template: str, name: str) -> None:
    clone = sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {}")
    _execute(clone.format(sql.Identifier(name), sql.Identifier(OWNER_NAME), sql.Identifier(template)))


def migrations_mark() -> str:
    """What the tables of this checkout follow from, in hex. Django must be set up."""
    from django.conf import settings

    mark = hashlib.sha256(repr(settings.INSTALLED_APPS).encode())
    mark.update((version("Django") + version("django-axes")).encode())
    for path in sorted((places.ROOT / "src").glob("**/migrations/*.py")):
        mark.update(str(path).encode() + path.read_bytes())
    return mark.hexdigest()[:16]
