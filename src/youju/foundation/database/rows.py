"""Row-level security, the second wall behind the selectors: which rows the application role sees and writes.

A migration guards a table with one expression. In it stand ``{all}`` (true for who may reach every row), ``{sections}`` (the
actor's sections as ``text[]``, or NULL) and ``{organisation}`` (the id of the actor's organisation, or NULL); the expression
is used once for reading and once for writing, each with the reach that the context gives for it. The functions behind them
are made by ``identity.0004``. The owner of the tables, who migrates and backs up, is not bound.
"""

from __future__ import annotations

from typing import cast

from django.db.migrations.operations import RunSQL


def guard(table: str, rows: str, *, writes: str = "") -> RunSQL:
    """Let the application role read and write only the rows that fit.

    Args:
        table: the table's name.
        rows: an SQL condition on a row, with the three placeholders.
        writes: the condition for writing where it differs from the one for reading.
    """
    reading, writing = _filled(rows, "reads"), _filled(writes or rows, "writes")
    return RunSQL(
        [
            f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
            f"CREATE POLICY {table}_reads ON {table} FOR SELECT USING ({reading})",
            f"CREATE POLICY {table}_adds ON {table} FOR INSERT WITH CHECK ({writing})",
            f"CREATE POLICY {table}_changes ON {table} FOR UPDATE USING ({writing}) WITH CHECK ({writing})",
            f"CREATE POLICY {table}_removes ON {table} FOR DELETE USING ({writing})",
        ],
        [
            *(f"DROP POLICY {table}_{what} ON {table}" for what in ("reads", "adds", "changes", "removes")),
            f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY",
        ],
    )


def amended(before: RunSQL, words: str, by: str) -> RunSQL:
    """The same guard with other words in its conditions; reversed, the guard as it was.

    Raises:
        ValueError: the guard does not have the words.
    """
    # As ``guard`` makes them: lists of statements.
    made, gone = cast("list[str]", before.sql), cast("list[str]", before.reverse_sql)
    if not any(words in statement for statement in made):
        raise ValueError(f"no guard has {words}")
    return RunSQL([*gone, *(statement.replace(words, by) for statement in made)], [*gone, *made])


def taking_part(table: str, *, through: str = "") -> str:
    """The condition for records that several organisations take part in: ``organisations`` and ``sections`` say who.

    Args:
        table: the table with the two columns.
        through: the column that holds its id, for a table of parts; without it the condition is for the table itself.
    """
    prefix = "t." if through else ""
    rows = (
        "({all}"
        f" OR {prefix}organisations @> ARRAY[{{organisation}}]::bigint[]"
        f" OR (cardinality({prefix}sections) = 0 AND {{sections}} IS NOT NULL)"
        f" OR {prefix}sections::text[] && {{sections}})"
    )
    if not through:
        return rows
    # First what costs nothing: who reaches all looks nothing up.
    return f"({{all}} OR EXISTS (SELECT 1 FROM {table} t WHERE t.id = {through} AND {rows}))"  # noqa: S608 - names of ours


def _filled(rows: str, way: str) -> str:
    # In a sub-select each is asked once a statement and not once a row.
    return rows.format(
        all=f"(SELECT youju_all('{way}'))",
        sections=f"(SELECT youju_sections('{way}'))",
        organisation=f"(SELECT youju_organisation('{way}'))",
    )
