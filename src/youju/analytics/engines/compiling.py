"""From an Ibis expression to one engine's SQL, its documented tables put in place of their names."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import ibis.expr.operations as ops
import ibis.expr.types as ir
import sqlglot.expressions as sge

from youju.analytics.engines.kept import kept

DIALECTS = ("postgres", "duckdb", "pyspark")


@lru_cache(maxsize=len(DIALECTS))
def _compiler(dialect: str) -> Any:
    # One by one: the compilers alone need neither pandas nor a driver of the engine.
    from ibis.backends.sql.compilers import duckdb, postgres, pyspark

    return {"postgres": postgres, "duckdb": duckdb, "pyspark": pyspark}[dialect].compiler


def load_compilers() -> None:
    """Load them now, before processes are forked that would each spend a second on it at the first figure."""
    for dialect in DIALECTS:
        _compiler(dialect)


def to_sql(expression: ir.Table, dialect: str, sources: Mapping[str, str] | None = None) -> str:
    """The SQL text of an expression.

    Args:
        expression: over unbound documented tables.
        dialect: ``postgres``, ``duckdb`` or ``pyspark``.
        sources: table name → a SELECT in that dialect (of ours, without parentheses) that gives its rows; a table that is not
            among them stays ``@name@``, which no engine knows.
    """
    text = _text(expression.op(), dialect)
    for name, select in (sources or {}).items():
        text = text.replace(_mark(name, dialect), f"({select})")
    return text


def to_united_sql(
    expressions: Mapping[str, ir.Table],
    dialect: str,
    sources: Mapping[str, str] | None = None,
    values: Mapping[str, Mapping[str, str]] | None = None,
) -> str:
    """The SQL text of several expressions with the same columns, each row with the label of its own.

    They are put together as text, since each alone compiles once and all of them together would every time.

    Args:
        expressions: by label.
        dialect: as :func:`to_sql` takes it.
        sources: as :func:`to_sql` takes them.
        values: label → what stands in place of the :func:`placeholder` of a name: an expression that is asked for twelve
            projects compiles once.
    """
    quoted = {label: label.replace("'", "''") for label in expressions}
    given = values or {}
    return " UNION ALL ".join(
        f"SELECT '{quoted[label]}' AS label, one.* FROM ({_filled(to_sql(each, dialect, sources), given.get(label, {}), dialect)}) AS one"  # noqa: S608, E501 - labels of ours
        for label, each in expressions.items()
    )


def placeholder(name: str) -> str:
    """What stands in an expression in place of a text that is known later: only within a literal of text."""
    return f"@:{name}:@"


def _filled(text: str, values: Mapping[str, str], dialect: str) -> str:
    for name, value in values.items():
        # Two quotes are one in SQL; Spark takes them for two texts beside each other, and a backslash for an escape.
        literal = (
            value.replace("\\", "\\\\").replace("'", "\\'")
            if dialect == "pyspark"
            else value.replace("'", "''")
        )
        text = text.replace(placeholder(name), literal)
    return text


@lru_cache(maxsize=4096)
def _text(operation: Any, dialect: str) -> str:
    """The statement before its tables are placed: the costly part, the same whenever the same is asked."""
    return kept(operation, dialect, lambda: _compiled(operation, dialect))


def _compiled(operation: Any, dialect: str) -> str:
    compiler = _compiler(dialect)
    # What is used twice the compiler names itself (WITH t2 AS …): such a name stays.
    documented = {table.name for table in operation.find(ops.UnboundTable)}

    def marked(node: sge.Expression) -> sge.Expression:
        if isinstance(node, sge.Table) and node.name in documented:
            return sge.Table(
                this=sge.to_identifier(f"@{node.name}@", quoted=True), alias=node.args.get("alias")
            )
        return node

    return str(compiler.to_sqlglot(operation.to_expr()).transform(marked).sql(dialect=compiler.dialect))


def _mark(name: str, dialect: str) -> str:
    quote = "`" if dialect == "pyspark" else '"'
    return f"{quote}@{name}@{quote}"
