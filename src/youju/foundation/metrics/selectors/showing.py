"""A metric's value as people see it: parts with their names, a page of rows with their links, what was frozen of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from youju.analytics.answers import Answer, all_rows, ask, rows_behind
from youju.analytics.metrics import KIND, NUMBER, PART, ROW, ROW_COLUMNS, VALUE, Metric, metrics
from youju.analytics.periods import Period
from youju.analytics.tables import analytic_tables
from youju.foundation.identity.permissions import require
from youju.foundation.metrics import permissions
from youju.foundation.metrics.asking import metric_named, period_named, scope_of
from youju.foundation.metrics.choosing import LABELS, engine_named, reaches_all
from youju.foundation.metrics.linking import Link, linked, row_kind

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

MAX_ROWS = 1_000


@dataclass(frozen=True, slots=True)
class Part:
    """A summand of a value: its code, what it is, the sum, the rows."""

    code: str
    label: str
    value: Decimal
    rows: int


@dataclass(frozen=True, slots=True)
class Row:
    """A row behind a value: what it contributes, where it opens, and the record's further columns."""

    part: str
    kind: str
    link: Link
    contribution: Decimal
    more: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Shown:
    """A value with everything it stands on. ``whole`` is false where the asker does not reach every row."""

    answer: Answer
    parts: tuple[Part, ...]
    rows: tuple[Row, ...]
    row_count: int
    whole: bool

    @property
    def metric(self) -> Metric:
        """Whose value it is."""
        return self.answer.metric

    @property
    def period(self) -> Period:
        """The months asked about."""
        return self.answer.scope.period


def catalogue(*, actor: User, text: str = "") -> list[Metric]:
    """The metrics whose code, name or definition holds the words.

    Raises:
        PermissionDenied: the actor may not see metrics.
    """
    require(actor, permissions.VIEW)
    words = text.strip().lower().split()
    return [
        metric
        for metric in metrics().values()
        if all(
            word in f"{metric.code} {metric.label} {metric.label_en} {metric.definition}".lower()
            for word in words
        )
    ]


def show_metric(
    *,
    actor: User | None,
    code: str,
    period: str,
    engine: str = "",
    part: str = "",
    parameters: Mapping[str, str] | None = None,
    limit: int = 50,
    offset: int = 0,
) -> Shown:
    """A metric's value, its parts and a page of the rows behind it. Two or three queries, however many rows there are.

    Args:
        actor: who asks; ``None`` at the machine's own command line, whose context says what it reaches.
        code: of the metric.
        period: as :meth:`Period.parse` reads it.
        engine: ``postgres`` (default), ``duckdb`` or ``spark``.
        part: only this part's rows.
        parameters: of the metric.
        limit: how many rows, at most :data:`MAX_ROWS`.
        offset: how many to pass over.

    Raises:
        InputError: no such metric (404); the period, engine or a parameter is none (422).
        PermissionDenied: the actor may not see metrics, or not by this engine.
    """
    if actor is not None:
        require(actor, permissions.VIEW)
    metric, chosen = metric_named(code), engine_named(engine)
    scope = scope_of(metric, period_named(period), parameters)
    answer = ask(metric, scope, chosen)
    limit = max(0, min(limit, MAX_ROWS))
    rows = (
        rows_behind(metric, scope, chosen, part=part, limit=limit, offset=max(0, offset)) if limit else None
    )
    found = rows.to_pylist() if rows is not None else []
    parts = tuple(
        Part(name, metric.part_labels.get(name, name), total, answer.counts[name])
        for name, total in sorted(answer.parts.items(), key=lambda each: (-each[1], each[0]))
    )
    count = sum(each.rows for each in parts if not part or each.code == part)
    return Shown(answer, parts, _rows(found), count, reaches_all())


@dataclass(frozen=True, slots=True)
class Exported:
    """Every row behind a value as text, in flat memory. ``headings``: label and whether numbers stand in it."""

    headings: tuple[tuple[str, bool], ...]
    rows: Iterator[list[str]]
    count: int
    told: str
    metric: Metric


def rows_to_export(
    *,
    actor: User,
    code: str,
    period: str,
    engine: str = "",
    part: str = "",
    parameters: Mapping[str, str] | None = None,
) -> Exported:
    """Every row behind a value.

    Raises:
        InputError, PermissionDenied: as :func:`show_metric`; and the actor may not export.
    """
    require(actor, permissions.EXPORT)
    metric, chosen = metric_named(code), engine_named(engine)
    scope = scope_of(metric, period_named(period), parameters)
    answer = ask(metric, scope, chosen)
    schema = metric.rows(scope).schema()
    labels = {PART: "部分", KIND: "种类", ROW: "键", NUMBER: "编号", VALUE: "计入"} | {
        column.name: column.label for name in metric.tables for column in analytic_tables()[name].columns
    }
    headings = tuple((labels.get(name, name), kind.is_decimal()) for name, kind in schema.items())
    named = metric.part_labels.get(part, part)
    told = f"{metric.label}，{scope.period.label}，{LABELS[chosen.name]}" + (f"，{named}" if part else "")

    def lines() -> Iterator[list[str]]:
        for batch in all_rows(metric, scope, chosen, part=part):
            for row in batch.to_pylist():
                yield [_text(value) for value in row.values()]

    count = sum(rows for name, rows in answer.counts.items() if not part or name == part)
    return Exported(headings, lines(), count, told, metric)


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def kind_label(kind: str) -> str:
    """What rows of a kind are, in Chinese."""
    return row_kind(kind).label


def _rows(found: list[dict[str, Any]]) -> tuple[Row, ...]:
    return tuple(
        Row(
            part=row[PART],
            kind=row["kind"],
            link=link,
            contribution=row["contribution"],
            more={name: value for name, value in row.items() if name not in ROW_COLUMNS},
        )
        for row, link in zip(found, linked(found), strict=True)
    )
