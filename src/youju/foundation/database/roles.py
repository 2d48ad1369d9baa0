"""The owner role and the application role: how they are made, what the latter may do, and how to act as the owner."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from youju.foundation.database.addresses import (
    APP_NAME,
    APP_SECRET,
    DATABASE_NAME,
    OWNER_NAME,
    Address,
    Role,
    address,
)
from youju.foundation.database.cluster import SUPERUSER
from youju.foundation.kernel.errors import InputError
from youju.foundation.kernel.secret_files import read_secret, write_secret

if TYPE_CHECKING:
    from psycopg import Connection, sql

# Neither owner nor superuser: row-level security binds this role, and it cannot change a table or empty one unseen.
READ_ONLY = "youju: read-only for the application"
"""The comment of a table that the application role may read and not write."""
APP_ATTRIBUTES = "LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS"


@dataclass(frozen=True, slots=True)
class RoleState:
    """What ``pg_roles`` says of a role, and whether it owns the database or any table in it."""

    name: str
    superuser: bool
    bypasses_rls: bool
    creates_roles: bool
    owns_tables: bool

    @property
    def bound(self) -> bool:
        """Whether row-level security and the tables' grants bind this role."""
        return not (self.superuser or self.bypasses_rls or self.owns_tables)


def ensure_embedded_roles(host: str) -> None:
    """Make the two roles and the product's database in the embedded server at the socket folder ``host``; idempotent."""
    import psycopg
    from psycopg import sql

    with psycopg.connect(host=host, user=SUPERUSER, dbname="postgres", autocommit=True) as connection:
        known = {row[0] for row in connection.execute("SELECT rolname FROM pg_roles")}
        if OWNER_NAME not in known:
            connection.execute(
                sql.SQL(f"CREATE ROLE {{}} {APP_ATTRIBUTES}").format(sql.Identifier(OWNER_NAME))
            )
        if APP_NAME not in known:
            connection.execute(sql.SQL(f"CREATE ROLE {{}} {APP_ATTRIBUTES}").format(sql.Identifier(APP_NAME)))
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE_NAME]).fetchone():
            create = sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE template0")
            connection.execute(create.format(sql.Identifier(DATABASE_NAME), sql.Identifier(OWNER_NAME)))


def grant_app(connection: Connection[Any], app: str) -> None:
    """As the owner: let the application role read and write rows of every table, now and later, and nothing more."""
    from psycopg import sql

    role, owner = sql.Identifier(app), sql.SQL("CURRENT_USER")
    rows = sql.SQL("SELECT, INSERT, UPDATE, DELETE")
    counters = sql.SQL("USAGE, SELECT, UPDATE")
    for statement in (
        "GRANT USAGE ON SCHEMA public TO {role}",
        "GRANT {rows} ON ALL TABLES IN SCHEMA public TO {role}",
        "GRANT {counters} ON ALL SEQUENCES IN SCHEMA public TO {role}",
        "ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public GRANT {rows} ON TABLES TO {role}",
        "ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public GRANT {counters} ON SEQUENCES TO {role}",
    ):
        connection.execute(sql.SQL(statement).format(role=role, owner=owner, rows=rows, counters=counters))
    _withhold(connection, role)


def _withhold(connection: Connection[Any], role: sql.Identifier) -> None:
    """Take back the writing of tables that say so in their comment; one function writes each of them, for the owner."""
    from psycopg import sql

    marked = connection.execute(
        """SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
           WHERE n.nspname = 'public' AND obj_description(c.oid, 'pg_class') = %s""",
        [READ_ONLY],
    ).fetchall()
    for (name,) in marked:
        connection.execute(
            sql.SQL("REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON {} FROM {}").format(
                sql.Identifier(name), role
            )
        )
    connection.execute(sql.SQL("GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO {}").format(role))


def ensure_server_roles(connection: Connection[Any], owner: Address) -> None:
    """On a server named by ``YOUJU_DATABASE_URL``: make the application role where nobody named one.

    Raises:
        InputError: the owner may not make roles, or the role exists and its password is not known here.
    """
    from psycopg import sql

    if os.environ.get("YOUJU_DATABASE_APP_URL", "").strip():
        return
    exists = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [APP_NAME]).fetchone()
    if exists and read_secret(APP_SECRET):
        return
    state = role_state(connection, owner.user)
    if exists or not (state.creates_roles or state.superuser):
        why = (
            f"应用角色 {APP_NAME} 已存在，但本机没有它的口令"
            if exists
            else f"角色 {owner.user} 无权建立应用角色"
        )
        raise InputError(
            why,
            where="YOUJU_DATABASE_URL",
            how="请由数据库管理员执行下面两行，再设环境变量 YOUJU_DATABASE_APP_URL 指明它：\n"
            f"  {'ALTER' if exists else 'CREATE'} ROLE {APP_NAME} {APP_ATTRIBUTES} PASSWORD '一个长口令';\n"
            f'  GRANT CONNECT ON DATABASE "{owner.name}" TO {APP_NAME};\n',
        )
    password = secrets.token_urlsafe(32)
    create = sql.SQL(f"CREATE ROLE {{}} {APP_ATTRIBUTES} PASSWORD {{}}")
    with connection.transaction():
        connection.execute(create.format(sql.Identifier(APP_NAME), sql.Literal(password)))
        connection.execute(
            sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(
                sql.Identifier(owner.name), sql.Identifier(APP_NAME)
            )
        )
        write_secret(APP_SECRET, password)


def role_state(connection: Connection[Any], name: str) -> RoleState:
    """What a role is and owns in the connected database.

    Raises:
        InputError: there is no such role.
    """
    row = connection.execute(
        """SELECT rolsuper, rolbypassrls, rolcreaterole,
                  EXISTS (SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                          WHERE c.relowner = r.oid AND c.relkind IN ('r', 'p')
                            AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname !~ '^pg_(toast|temp)')
                  OR EXISTS (SELECT 1 FROM pg_database d WHERE d.datname = current_database() AND d.datdba = r.oid)
           FROM pg_roles r WHERE rolname = %s""",
        [name],
    ).fetchone()
    if row is None:
        raise InputError(f"数据库里没有角色 {name}", how="请运行 youju up，它会建立所需的角色")
    return RoleState(name, *row)


@contextmanager
def acting_as(role: Role) -> Iterator[None]:
    """Let Django's connection of this thread act as a role until the block ends; open transactions end with it."""
    from django.db import connection

    before = dict(connection.settings_dict)
    connection.close()
    there = address(role).for_django() | {"NAME": before["NAME"]}
    connection.settings_dict.update(there)
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict.update(before)
