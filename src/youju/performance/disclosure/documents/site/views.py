"""What the templates of the site show: plain rows out of a release's content, in the page's language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext

from youju.performance.disclosure.documents.site.words import ORIGIN_WORDS, TIER_WORDS, amount, english, word
from youju.performance.disclosure.selectors.releases import Published

_MONTHS = ("03", "06", "10", "12")


@dataclass(frozen=True, slots=True)
class How:
    """A link to how a figure was computed."""

    key: str
    label: str


@dataclass(frozen=True, slots=True)
class Row:
    """An indicator row. ``english`` is the metric's English name, beside a name that there is in Chinese alone."""

    number: int
    level1: str
    level2: str
    level3: str
    english: str
    target: str
    basis: str
    value: str
    degree: str
    adjusted: str
    score: str
    weight: str
    reason: str
    how: tuple[How, ...]


@dataclass(frozen=True, slots=True)
class ProjectView:
    """A project with its money in 万元, its rows, its score."""

    code: str
    name: str
    purpose: str
    budget: str
    fiscal: str
    other: str
    plan: tuple[tuple[str, str], ...]
    goals: tuple[str, ...]
    rows: tuple[Row, ...]
    adjusted: str
    executed: str
    rate: str
    money_how: tuple[How, ...]
    total: str
    grade: str

    @property
    def page(self) -> str:
        """The name of its page."""
        return f"{self.code}.html"


def projects_of(release: Published) -> list[ProjectView]:
    """The projects of a release in their order."""
    document = release.content.get("document", {})
    return [_project(each, release.content) for each in document.get("projects", [])]


def figures_of(release: Published) -> list[Mapping[str, Any]]:
    """How each published figure was computed, in the page's language."""
    found: list[Mapping[str, Any]] = []
    for each in release.content.get("figures", {}).values():
        other = english()
        found.append(
            {
                **each,
                "title": each["label_en"] if other else each["label"],
                "about": each["definition_en"] if other else each["definition"],
                "way": gettext(ORIGIN_WORDS[each["origin"]]),
                "shown": amount(*_told(each["value"], each["unit"])),
            }
        )
    return found


def totals_of(projects: Sequence[ProjectView]) -> dict[str, str]:
    """The sums of the projects: budget, executed, rate."""
    budget = sum((Decimal(each.adjusted or each.budget or 0) for each in projects), Decimal(0))
    executed = sum((Decimal(each.executed or 0) for each in projects), Decimal(0))
    rate = (
        f"{(executed * 100 / budget).quantize(Decimal('0.01'))}"
        if budget and any(each.executed for each in projects)
        else ""
    )
    return {"budget": f"{budget}", "executed": f"{executed}" if rate else "", "rate": rate}


def _project(project: Mapping[str, Any], content: Mapping[str, Any]) -> ProjectView:
    code = project["code"]
    money = content.get("execution", {}).get(code, {})
    score = content.get("scores", {}).get(code, {})
    values = {each["row"]: each for each in content.get("values", {}).get(code, [])}
    scores = {each["row"]: each for each in score.get("rows", [])}
    figures = content.get("figures", {})
    return ProjectView(
        code=code,
        name=project["name"],
        purpose=project["purpose"],
        budget=project["budget"] or "",
        fiscal=project["fiscal"] or "",
        other=project["other"] or "",
        plan=tuple((str(int(month)), project["plan"].get(month) or "") for month in _MONTHS),
        goals=tuple(project["goals"]),
        rows=tuple(
            _row(place, row, values.get(place, {}), scores.get(place, {}), figures)
            for place, row in enumerate(project["indicators"], 1)
        ),
        adjusted=money.get("budget", ""),
        executed=money.get("executed", ""),
        rate=money.get("rate") or "",
        money_how=_how(money.get("figures", ()), figures),
        total=score.get("total", ""),
        grade=word(score.get("grade", "")),
    )


def _row(
    place: int,
    row: Mapping[str, Any],
    value: Mapping[str, Any],
    score: Mapping[str, Any],
    figures: Mapping[str, Any],
) -> Row:
    how = _how(value.get("figures", ()), figures)
    tier = gettext(TIER_WORDS[value["tier"]]) if value.get("tier") else ""
    shown = amount(value["value"], value["unit"] or row["unit"] or "") if value.get("value") else tier
    target = row["raw_value"]
    if english() and row["number"]:
        target = f"{row['operator'] or ''} {amount(row['number'], row['unit'] or '')}".strip()
    return Row(
        number=place,
        level1=word(row["level1"]),
        level2=word(row["level2"]),
        level3=row["level3"],
        english=how[0].label if how and english() else "",
        target=target,
        basis=row["basis"],
        value=shown,
        degree=value.get("degree") or "",
        adjusted=value.get("adjusted", ""),
        score=score.get("score", ""),
        weight=score.get("weight", ""),
        reason=score.get("reason", ""),
        how=how,
    )


def _how(keys: Sequence[str], figures: Mapping[str, Any]) -> tuple[How, ...]:
    name = "label_en" if english() else "label"
    return tuple(How(key, figures[key][name]) for key in keys if key in figures)


def _told(value: str, unit: str) -> tuple[str, str]:
    """Money is told in 万元."""
    if not value.replace(".", "", 1).lstrip("-").isdigit():
        return value, ""  # what is told in words has its unit in it
    if unit == "CNY" and value:
        return f"{(Decimal(value) / 10000).quantize(Decimal('0.01'))}", "万元"
    if value and unit == "%":
        return f"{Decimal(value).quantize(Decimal('0.01')).normalize():f}", unit
    return value, unit
