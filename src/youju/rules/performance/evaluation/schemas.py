"""A scoring schema (评分办法): the numbers by which a self-evaluation is scored, all of them dated policy values.

``policies/performance/evaluation/schemas.yaml`` lists the schemas; each has a folder beside it, one file for each part. A part
that a schema does not have is its base's. So a further schema is data alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import cast

from youju.rules.law import PolicyValue, Table
from youju.rules.performance.evaluation.facts import EvaluationError, quoted

ROOM = "performance.evaluation"
KNOWN = f"{ROOM}.schemas"
LawOf = Mapping[str, PolicyValue]


@dataclass(frozen=True, slots=True)
class Level:
    """A first level of indicators and its points; a row belongs to it whose level has one of the words.

    Without words every row does.
    """

    name: str
    words: tuple[str, ...]
    weight: Decimal

    def holds(self, level1: str) -> bool:
        """Whether a row of this first level belongs here."""
        return not self.words or any(word in level1 for word in self.words)


@dataclass(frozen=True, slots=True)
class Tier:
    """A tier of a qualitative indicator, in per cent: from (included) to (included) or below (excluded)."""

    code: str
    label: str
    at_least: Decimal
    at_most: Decimal | None
    below: Decimal | None

    def holds(self, rate: Decimal) -> bool:
        """Whether a rate lies in the tier."""
        if rate < self.at_least or (self.at_most is not None and rate > self.at_most):
            return False
        return self.below is None or rate < self.below

    @property
    def range(self) -> str:
        """The tier's range in words."""
        if self.below is not None:
            return f"{self.at_least}%（含）—{self.below}%"
        return f"{self.at_least}%（含）—{self.at_most}%"


@dataclass(frozen=True, slots=True)
class Bands:
    """Steps for satisfaction: (from this value, included, share of the points), highest first, all in per cent."""

    words: tuple[str, ...]
    shares: tuple[tuple[Decimal, Decimal], ...]


@dataclass(frozen=True, slots=True)
class Schema:
    """All numbers of one schema on one day: points, and everything else in per cent; ``None`` where it has no such part."""

    code: str
    title: str
    execution_weight: Decimal
    indicator_weight: Decimal
    levels: tuple[Level, ...]
    execution_cap: Decimal
    quantity_cap: Decimal
    over_target: Decimal
    tiers: Mapping[str, Tier]
    late_share: Decimal
    grades: tuple[tuple[str, Decimal], ...]
    gap: Decimal
    unspent: Decimal
    bands: Bands | None
    reason_under: Decimal | None

    @property
    def full(self) -> Decimal:
        """The points that can be had altogether."""
        return self.execution_weight + self.indicator_weight

    def grade(self, total: Decimal) -> str:
        """The grade of a total; the edge belongs to the better grade."""
        return next(name for name, least in self.grades if total >= least)


def known_schemas(law: LawOf) -> tuple[str, ...]:
    """The codes of the schemas in force on the law's day."""
    return tuple(cast("Table", law.get(KNOWN) or {}))


def schema_of(code: str, law: LawOf) -> Schema:
    """The schema of a code on the law's day.

    Raises:
        EvaluationError: there is none of that name on that day.
    """
    if code not in known_schemas(law):
        day = getattr(law, "as_of", "")
        have = "、".join(known_schemas(law))
        raise EvaluationError(
            f"{f'{day} ' if day else ''}没有评分办法{quoted(code)}",
            where="schema",
            how=f"可以写 {have}" if have else "请核对日期",
        )
    parts = _Parts(code, law)
    weights, caps, alerts = parts.table("weights"), parts.table("caps"), parts.table("alerts")
    return Schema(
        code=code,
        title=parts.title,
        execution_weight=_number(weights["execution"]),
        indicator_weight=_number(weights["indicators"]),
        levels=tuple(_levels(parts.table("levels"))),
        execution_cap=_number(caps["execution"]),
        quantity_cap=_number(caps["quantity"]),
        over_target=cast("Decimal", parts.need("over_target")),
        tiers={tier.code: tier for tier in _tiers(parts.table("tiers"))},
        late_share=cast("Decimal", parts.need("late_share")),
        grades=_descending(parts.table("grades")),
        gap=_number(alerts["gap"]),
        unspent=_number(alerts["unspent"]),
        bands=_bands(cast("Table | None", parts.get("bands"))),
        reason_under=cast("Decimal | None", parts.get("reason_under")),
    )


class _Parts:
    """The parts of a schema, its own before its base's."""

    def __init__(self, code: str, law: LawOf) -> None:
        self._law, self._folders = law, list[str]()
        listed = cast("Table", law[KNOWN])
        self.title = str(cast("Table", listed[code])["title"])
        while code:
            entry = cast("Table", listed[code])
            self._folders.append(str(entry["parts"]))
            code = str(entry["base"])

    def get(self, part: str) -> PolicyValue | None:
        """The value of a part, or ``None`` where neither the schema nor a base of it has one."""
        found = (self._law.get(f"{ROOM}.{folder}.{part}") for folder in self._folders)
        return next((value for value in found if value is not None), None)

    def need(self, part: str) -> PolicyValue:
        """The value of a part that every schema has."""
        value = self.get(part)
        return self._law[f"{ROOM}.{self._folders[-1]}.{part}"] if value is None else value

    def table(self, part: str) -> Table:
        """The same for a table."""
        return cast("Table", self.need(part))


def _number(value: PolicyValue) -> Decimal:
    return Decimal(str(value))


def _levels(levels: Table) -> Iterator[Level]:
    for name, entry in levels.items():
        row = cast("Table", entry)
        yield Level(name, cast("tuple[str, ...]", row["words"]), _number(row["weight"]))


def _tiers(tiers: Table) -> Iterator[Tier]:
    for code, entry in tiers.items():
        row = cast("Table", entry)
        most, below = (_number(row[name]) if name in row else None for name in ("to", "below"))
        yield Tier(code, str(row["label"]), _number(row["from"]), most, below)


def _bands(bands: Table | None) -> Bands | None:
    if bands is None:
        return None
    shares = ((Decimal(least), _number(share)) for least, share in cast("Table", bands["shares"]).items())
    return Bands(cast("tuple[str, ...]", bands["words"]), tuple(sorted(shares, reverse=True)))


def _descending(grades: Table) -> tuple[tuple[str, Decimal], ...]:
    pairs = ((name, _number(least)) for name, least in grades.items())
    return tuple(sorted(pairs, key=lambda pair: pair[1], reverse=True))
