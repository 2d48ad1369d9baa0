"""Engines that answer the same expression: PostgreSQL (live), DuckDB over the lake (history), Spark (all pilots)."""

from youju.analytics.engines.base import LABEL, Engine, Spans, columns_of, labelled
from youju.analytics.engines.compiling import to_sql, to_united_sql
from youju.analytics.engines.duck import DuckEngine

__all__ = ["LABEL", "DuckEngine", "Engine", "Spans", "columns_of", "labelled", "to_sql", "to_united_sql"]
