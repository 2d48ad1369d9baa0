"""A database beside the product's own: made, filled from an archive, compared, and dropped or kept."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from youju.foundation.backup import facts, programs
from youju.foundation.backup.archive import DUMP, Archive, Member, Progress
from youju.foundation.database.addresses import Address, app_address, owner_address, server_named
from youju.foundation.database.cluster import SUPERUSER
from youju.foundation.database.ready import open_connection
from youju.foundation.database.roles import grant_app
from youju.foundation.kernel.errors import InputError

if TYPE_CHECKING:
    from psycopg import Connection

_VARIABLE = "YOUJU_DATABASE_URL"


def admin_address() -> Address:
    """Who makes, renames and drops databases: the embedded server's superuser, or the owner of the named one."""
    owner = owner_address()
    return (
        replace(owner, name="postgres") if server_named() else replace(owner, name="postgres", user=SUPERUSER)
    )


@contextmanager
def admin() -> Iterator[Connection[Any]]:
    """A connection that may make and rename databases.

    Raises:
        InputError: on a named server, the owner may not.
    """
    with open_connection(admin_address(), _VARIABLE) as connection:
        row = connection.execute(
            "SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user"
        ).fetchone()
        if not row or not row[0]:
            user = owner_address().user
            raise InputError(
                f"角色 {user} 无权建立数据库，不能在旁边恢复",
                where=_VARIABLE,
                how=f'请由数据库管理员执行 ALTER ROLE "{user}" CREATEDB，恢复后可以收回',
            )
        yield connection


def databases(connection: Connection[Any]) -> set[str]:
    """The names of the server's databases."""
    return {row[0] for row in connection.execute("SELECT datname FROM pg_database").fetchall()}


def make(name: str) -> Address:
    """An empty database of the owner; its address as the owner."""
    from psycopg import sql

    with admin() as connection:
        create = sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE template0")
        connection.execute(create.format(sql.Identifier(name), sql.Identifier(owner_address().user)))
    return replace(owner_address(), name=name)


def drop(name: str) -> None:
    """Drop a database that we made."""
    from psycopg import sql

    with admin() as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def fill(where: Address, archive: Archive, progress: Progress) -> None:
    """Restore the archive's dump into an empty database, give the application role its rights, compare every table.

    Raises:
        InputError: pg_restore failed, or a table does not hold the rows that the manifest counts.
    """
    member = next(each for each in archive.members if each.name == DUMP)
    with open_connection(where, _VARIABLE) as connection:
        major = connection.info.server_version // 10_000
    programs.restore(where, major, _counted(archive, member, progress))
    with open_connection(where, _VARIABLE) as connection:
        grant_app(connection, app_address().user)
        progress("核对行数", 0, 1)
        found = facts.rows_by_table(connection)
        progress("核对行数", 1, 1)
    wanted = archive.manifest["database"]["tables"]
    for table in sorted({*wanted, *found}):
        if wanted.get(table) != found.get(table):
            raise InputError(
                f"恢复出来的表 {table} 有 {found.get(table, 0)} 行，清单里是 {wanted.get(table, 0)} 行",
                where=str(archive.path),
                how="现有的数据没有动过；请换一份备份",
            )


def rehearse(archive: Archive, progress: Progress) -> None:
    """Restore into a database of its own, compare, drop it.

    Raises:
        InputError: it cannot be restored.
    """
    name = f"{owner_address().name}_rehearse_{datetime.now():%Y%m%d%H%M%S}_{os.getpid()}"  # noqa: DTZ005 - a name
    where = make(name)
    try:
        fill(where, archive, progress)
    finally:
        drop(name)


def _counted(archive: Archive, member: Member, progress: Progress) -> Iterator[bytes]:
    done = 0
    for chunk in archive.read(member.name):
        done += len(chunk)
        progress("恢复数据库", min(done, member.size - 1), member.size)
        yield chunk
    progress("恢复数据库", member.size, member.size)
