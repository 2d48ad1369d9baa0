"""Facts from plain data: a document of targets, sums of money, values of rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from youju.rules.performance.report_checks.facts import DEPARTMENT, Fact, Kind
from youju.rules.performance.report_checks.names import label_names, project_names
from youju.rules.performance.targets.facts import Indicator, Project, TargetDocument

_HUNDRED = Decimal(100)
_TWO = Decimal("0.01")
Url = Callable[[str], str]


def _nowhere(_code: str) -> str:
    return ""


def target_facts(document: TargetDocument, *, year: int, source: str, url: Url = _nowhere) -> Iterator[Fact]:
    """What an approved document of targets says: money, plan, targets; the sums of all; how many projects and rows."""
    unit = document.document.money_unit
    known: dict[Kind, Decimal] = {}
    for project in document.projects:
        names = project_names(project.code, project.name)
        where: dict[str, Any] = {"names": names, "year": year, "source": source, "url": url(project.code)}
        for fact in _money(project, unit, where):
            yield fact
            if fact.kind is Kind.BUDGET and not fact.labels and fact.value is not None:
                known[Kind.BUDGET] = known.get(Kind.BUDGET, Decimal(0)) + fact.value
        twos = [row.level2 for row in project.indicators]
        for row in project.indicators:
            labels = row_labels(row.level2, row.level3, row.description, alone=twos.count(row.level2) == 1)
            number = _number(row.value.number)
            if number is not None:
                yield Fact(
                    project.code,
                    Kind.TARGET,
                    number,
                    row.value.unit or _implied(row),
                    labels=labels,
                    operator=row.value.operator or "",
                    **where,
                )
    whole: dict[str, Any] = {
        "names": tuple(filter(None, (document.document.unit_name,))),
        "year": year,
        "source": source,
        "url": url(""),
    }
    if Kind.BUDGET in known:
        yield Fact(DEPARTMENT, Kind.BUDGET, known[Kind.BUDGET], unit, **whole)
    rows = sum(len(project.indicators) for project in document.projects)
    for count, counted, labels in (
        (len(document.projects), "个", ("项目个数", "项目数量")),
        (rows, "项", ("绩效指标", "三级指标", "指标数量")),
    ):
        yield Fact(DEPARTMENT, Kind.COUNT, Decimal(count), counted, labels=labels, **whole)


def row_labels(level2: str, level3: str, description: str, *, alone: bool) -> tuple[str, ...]:
    """The names of a row; its second level names it too where no other row of the table stands there."""
    found = list(label_names(level3, description))
    if level2 and (alone or level2 != level3):
        found.append(level2)
    if "满意" in level3:
        found.append("满意度")
    return tuple(dict.fromkeys(each for each in found if each))


def _implied(row: Indicator) -> str:
    """The unit of a value printed without one: a rate is in per cent."""
    return "%" if row.value.number is not None and Decimal(row.value.number) <= _HUNDRED else ""


def _money(project: Project, unit: str, where: Mapping[str, Any]) -> Iterator[Fact]:
    budget = _number(project.budget)
    if budget is not None:
        yield Fact(project.code, Kind.BUDGET, budget, unit, **where)
    for text, labels in (
        (project.fiscal, ("财政资金", "财政拨款")),
        (project.other, ("其他资金", "自筹资金")),
    ):
        if (value := _number(text)) is not None:
            yield Fact(project.code, Kind.BUDGET, value, unit, labels=labels, **where)
    for month, text in project.plan.items():
        if (value := _number(text)) is not None:
            yield Fact(project.code, Kind.PLAN, value, unit, period=month, **where)


def money_facts(
    subject: str,
    names: tuple[str, ...],
    *,
    adjusted: Decimal,
    executed: Mapping[str, Decimal],
    unit: str,
    year: int,
    source: str,
    url: str = "",
) -> Iterator[Fact]:
    """Adjusted budget, what was executed by period (``""`` the whole year), balance and rate of execution (two decimals)."""
    for period, spent in executed.items():
        where: dict[str, Any] = {"names": names, "year": year, "period": period, "source": source, "url": url}
        yield Fact(subject, Kind.EXECUTED, spent, unit, **where)
        if adjusted:
            yield Fact(subject, Kind.RATE, spent * _HUNDRED / adjusted, "%", **where)
        if not period:
            yield Fact(subject, Kind.ADJUSTED, adjusted, unit, **where)
            yield Fact(subject, Kind.BALANCE, adjusted - spent, unit, **where)


def share_facts(facts: Iterable[Fact]) -> Iterator[Fact]:
    """The share of each project in the budget of all."""
    known = [
        each for each in facts if each.kind is Kind.BUDGET and not each.labels and each.value is not None
    ]
    total = next((each.value for each in known if each.subject == DEPARTMENT), None)
    for each in known:
        if total and each.value is not None and each.subject != DEPARTMENT:
            yield Fact(each.subject, Kind.SHARE, each.value * _HUNDRED / total, "%", each.names, year=each.year,
                       source=each.source, url=each.url)  # fmt: skip


def _number(text: str | None) -> Decimal | None:
    try:
        return Decimal(text) if text else None
    except InvalidOperation:
        return None
