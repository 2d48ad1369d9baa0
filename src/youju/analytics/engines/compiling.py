"""From an Ibis expression to one engine's SQL, its documented tables put in place of their names."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
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
    # In place: a transformed copy of the tree would cost more than compiling it.
    for node in list(tree.find_all(sge.Table)):
        if node.name in known:
            select = _parsed(known[node.name], dialect).copy()
            node.replace(sge.Subquery(this=select, alias=node.args.get("alias")))
    return str(tree.sql(dialect=compiler.dialect))


@lru_cache(maxsize=64)
def _parsed(select: str, dialect: str) -> Any:
    # A source is the same for every question; reading it again each time took longer than the question.
    return sge.maybe_parse(select, dialect=_compiler(dialect).dialect)
