"""The parts that this room itself asks for: targets, execution, values of rows. Figures are frozen while they are asked."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from youju.analytics.metrics import metrics
from youju.foundation.kernel.errors import InputError
from youju.foundation.metrics.selectors import frozen_figures, period_of
from youju.foundation.metrics.services import freeze_figure
from youju.performance.disclosure.selectors.providers import Ask, Computed, Part, Provider
from youju.performance.measures.selectors import Basis, MeasuredRow
from youju.performance.measures.services import freeze_rows
from youju.performance.targets.selectors import active_set, document
from youju.rules.performance.disclosure.lifecycle import EVALUATION, PROGRESS, TARGETS
from youju.rules.performance.targets.codec import to_json
from youju.rules.performance.targets.lifecycle import APPROVED, PUBLISHED

if TYPE_CHECKING:
    from youju.foundation.metrics.models import FrozenFigure
    from youju.performance.targets.models import TargetSet

_WAN = Decimal(10000)
_CENT = Decimal("0.01")


def set_for(year: int) -> TargetSet:
    """The year's document of targets.

    Raises:
        InputError: there is none.
    """
    found = active_set(year=year)
    if found is None:
        raise InputError(f"{year} 年没有绩效目标", where="年度", how="请先导入这一年的绩效目标")
    return found


def of_targets(ask: Ask) -> Part:
    """The approved document. The demo's own is the text that the unit published itself, though nobody signed it here."""
    found = set_for(ask.year)
    facts = document(found)
    approved = found.state in (APPROVED, PUBLISHED) or found.is_demo
    rows = sum(len(each.indicators) for each in facts.projects)
    figure = Computed(
        key="document",
        label=f"{ask.year} 年绩效目标（第 {found.version} 版）",
        label_en=f"Performance targets of {ask.year}, version {found.version}",
        value=str(rows),
        unit="项",
        origin="document",
        definition="经批准的部门绩效目标文本，照原文公开。",
        definition_en="The approved text of the department's performance targets, as it stands.",
        period=str(ask.year),
        as_of=f"{timezone.localtime(found.imported_at):%Y-%m-%d}",
        rows=rows,
        row_hash=found.content_hash,
    )
    return Part(
        content={"document": to_json(facts)},
        figures=(figure,),
        unapproved=() if approved else (f"{ask.year} 年绩效目标第 {found.version} 版",),
        approved_on=timezone.localdate(found.imported_at) if approved else None,
        unit=(found.unit_key, found.unit_name or found.unit_key),
    )


def of_execution(ask: Ask) -> Part:
    """Each project's budget, what was paid of it and the rate, from figures frozen now."""
    facts = document(set_for(ask.year))
    period = _period(ask)
    execution: dict[str, Any] = {}
    figures: list[Computed] = []
    for project in facts.projects:
        frozen = freeze_figure(
            actor=ask.actor, code="payments.executed_rate", period=period, parameters={"project": project.code},
            purpose=f"{ask.year} 年绩效公开",
        )  # fmt: skip
        sums = {name: Decimal(text) for name, text in frozen.parts["sums"].items()}
        figures.append(computed(frozen))
        execution[project.code] = {
            "budget": _wan(sums.get("budget", Decimal(0))),
            "executed": _wan(sums.get("paid", Decimal(0))),
            "rate": None if frozen.value is None else f"{frozen.value.quantize(_CENT)}",
            "figures": [_key(frozen)],
        }
    return Part(content={"execution": execution}, figures=figures)


def of_values(ask: Ask) -> Part:
    """What each row reached, from one freezing of the whole document."""
    found = set_for(ask.year)
    frozen = freeze_rows(actor=ask.actor, target_set=found, until=ask.until, purpose=f"{ask.year} 年绩效公开")
    keys = {key for made in frozen.figures.values() for key in made}
    kept = {each.pk: each for each in frozen_figures(actor=ask.actor).filter(pk__in=keys)}
    figures = [computed(each) for each in kept.values()]
    values: dict[str, list[dict[str, Any]]] = {}
    unfrozen, missing = [], []
    for row in frozen.rows:
        made = frozen.figures.get((row.project_code, row.row), ())
        told = [_key(kept[key]) for key in made]
        if not made and row.basis is Basis.ATTESTED:
            figures.append(_attested(row, frozen.as_of.date(), frozen.content_hash))
            told = [figures[-1].key]
        if row.basis is Basis.UNBOUND:
            missing.append(f"{row.project_name}的“{row.level3}”")
        elif not told:
            unfrozen.append(f"{row.project_name}的“{row.level3}”")
        values.setdefault(row.project_code, []).append(_value(row, told))
    return Part(content={"values": values}, figures=figures, unfrozen=unfrozen, missing=missing)


def computed(frozen: FrozenFigure) -> Computed:
    """How a frozen figure came about, by the catalogue."""
    metric = metrics()[frozen.code]
    period = period_of(frozen)
    return Computed(
        key=_key(frozen),
        label=metric.label,
        label_en=metric.label_en,
        value="" if frozen.value is None else f"{frozen.value.normalize():f}",
        unit=frozen.unit,
        origin="metric",
        metric=frozen.code,
        definition=metric.definition,
        definition_en=metric.definition_en,
        formula=metric.combination.formula,
        period=str(period),
        as_of=f"{timezone.localtime(frozen.as_of):%Y-%m-%d %H:%M}",
        rows=frozen.row_count,
        formula_hash=frozen.formula_hash,
        row_hash=frozen.row_hash,
    )


def _attested(row: MeasuredRow, day: date, hashed: str) -> Computed:
    return Computed(
        key=f"a{row.project_code}-{row.row}",
        label=f"情况说明：{row.level3}",
        label_en="Signed statement with evidence",
        value="" if row.value is None else f"{row.value.normalize():f}",
        unit=row.unit or "",
        origin="attestation",
        definition="没有可以计量的记录，由两人签署的情况说明，附证明文件。",
        definition_en="No records measure it: a statement signed by two persons, with evidence attached.",
        period=str(day.year),
        as_of=day.isoformat(),
        row_hash=hashed,
    )


def _value(row: MeasuredRow, keys: list[str]) -> dict[str, Any]:
    return {
        "row": row.row,
        "value": None if row.value is None else f"{row.value.quantize(_CENT).normalize():f}",
        "shown": row.shown,
        "unit": row.unit or "",
        "tier": row.tier,
        "degree": None if row.degree is None else f"{row.degree.quantize(_CENT).normalize():f}",
        "basis": row.basis.value,
        "metric": row.metric,
        "figures": keys,
        "adjusted": row.adjusted.reason if row.adjusted else "",
    }


def _key(frozen: FrozenFigure) -> str:
    return f"f{frozen.pk}"


def _wan(amount: Decimal) -> str:
    return f"{(amount / _WAN).quantize(_CENT)}"


def _period(ask: Ask) -> str:
    until = ask.until or date(ask.year, 12, 31)
    return str(ask.year) if until.month == 12 else f"{ask.year}-01..{ask.year}-{until.month:02d}"


BUILT_IN = (
    Provider("targets", (TARGETS, PROGRESS, EVALUATION), of_targets),
    Provider("execution", (PROGRESS, EVALUATION), of_execution),
    Provider("values", (PROGRESS, EVALUATION), of_values),
)
