"""One rule asked about one case; what its findings weigh, and which lane their sum leads to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import date
from decimal import Decimal
from typing import Any, TypeAlias, cast

from youju.rules.findings import Finding
from youju.rules.law import table
from youju.rules.registry import REGISTRY
from youju.rules.trade.risk import checks
from youju.rules.trade.risk.checks.terms import LawOf
from youju.rules.trade.risk.facts import (
    BrandCase,
    ClaimCase,
    CollectionCase,
    ContainerCase,
    FilingCase,
    HiddenCase,
    LifeCase,
    OrderCase,
    PayerCase,
    PriceCase,
    ProportionCase,
    RegionCase,
    ScopeCase,
    SpreadCase,
    SumCase,
    TieCase,
    TwiceCase,
    UseCase,
    WeightCase,
)

PREFIX = "RSK-"
GREEN, YELLOW, RED = "green", "yellow", "red"
LANES = {GREEN: "绿", YELLOW: "黄", RED: "红"}
CASES: Mapping[str, type] = {
    "RSK-001": PriceCase,
    "RSK-002": FilingCase,
    "RSK-003": SumCase,
    "RSK-004": OrderCase,
    "RSK-005": ContainerCase,
    "RSK-006": ScopeCase,
    "RSK-007": LifeCase,
    "RSK-008": CollectionCase,
    "RSK-009": ProportionCase,
    "RSK-010": HiddenCase,
    "RSK-011": BrandCase,
    "RSK-012": ClaimCase,
    "RSK-013": PriceCase,
    "RSK-014": FilingCase,
    "RSK-015": FilingCase,
    "RSK-016": UseCase,
    "RSK-017": SpreadCase,
    "RSK-018": WeightCase,
    "RSK-019": RegionCase,
    "RSK-020": LifeCase,
    "RSK-021": TieCase,
    "RSK-022": PayerCase,
    "RSK-023": TwiceCase,
}
"""Rule id → the facts that it looks at."""
RULES = tuple(sorted(CASES))
Case: TypeAlias = Any
__all__ = [
    "CASES",
    "LANES",
    "PREFIX",
    "RULES",
    "case_of",
    "checks",
    "judge",
    "lane_of",
    "points_of",
    "titles",
]


def case_of(rule: str, row: Mapping[str, Any]) -> Case:
    """The facts of a rule from a row that has a column for each of their fields; a text of chapters is cut at its commas."""
    kind = CASES[rule]
    values = {field.name: row[field.name] for field in fields(kind)}
    if "chapters" in values and isinstance(values["chapters"], str):
        values["chapters"] = tuple(each for each in values["chapters"].split(",") if each)
    return kind(**values)


def judge(rule: str, case: Case, law: LawOf, day: date) -> Finding | None:
    """What the version of a rule that is in force on a day says of a case; ``None`` where it says nothing or is not in force."""
    for each in REGISTRY.in_force(day, "risk", PREFIX):
        if each.id == rule:
            return next(iter(each.findings(case, law)), None)
    return None


def titles() -> dict[str, str]:
    """Rule id → its newest title."""
    return {name: REGISTRY.versions(name)[-1].title for name in RULES}


def points_of(rule: str, law: LawOf) -> int:
    """How much a hit of a rule weighs."""
    return cast("int", table(law, "trade.risk.weights").get(rule, 0))


def lane_of(rules: Iterable[str], law: LawOf) -> tuple[str, int]:
    """The lane that hits lead to, and their points; each rule counts once."""
    points = sum(points_of(rule, law) for rule in set(rules))
    edges = table(law, "trade.risk.lane_points")
    if points >= cast("int", edges[RED]):
        return RED, points
    return (YELLOW if points >= cast("int", edges[YELLOW]) else GREEN), points


def share_of(grades: Iterable[str], law: LawOf) -> Decimal:
    """The random share, in per cent, for a declaration whose parties hold these grades: the largest of theirs."""
    shares = table(law, "trade.risk.draw_shares")
    none = str(shares["none"])
    return max((Decimal(str(shares.get(grade or "none", none))) for grade in grades), default=Decimal(none))
