"""What the manifest says of an installation: versions, migrations, rows by table; and whether this program knows them."""

from __future__ import annotations

import tomllib
from contextlib import suppress
from importlib import metadata
from typing import TYPE_CHECKING, Any

from youju.foundation.kernel import places
from youju.foundation.kernel.errors import InputError

if TYPE_CHECKING:
    from psycopg import Connection


def product_version() -> str:
    """The version of this program; a checkout that was never installed has it in ``pyproject.toml`` alone."""
    try:
        return metadata.version("youju")
    except metadata.PackageNotFoundError:
        with suppress(OSError, ValueError, KeyError):
            text = (places.ROOT / "pyproject.toml").read_text(encoding="utf-8")
            return str(tomllib.loads(text)["project"]["version"])
    return ""


def facts(connection: Connection[Any]) -> dict[str, Any]:
    """The facts of the connected database, inside the snapshot of its transaction."""
    from youju.foundation.policies import policy_hash

    row = connection.execute(
        "SELECT pg_database_size(current_database()), current_database(), to_regclass('django_migrations') IS NOT NULL"
    ).fetchone()
    assert row is not None  # noqa: S101
    size, name, migrated = row
    applied = []
    if migrated:
        applied = connection.execute("SELECT app, name FROM django_migrations ORDER BY app, name").fetchall()
    return {
        "product": product_version(),
        "postgresql": connection.info.server_version,
        "policy_hash": policy_hash(),
        "database": {"name": name, "bytes": size, "tables": rows_by_table(connection)},
        "migrations": [f"{app}.{migration}" for app, migration in applied],
    }


def rows_by_table(connection: Connection[Any]) -> dict[str, int]:
    """How many rows each table of the product holds."""
    from psycopg import sql

    names = [
        row[0]
        for row in connection.execute(
            """SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
               WHERE n.nspname = 'public' AND c.relkind = 'r' ORDER BY c.relname"""
        )
    ]
    counted = {}
    for name in names:
        row = connection.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(name))).fetchone()
        counted[name] = int(row[0]) if row else 0
    return counted


def check_known(manifest: dict[str, Any]) -> None:
    """Refuse a backup that only a newer program understands. Django must be set up; no database is asked.

    Raises:
        InputError: it has migrations that this program does not have.
    """
    from django.db.migrations.loader import MigrationLoader

    loader = MigrationLoader(None, ignore_no_migrations=True)
    replaced = {pair for migration in loader.replacements.values() for pair in migration.replaces}
    known = {f"{app}.{name}" for app, name in {*loader.disk_migrations, *replaced}}
    strange = sorted(set(manifest.get("migrations", [])) - known)
    if strange:
        raise InputError(
            f"这份备份比本程序新：它有本程序不认识的变更 {strange[0]}{' 等' if len(strange) > 1 else ''}",
            how=f"请先换用 {manifest.get('product', '新')} 版或更新的程序，再恢复",
        )
