"""Facts of targets, money, scores and trade, from the rooms that have them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import partial

from django.urls import reverse

from youju.foundation.metrics.selectors import show_metric
from youju.funds.payments.selectors import paid_by_month
from youju.funds.projects.selectors import of_year
from youju.performance.evaluation.selectors import results
from youju.performance.measures.selectors import measured_rows
from youju.performance.report_checks.selectors.sources import Ask, Source
from youju.performance.targets.selectors import active_set, document
from youju.rules.performance.report_checks.building import money_facts, row_labels, share_facts, target_facts
from youju.rules.performance.report_checks.facts import DEPARTMENT, TRADE, Fact, Kind
from youju.rules.performance.report_checks.names import project_names
from youju.rules.performance.report_checks.times import months

_MONTHS = 12
_WAN = Decimal(10000)
_EXPORT_LABELS = (
    "试点出口额", "市场采购出口额", "市场采购贸易出口额", "出口额", "出口总额", "试点出口", "市场采购出口", "市场采购贸易出口",
)  # fmt: skip


def of_targets(ask: Ask) -> Iterator[Fact]:
    """Budget, plan and targets of the year's document, and of the year before where there is one."""
    for year in (ask.year, ask.year - 1):
        found = active_set(year=year)
        if found is None:
            continue
        facts = list(
            target_facts(
                document(found),
                year=year,
                source=f"{year} 年绩效目标（第 {found.version} 版）",
                url=partial(_target_url, number=found.pk),
            )
        )
        yield from facts
        yield from share_facts(facts)


def _target_url(code: str, *, number: int) -> str:
    return (
        f"{reverse('targets:project', args=[code])}?set={number}"
        if code
        else reverse("targets:version", args=[number])
    )


def of_payments(ask: Ask) -> Iterator[Fact]:
    """Adjusted budgets and what was paid up to the end of each month, of the year and the one before."""
    for year in (ask.year, ask.year - 1):
        projects = of_year(year)
        if not projects:
            continue
        paid = paid_by_month(year, date(year, _MONTHS, 31))
        totals: dict[str, Decimal] = {}
        budget = Decimal(0)
        for each in projects:
            executed = _cumulative(paid.get(each.id, {}))
            budget += each.budget
            for period, amount in executed.items():
                totals[period] = totals.get(period, Decimal(0)) + amount
            yield from money_facts(
                each.code,
                project_names(each.code, each.name),
                adjusted=each.budget / _WAN,
                executed=executed,
                unit="万元",
                year=year,
                source=f"{year} 年付款",
                url=reverse("projects:project", args=[each.id]),
            )
        yield from money_facts(
            DEPARTMENT, (), adjusted=budget / _WAN, executed=totals, unit="万元", year=year, source=f"{year} 年付款",
            url=reverse("payments:progress") + f"?year={year}",
        )  # fmt: skip


def _cumulative(paid: dict[int, Decimal]) -> dict[str, Decimal]:
    """In 万元: the year under ``""``, each stretch of its months that begins in January, and the quarters."""
    found: dict[str, Decimal] = {}
    for last in range(1, _MONTHS + 1):
        found[months(1, last)] = (
            sum((paid.get(month, Decimal(0)) for month in range(1, last + 1)), Decimal(0)) / _WAN
        )
    for first in (4, 7, 10):
        found[months(first, first + 2)] = (
            sum((paid.get(month, Decimal(0)) for month in range(first, first + 3)), Decimal(0)) / _WAN
        )
    return found


def of_measures(ask: Ask) -> Iterator[Fact]:
    """What each row of the year's document reached, and its degree; the rows of an older document of targets as well."""
    found = active_set(year=ask.year)
    if found is None or ask.actor is None:
        return
    names = {each.code: project_names(each.code, each.name) for each in document(found).projects}
    rows = measured_rows(actor=ask.actor, target_set=found)
    twos = Counter((row.project_code, row.level2) for row in rows)
    for row in rows:
        labels = row_labels(row.level2, row.level3, "", alone=twos[row.project_code, row.level2] == 1)
        unit = row.unit or "%"
        for kind, value, of in ((Kind.ACTUAL, row.value, unit), (Kind.DEGREE, row.degree, "%")):
            if value is not None:
                yield Fact(row.project_code, kind, value, of, names.get(row.project_code, ()), labels, year=ask.year,
                           source=f"指标计量：{row.level3}", url=row.url)  # fmt: skip


def of_scores(ask: Ask) -> Iterator[Fact]:
    """Points and grade of each self-evaluation handed in; where finance gave others, both (the words seldom say whose)."""
    for each in results(ask.year).values():
        names = project_names(each.project_code, each.project_name)
        for total in dict.fromkeys(filter(None, (each.total, each.self_total))):
            yield Fact(each.project_code, Kind.SCORE, total, "分", names, year=ask.year, source=f"{ask.year} 年绩效自评",
                       url=each.url)  # fmt: skip
        for grade in dict.fromkeys(filter(None, (each.grade, each.self_grade))):
            yield Fact(each.project_code, Kind.GRADE, None, "", names, text=grade, year=ask.year,
                       source=f"{ask.year} 年绩效自评", url=each.url)  # fmt: skip


def of_trade(ask: Ask) -> Iterator[Fact]:
    """What the pilot exported: each month, quarter and stretch from January; the year before; the growth."""
    for year in (ask.year, ask.year - 1):
        values = {
            month: _metric("exports.value_cny", f"{year}-{month:02d}") for month in range(1, _MONTHS + 1)
        }
        known = {month: value for month, value in values.items() if value is not None}
        if not any(known.values()):
            continue
        sums = _cumulative(known)
        sums |= {months(month, month): value / _WAN for month, value in known.items()}
        url = reverse("metrics:metric", args=["exports.value_cny"]) + f"?period={year}"
        for period, value in sums.items():
            yield Fact(
                TRADE,
                Kind.ACTUAL,
                value,
                "万元",
                labels=_EXPORT_LABELS,
                year=year,
                period=period,
                source="试点出口额（指标）",
                url=url,
            )
    growth = _metric("exports.growth_rate", str(ask.year))
    if growth is not None:
        yield Fact(TRADE, Kind.CHANGE, growth, "%", labels=_EXPORT_LABELS, year=ask.year, source="试点出口增长率（指标）",
                   url=reverse("metrics:metric", args=["exports.growth_rate"]) + f"?period={ask.year}")  # fmt: skip


def _metric(code: str, period: str) -> Decimal | None:
    # Whoever may check a report may know the sum; the rows behind it open by their own permission.
    return show_metric(actor=None, code=code, period=period, limit=0).answer.value


BUILT_IN = (
    Source("targets", "绩效目标", of_targets),
    Source("payments", "付款", of_payments),
    Source("measures", "指标计量", of_measures),
    Source("evaluation", "绩效自评", of_scores),
    Source("trade", "运行统计", of_trade),
)
