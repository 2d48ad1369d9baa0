"""One row of a document with what is in force for it and what the engines said: the measured row."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from youju.analytics.metrics import metrics
from youju.analytics.periods import Period
from youju.performance.measures import addresses
from youju.performance.measures.models import Adjustment, Binding
from youju.performance.measures.models.statements import Signed
from youju.performance.measures.selectors.asking import SURVEYS, Reading, given_to, terms_of, unit_of
from youju.performance.measures.selectors.bound import Known
from youju.performance.measures.selectors.values import Adjusted, Basis, MeasuredRow
from youju.rules.law import Law
from youju.rules.performance.evaluation.points import plain
from youju.rules.performance.measures.degrees import (
    against,
    converted,
    is_count,
    is_quantity,
    read,
    shown_unit,
)
from youju.rules.performance.measures.expecting import accumulates, forecast
from youju.rules.performance.measures.tiers import LABELS
from youju.rules.performance.targets.facts import Indicator

NOT_BOUND = "还没有批准的计量绑定"
NO_STATEMENT = "还没有复签的情况说明"


@dataclass(frozen=True, slots=True)
class Ground:
    """What all rows of a document have in common: fiscal year, months, law of their last day."""

    year: int
    period: Period
    law: Law


@dataclass(frozen=True, slots=True)
class Asked:
    """What the engines said of a row: now (None: nothing was asked), by month, and last year's same months and whole."""

    now: Reading | None = None
    months: tuple[tuple[date, Decimal | None], ...] = ()
    before: tuple[Decimal | None, Decimal | None] | None = None


def measured(known: Known, ground: Ground, asked: Asked) -> MeasuredRow:
    """The row with its value, or with why it has none."""
    row, binding = _plain(known, ground), known.binding
    if binding is None:
        return replace(row, reason=NOT_BOUND)
    indicator = known.row.indicator
    if binding.basis == Basis.ATTESTED:
        row = replace(row, basis=Basis.ATTESTED)
        if known.attestation is None:
            row = replace(row, reason=NO_STATEMENT)
        else:
            said = known.attestation
            row = replace(
                row,
                **_signed(said, indicator, ground.law),
                as_of=said.countersigned_at,
                url=f"{row.page}#attestation-{said.pk}",
            )
            row = replace(
                row,
                forecast=row.value,
                forecast_method="情况说明，按目前的值" if row.value is not None else "",
            )
    else:
        row = _computed(row, binding, indicator, ground, asked)
    return _adjusted(row, known.adjustment, indicator, ground) if known.adjustment else row


def _plain(known: Known, ground: Ground) -> MeasuredRow:
    placed, indicator = known.row, known.row.indicator
    quantity = is_quantity(indicator)
    return MeasuredRow(
        project_code=placed.project,
        project_name=placed.project_name,
        row=placed.row,
        level1=indicator.level1,
        level2=indicator.level2,
        level3=indicator.level3,
        raw_value=indicator.raw_value,
        operator=indicator.value.operator,
        number=Decimal(str(indicator.value.number)) if quantity else None,
        unit=indicator.value.unit,
        kind=indicator.value.kind.value,
        basis=Basis.UNBOUND,
        page=addresses.row(ground.year, placed.project, placed.row),
        name_hash=placed.name_hash,
    )


def _computed(
    row: MeasuredRow, binding: Binding, indicator: Indicator, ground: Ground, asked: Asked
) -> MeasuredRow:
    row = replace(
        row,
        basis=Basis.COMPUTED,
        metric=binding.metric,
        parameters=dict(binding.parameters),
        reading=binding.reading,
        url=_figure(row, binding, ground.period),
    )
    if asked.now is None:
        return replace(row, reason=f"指标 {binding.metric} 不在目录里了")
    row = replace(row, as_of=asked.now.as_of)
    unit = unit_of(binding)
    trend = tuple((day, _told(value, unit, indicator, ground.law)) for day, value in asked.months)
    row = replace(row, trend=trend)
    if asked.now.value is None:
        return replace(row, reason=asked.now.reason)
    found = read(asked.now.value, unit, indicator, binding.reading, ground.law)
    expected = forecast(
        asked.now.value,
        len(ground.period.months),
        grows=accumulates(binding.metric, ground.law),
        law=ground.law,
        last_year=asked.before,
        share=shown_unit(unit) == "%",
        count=is_count(unit, ground.law),
    )
    return replace(
        row,
        value=found.value,
        tier=found.tier,
        tier_rate=found.rate,
        degree=found.degree,
        met=found.met,
        less=found.less,
        shown=found.shown,
        note=found.note,
        reason=found.reason,
        sample=asked.now.reason if binding.metric.startswith(SURVEYS) else "",
        forecast=_told(expected.value, unit, indicator, ground.law),
        forecast_method=expected.method,
    )


def _figure(row: MeasuredRow, binding: Binding, period: Period) -> str:
    """The page of the one metric; of several, the row's own page, which names each."""
    codes = [code for code in terms_of(binding.metric) if code in metrics()]
    if len(codes) != 1:
        return row.page
    return addresses.figure(codes[0], str(period), given_to(codes[0], binding.parameters))


def _told(value: Decimal | None, unit: str, indicator: Indicator, law: Law) -> Decimal | None:
    """In the target's unit where the target is a number, else as it is."""
    if value is None or not is_quantity(indicator):
        return value
    return converted(value, unit, indicator.value.unit, law)


def _adjusted(row: MeasuredRow, adjustment: Adjustment, indicator: Indicator, ground: Ground) -> MeasuredRow:
    computed = row.value
    said = Adjusted(
        computed=computed,
        reason=adjustment.text,
        signed_by=adjustment.signed_name,
        countersigned_by=adjustment.countersigned_name,
        evidence=tuple(adjustment.evidence),
        url=f"{row.page}#adjustment-{adjustment.pk}",
    )
    row = replace(row, reason="", note="", adjusted=said, **_signed(adjustment, indicator, ground.law))
    return replace(row, forecast=row.value, forecast_method="有数值调整，按调整后的值")


def _signed(said: Signed, indicator: Indicator, law: Law) -> dict[str, Any]:
    """What somebody signed for: a number in the target's unit, or a tier."""
    if said.value is None:
        return {
            "value": None,
            "tier": said.tier,
            "tier_rate": said.tier_rate,
            "degree": None,
            "met": said.tier == next(iter(LABELS)),
            "shown": f"{LABELS[said.tier]}，得分率 {plain(said.tier_rate or Decimal(0))}%",
        }
    if not is_quantity(indicator):
        return {"value": None, "reason": "目标值不是一个数，请写分档和得分率"}
    found = against(said.value, indicator, law)
    return {
        "value": found.value,
        "tier": "",
        "tier_rate": None,
        "degree": found.degree,
        "met": found.met,
        "less": found.less,
        "shown": found.shown,
    }


def as_of(rows: list[MeasuredRow]) -> datetime | None:
    """When the rows behind the values were true: the earliest of them."""
    return min(
        (row.as_of for row in rows if row.as_of is not None and row.basis is Basis.COMPUTED), default=None
    )
