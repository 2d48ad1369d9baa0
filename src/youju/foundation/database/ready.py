"""A database that answers: the embedded server started where none runs, or the named server checked."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from youju.foundation.database.addresses import (
    Address,
    Role,
    address,
    app_address,
    owner_address,
    server_named,
)
from youju.foundation.database.leftovers import server_status
from youju.foundation.database.places import product_places
from youju.foundation.database.processes import alive
from youju.foundation.database.roles import ensure_embedded_roles, ensure_server_roles, grant_app
from youju.foundation.database.server import EmbeddedServer
from youju.foundation.kernel.errors import InputError

if TYPE_CHECKING:
    from psycopg import Connection

OLDEST = 15
# SQLSTATE: undefined table, undefined column, undefined function.
_NO_TABLE = ("42P01", "42703", "42883")
CONNECT_SECONDS = 10


def _silent(_message: str) -> None:
    return None


@contextmanager
def database_ready(
    *, exclusive: bool = False, connections: int = 100, tell: Callable[[str], None] = _silent
) -> Iterator[EmbeddedServer | None]:
    """Until the block ends, the product's database answers and has both roles; yields the server that was started.

    Args:
        exclusive: refuse to share an embedded server that another process runs (``youju up``).
        connections: the most sessions the embedded server takes.
        tell: receives Chinese sentences about what takes time.

    Raises:
        InputError: the folder is in use, the server cannot be reached or is too old, or a role cannot be made.
    """
    if server_named():
        prepare_named_server()
        yield None
        return
    server = EmbeddedServer(product_places(), connections=connections, tell=tell)
    if not exclusive and running_elsewhere(server):
        yield None
        return
    server.start()
    try:
        ensure_embedded_roles(str(server.places.socket))
        refresh_grants()
        yield server
    finally:
        server.stop(patient=not exclusive)


@contextmanager
def django_ready(*, tell: Callable[[str], None] = _silent, tables: bool = True) -> Iterator[None]:
    """What a verb needs before it touches a model: the database answers and Django is set up, as the application role.

    Args:
        tell: receives Chinese sentences about what takes time.
        tables: the verb works on the product's tables; without it a missing one is the verb's own affair.

    Raises:
        InputError: as ``database_ready``; the database has no tables yet.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "youju.config.settings")
    with database_ready(tell=tell):
        import django

        django.setup()
        from django.db import ProgrammingError, connections

        try:
            yield
        except ProgrammingError as error:
            if not tables or getattr(error.__cause__, "sqlstate", "") not in _NO_TABLE:
                raise
            raise InputError("数据库里还没有建表", how="请先运行一次 youju up，再运行本命令") from error
        finally:
            connections.close_all()


def running_elsewhere(server: EmbeddedServer) -> bool:
    """Whether another process of this machine runs the folder's server and it answers."""
    pid, status = server_status(server.places.data)
    return server.lock.holder() is not None and pid is not None and alive(pid) and status == "ready"


def prepare_named_server() -> None:
    """Check the server of ``YOUJU_DATABASE_URL`` and its roles.

    Raises:
        InputError: it does not answer, is older than ``OLDEST``, or the application role is missing and cannot be made.
    """
    owner = owner_address()
    with open_connection(owner, "YOUJU_DATABASE_URL") as connection:
        found = connection.info.server_version // 10_000
        if found < OLDEST:
            raise InputError(
                f"数据库服务器的版本是 {found}，至少要 {OLDEST}",
                where="YOUJU_DATABASE_URL",
                how="请升级 PostgreSQL",
            )
        ensure_server_roles(connection, owner)
        grant_app(connection, app_address().user)
    with open_connection(app_address(), "YOUJU_DATABASE_APP_URL"):
        pass


def refresh_grants() -> None:
    """Give the application role its rights on every table there is, and on those to come."""
    with open_connection(address(Role.OWNER), "") as connection:
        grant_app(connection, app_address().user)


def open_connection(where: Address, variable: str) -> Connection[Any]:
    """A psycopg connection in autocommit mode, within ``CONNECT_SECONDS``.

    Raises:
        InputError: the server cannot be reached or refuses the role; names the variable that holds the address.
    """
    import psycopg

    parameters = {"connect_timeout": CONNECT_SECONDS} | where.parameters()
    try:
        return psycopg.connect(**parameters, autocommit=True)
    except psycopg.OperationalError as error:
        reason = " ".join(str(error).split())
        raise InputError(
            f"连不上数据库（{reason}）",
            where=f"环境变量 {variable}" if variable else "",
            how="请核对地址、用户与口令，并确认服务器已启动",
        ) from error
