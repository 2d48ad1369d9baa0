"""Engines that answer the same expression: PostgreSQL (live), DuckDB over the lake (history), Spark (all pilots)."""

from youju.analytics.engines.base import LABEL, Engine, Spans, columns_of, labelled
from youju.analytics.engines.compiling import placeholder, to_sql, to_united_sql
from youju.analytics.engines.duck import DuckEngine
from youju.analytics.engines.kept import keep_in

__all__ = [
    "LABEL",
    "DuckEngine",
    "Engine",
    "Spans",
    "columns_of",
    "keep_in",
    "labelled",
    "placeholder",
    "to_sql",
    "to_united_sql",
]
