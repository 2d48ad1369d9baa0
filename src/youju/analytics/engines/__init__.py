"""Engines that answer the same expression: PostgreSQL (live), DuckDB over the lake (history), Spark (all pilots)."""

from youju.analytics.engines.base import Engine, Spans, columns_of
from youju.analytics.engines.compiling import to_sql
from youju.analytics.engines.duck import DuckEngine

__all__ = ["DuckEngine", "Engine", "Spans", "columns_of", "to_sql"]
