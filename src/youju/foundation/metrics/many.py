"""An engine for many questions at once: over the documented tables that they read, each from where it is quickest and true.

A department's hundred indicators read twenty tables. Nineteen are small: they are copied from the records in the asker's reach
(COPY on the application's own connection, row-level security holds) and kept in memory as Arrow for as long as nothing was
written that is on the trail. What is large comes from the lake, where its marks say that it has of the months in question what
the records have, or, if it is not late, as it was refreshed last. Where neither does, PostgreSQL answers by itself. Answers are
the same, wherever they come from.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import pyarrow as pa
from django.conf import settings
from django.db import connection
from django.utils import timezone

from youju.analytics.engines import DuckEngine, Engine, Spans
from youju.analytics.periods import Period
from youju.analytics.scopes import Scope
from youju.analytics.tables import RELEASED_LINES, analytic_tables
from youju.foundation.audit.selectors import trail_stamp
from youju.foundation.kernel.context import current
from youju.foundation.metrics.copying import copied
from youju.foundation.metrics.keeping import KeptEngines
from youju.foundation.metrics.lake_limits import late
from youju.foundation.metrics.postgres import PostgresEngine
from youju.foundation.metrics.selectors.freshness import Fresh, fresh_lake

MOST_ROWS = 400_000
"""Rows of one table that are kept in memory; the widest takes about 100 MB with them."""
LARGE = 20_000
"""From how many rows of the months in question the lake is asked whether it has them."""


_engines: KeptEngines[Engine] = KeptEngines()


def engine_over(spans: Spans) -> Engine:
    """What answers questions that read these months of these tables, in the asker's reach.

    Args:
        spans: table → the months that are read of it; whole years of them are made ready, so that the next question about
            another month of the same year finds them.
    """
    whole = {name: _years(span) for name, span in sorted(spans.items())}
    # The stamp first: rows written in between are then under a newer one.
    stamp = trail_stamp()
    key = (connection.settings_dict["NAME"], current().reads, stamp, tuple(whole.items()))
    return _engines.of(key, lambda: _gathered(whole))


def _gathered(spans: Spans) -> Engine:
    as_of: datetime = timezone.now()
    tables: dict[str, pa.Table] = {}
    from_lake: dict[str, Fresh] = {}
    any_lake = fresh_lake(RELEASED_LINES)
    for name, span in spans.items():
        lake = _lake_of(name, span, any_lake)
        if lake is not None:
            from_lake[name] = lake
            as_of = as_of if lake.says_now(span.months) else min(as_of, lake.as_of)
            continue
        rows = copied(Scope(span).rows(name).limit(MOST_ROWS + 1))
        if rows.num_rows > MOST_ROWS:
            return PostgresEngine()
        tables[name] = rows

    def files(name: str, span: Period | None) -> Sequence[Path]:
        return from_lake[name].state.files(name, span) if name in from_lake else ()

    engine = DuckEngine(as_of=as_of, arrow=tables, files=files, pilot=settings.PILOT, threads=2)
    if not from_lake:
        # Who asks again should ask the records: the lake had no part in the answer.
        engine.name = PostgresEngine.name
    return engine


def _lake_of(name: str, span: Period, any_lake: Fresh | None) -> Fresh | None:
    """The lake for a table that is large there, if it may be asked about these months."""
    if any_lake is None or any_lake.rows(name, span.months) < LARGE:
        return None
    lake = any_lake if name == RELEASED_LINES.name else fresh_lake(analytic_tables()[name])
    if lake is None or lake.says_now(span.months):
        return lake
    few = lake.rows(name, span.months) <= MOST_ROWS
    return None if few or timezone.now() - lake.as_of > late() else lake


def _years(span: Period) -> Period:
    return Period(span.start.replace(month=1), Period.year(span.last_day.year).end)
