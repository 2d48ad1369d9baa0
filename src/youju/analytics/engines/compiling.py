"""From an Ibis expression to one engine's SQL, its documented tables put in place of their names."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Any

import ibis.expr.types as ir
import sqlglot.expressions as sge

DIALECTS = ("postgres", "duckdb", "pyspark")


@lru_cache(maxsize=len(DIALECTS))
def _compiler(dialect: str) -> Any:
    # One by one: the compilers alone need neither pandas nor a driver of the engine.
    from ibis.backends.sql.compilers import duckdb, postgres, pyspark

    return {"postgres": postgres, "duckdb": duckdb, "pyspark": pyspark}[dialect].compiler


def to_sql(expression: ir.Table, dialect: str, sources: Mapping[str, str] | None = None) -> str:
    """The SQL text of an expression.

    Args:
        expression: over unbound documented tables.
        dialect: ``postgres``, ``duckdb`` or ``pyspark``.
        sources: table name → a SELECT in that dialect (of ours, without parentheses) that gives its rows.
    """
    compiler = _compiler(dialect)
    tree = compiler.to_sqlglot(expression)
    known = sources or {}

    @cache
    def parsed(name: str) -> Any:
        # Only what the expression names: a list of hundreds of files costs the parser milliseconds.
        return sge.maybe_parse(known[name], dialect=compiler.dialect)

    def placed(node: sge.Expression) -> sge.Expression:
        if isinstance(node, sge.Table) and node.name in known:
            return sge.Subquery(this=parsed(node.name).copy(), alias=node.args.get("alias"))
        return node

    return str(tree.transform(placed).sql(dialect=compiler.dialect))
