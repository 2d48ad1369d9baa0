"""Many rows into a table by COPY, inside the running transaction, streamed; the guard of row-level security is asked."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import connection
from django.db.models import JSONField, Model
from django.db.models.fields import NOT_PROVIDED

_SIGNS = str.maketrans({"\\": "\\\\", '"': '\\"'})


def copy_rows(table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """COPY rows into a table; how many. The way for importers to store many rows.

    PostgreSQL takes no COPY into a table with row-level security from a role that it binds: those rows go through a temporary
    table and one INSERT, which the guard judges.
    """
    from psycopg import sql

    names = sql.SQL(", ").join(sql.Identifier(name) for name in columns)
    target, into = sql.Identifier(table), sql.Identifier(table)
    count = 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_security_active(%s)", [table])
        guarded = bool(cursor.fetchone()[0])
        if guarded:
            into = sql.Identifier(f"copy_{table}")
            # Without the target's constraints and defaults: only these columns, checked when they are inserted.
            cursor.execute(
                sql.SQL("CREATE TEMPORARY TABLE {} ON COMMIT DROP AS SELECT {} FROM {} WITH NO DATA").format(
                    into, names, target
                )
            )
        with cursor.copy(sql.SQL("COPY {} ({}) FROM STDIN").format(into, names)) as copy:
            for row in rows:
                copy.write_row(row)
                count += 1
        if guarded:
            cursor.execute(
                sql.SQL("INSERT INTO {} ({}) SELECT {} FROM {}").format(target, names, names, into)
            )
            cursor.execute(sql.SQL("DROP TABLE {}").format(into))
    return count


def write(model: type[Model], named: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> int:
    """COPY rows into a model's table; how many. What a row does not name gets the field's default, as Django would give it.

    Args:
        model: whose table.
        named: the attributes that the rows give (``party_id`` for a foreign key); an attribute missing in a row is its default.
        rows: attribute → value, streamed.
    """
    defaults = _defaults(model, named)
    columns = {
        field.attname: field for field in model._meta.concrete_fields if field.attname in {*named, *defaults}
    }
    arrays = {name for name, field in columns.items() if isinstance(field, ArrayField)}
    texts = {name for name, field in columns.items() if isinstance(field, JSONField)}

    def lines() -> Iterator[list[Any]]:
        for row in rows:
            line = []
            for name in columns:
                value = row[name] if name in row else defaults.get(name)
                if name in arrays:
                    value = _array(value)
                elif name in texts:
                    value = json.dumps(value, ensure_ascii=False)
                line.append(value)
            yield line

    return copy_rows(model._meta.db_table, [str(field.column) for field in columns.values()], lines())


def _defaults(model: type[Model], named: Sequence[str]) -> dict[str, Any]:
    """What Django would store for attributes that have a default of its own and none in the database, or hold a blank text."""
    return {
        field.attname: field.get_default()
        for field in model._meta.concrete_fields
        if not field.primary_key
        and (field.attname in named or field.db_default is NOT_PROVIDED)
        and (field.has_default() or not field.null)
    }


def _array(values: Sequence[str] | None) -> str | None:
    # An array of varchar and one of text differ for the driver; written out, both are read.
    if values is None:
        return None
    return "{" + ",".join(f'"{str(value).translate(_SIGNS)}"' for value in values) + "}"
