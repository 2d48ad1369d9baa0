"""What follows from a grade in the next year (结果应用), and which schema scores a unit's year: policy values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import cast

from youju.rules.law import Table, names, table
from youju.rules.performance.evaluation.schemas import LawOf

CONSEQUENCES = "performance.evaluation.consequences"
SCHEMA_OF_REGION = "performance.evaluation.schema_of_region"
EXECUTED_ORDER = "performance.evaluation.executed_order"
TOTAL = "total"
SHOWN = ("fiscal", "carried", "other")
"""The sources in the form's order."""


def consequence(grade: str, law: LawOf) -> tuple[str, str]:
    """What follows from a grade: a code (``keep``, ``revise``, ``cut``, ``stop``) and the sentence."""
    entry = cast("Table", table(law, CONSEQUENCES)[grade])
    return str(entry["code"]), str(entry["text"])


def schema_code(region: str, law: LawOf) -> str:
    """The schema of a region (the first digits of its code): the longest prefix listed; ``""`` is every other one."""
    listed = table(law, SCHEMA_OF_REGION)
    for length in range(len(region), -1, -1):
        if region[:length] in listed:
            return str(listed[region[:length]])
    return str(listed["other"])


@dataclass(frozen=True, slots=True)
class FundLine:
    """A row of the form's money: its source, what was budgeted at first, after adjustment, what was spent."""

    kind: str
    initial: Decimal
    adjusted: Decimal
    executed: Decimal


def fund_lines(
    sources: Sequence[tuple[str, Decimal, Decimal]], executed: Decimal, law: LawOf
) -> list[FundLine]:
    """The whole year's money, then each source (kind, initial, adjusted).

    What was spent is known of the project alone; it is told by source in the order of the policy: money carried over first.
    """
    order = names(law, EXECUTED_ORDER)
    left, spent = executed, dict[str, Decimal]()
    by_kind = {kind: (initial, adjusted) for kind, initial, adjusted in sources}
    for kind in order:
        if kind in by_kind:
            spent[kind] = min(left, by_kind[kind][1])
            left -= spent[kind]
    lines = [
        FundLine(kind, *by_kind[kind], spent.get(kind, Decimal(0)))
        for kind in ("fiscal", "carried", "other")
        if kind in by_kind
    ]
    whole = FundLine(
        TOTAL,
        sum((line.initial for line in lines), Decimal(0)),
        sum((line.adjusted for line in lines), Decimal(0)),
        executed,
    )
    return [whole, *lines]
