"""Freezing a value, and holding a frozen one against the records of today."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction

from youju.analytics.answers import Question, digest
from youju.analytics.combining import rounded
from youju.analytics.engines import Engine, Spans
from youju.analytics.metrics import Metric
from youju.analytics.periods import Period
from youju.analytics.scopes import Scope
from youju.foundation.audit.services import record
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.context import current
from youju.foundation.kernel.errors import InputError
from youju.foundation.kernel.subjects import Subject
from youju.foundation.metrics import events, permissions
from youju.foundation.metrics.asking import metric_named, period_named, scope_of
from youju.foundation.metrics.choosing import engine_named, reaches_all
from youju.foundation.metrics.models import FrozenFigure
from youju.foundation.metrics.selectors.frozen import frozen_figure, frozen_of, period_of

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


@dataclass(frozen=True, slots=True)
class Difference:
    """What a recomputation found: the same, or which of value, rows and formula differ, in Chinese, old → new."""

    figure: FrozenFigure
    value: Decimal | None
    row_count: int
    row_hash: str
    formula_hash: str
    told: tuple[tuple[str, str, str], ...]

    @property
    def same(self) -> bool:
        """Whether everything is as it was frozen."""
        return not self.told


@transaction.atomic
def freeze_figure(
    *,
    actor: User | None,
    code: str,
    period: str,
    engine: str = "",
    parameters: Mapping[str, str] | None = None,
    purpose: str = "",
) -> FrozenFigure:
    """Keep a metric's value as it is now, with the hash of its rows and of its formula.

    The value is added up from the very rows that are hashed, in one reading. Audited. Nothing is replaced: an earlier frozen
    value of the same question stays, and the new one names it.

    Args:
        actor: who freezes; ``None`` at the machine's own command line.
        code, period, engine, parameters: the question, as ``selectors.show_metric`` takes it.
        purpose: what it is frozen for.

    Raises:
        PermissionDenied: the actor may not freeze, or does not reach every row: the value would be a part.
        InputError: the question cannot be read.
    """
    if actor is not None:
        require(actor, permissions.FREEZE)
    if not reaches_all():
        raise PermissionDenied("您的账号看不到全部记录，冻结的会是部分值；请由能看全部记录的人办理。")
    metric = metric_named(code)
    scope = scope_of(metric, period_named(period), parameters)
    return _freeze(actor, metric, scope, engine_named(engine), _purpose(purpose))


@transaction.atomic
def freeze_questions(
    *,
    actor: User | None,
    questions: Iterable[Question],
    engine_for: Callable[[Spans], Engine],
    purpose: str = "",
) -> dict[Question, FrozenFigure]:
    """Freeze the answers to many questions, each once, as :func:`freeze_figure` does one; by one engine.

    Args:
        actor: who freezes; ``None`` at the machine's own command line.
        questions: of metrics of the catalogue.
        engine_for: as ``analytics.answers.ask_questions`` takes it.
        purpose: what they are frozen for.

    Raises:
        PermissionDenied: as :func:`freeze_figure`.
        InputError: a metric left the catalogue, the purpose is too long.
    """
    if actor is not None:
        require(actor, permissions.FREEZE)
    if not reaches_all():
        raise PermissionDenied("您的账号看不到全部记录，冻结的会是部分值；请由能看全部记录的人办理。")
    told = _purpose(purpose)
    spans: dict[str, Period] = {}
    asked: dict[Question, tuple[Metric, Scope]] = {}
    for each in questions:
        metric = metric_named(each.code)
        scope = scope_of(metric, each.period, dict(each.parameters))
        metric.rows(scope)
        for name, span in scope.spans.items():
            spans[name] = span.hull(spans.get(name, span))
        asked[each] = (metric, scope)
    engine = engine_for(spans)
    return {each: _freeze(actor, metric, scope, engine, told) for each, (metric, scope) in asked.items()}


def _purpose(text: str) -> str:
    if len(text.strip()) > 200:
        raise InputError("用途太长", where="用途", how="请不超过 200 个字", status=422)
    return text.strip()


def _freeze(actor: User | None, metric: Metric, scope: Scope, chosen: Engine, purpose: str) -> FrozenFigure:
    rows = digest(metric, scope, chosen)
    figure = FrozenFigure.objects.create(
        code=metric.code,
        pilot=scope.pilot,
        start=scope.period.start,
        end=scope.period.end,
        parameters=dict(scope.parameters),
        value=_stored(rows.result.value),
        unit=metric.unit,
        parts={
            "sums": {name: str(value) for name, value in rows.parts.items()},
            "reason": rows.result.reason,
        },
        engine=chosen.name,
        as_of=chosen.as_of,
        formula_hash=metric.formula_hash,
        row_count=rows.count,
        row_hash=rows.sha256,
        purpose=purpose,
        replaces=frozen_of(metric.code, scope.period, scope.parameters).first(),
        frozen_by=actor.username if actor is not None else current().actor,
    )
    record(
        events.FROZEN,
        subject_of(metric.code, metric.label),
        None,
        {
            "frozen": figure.pk,
            "period": str(scope.period),
            "parameters": dict(scope.parameters),
            "value": None if figure.value is None else str(figure.value),
            "unit": metric.unit,
            "rows": rows.count,
            "row_hash": rows.sha256,
            "engine": chosen.name,
            "purpose": purpose,
        },
    )
    return figure


@transaction.atomic
def compare_frozen(*, actor: User | None, figure: int, engine: str = "") -> Difference:
    """Compute a frozen figure again and say what differs. The frozen one stays as it is; the comparison is audited.

    Raises:
        PermissionDenied: the actor may not see metrics.
        InputError: no such frozen figure (404); its metric left the catalogue, or the actor does not reach every row (409).
    """
    if actor is not None:
        require(actor, permissions.VIEW)
    if not reaches_all():
        raise InputError(
            "您的账号看不到全部记录，不能与冻结值比较",
            where="冻结值",
            how="请由能看全部记录的人办理",
            status=409,
        )
    kept = (
        frozen_figure(actor=actor, figure=figure)
        if actor is not None
        else FrozenFigure.objects.filter(pk=figure).first()
    )
    if kept is None:
        raise InputError(f"没有第 {figure} 号冻结值", where="冻结号", how="请看冻结值清单", status=404)
    try:
        metric = metric_named(kept.code)
    except InputError as error:
        raise InputError(
            f"指标 {kept.code} 已不在目录里，不能重新计算",
            where=f"第 {figure} 号冻结值",
            how="冻结的值仍然有效",
            status=409,
        ) from error
    scope = scope_of(metric, period_of(kept), kept.parameters)
    chosen = engine_named(engine or kept.engine)
    rows = digest(metric, scope, chosen)
    value = _stored(rows.result.value)
    told = [
        (label, before, now)
        for label, before, now in (
            ("值", _told(kept.value), _told(value)),
            ("行数", str(kept.row_count), str(rows.count)),
            ("行校验值", kept.row_hash, rows.sha256),
            ("公式校验值", kept.formula_hash, metric.formula_hash),
        )
        if before != now
    ]
    found = Difference(kept, value, rows.count, rows.sha256, metric.formula_hash, tuple(told))
    record(
        events.COMPARED,
        subject_of(metric.code, metric.label),
        {"value": _told(kept.value), "rows": kept.row_count, "row_hash": kept.row_hash},
        {
            "frozen": kept.pk,
            "value": _told(value),
            "rows": rows.count,
            "row_hash": rows.sha256,
            "same": found.same,
        },
    )
    return found


def subject_of(code: str, label: str) -> Subject:
    """A metric as the trail knows it."""
    return Subject(events.METRIC_KIND, code, f"{label}（{code}）")


def _stored(value: Decimal | None) -> Decimal | None:
    return None if value is None else rounded(value)


def _told(value: Decimal | None) -> str:
    return "无" if value is None else f"{value:f}"
