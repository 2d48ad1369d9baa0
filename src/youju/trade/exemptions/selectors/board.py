"""Reconciliation declaration ↔ exemption ↔ receipt ↔ invoice: what lacks what, by age, and why amounts differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Count, Q, Sum
from django.utils import timezone

from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.foundation.policies import law_on
from youju.rules.law import Law, names
from youju.rules.trade.exemptions.differences import WORDS, told_apart
from youju.rules.trade.exemptions.lifecycle import OPEN, TAXABLE
from youju.trade.exemptions import permissions
from youju.trade.exemptions.models import BoardLine, ExportLine
from youju.trade.exemptions.selectors.lists import board_lines, uncollected

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

LACKS = {
    "filing": "没有申报免税",
    "receipt": "没有收汇",
    "invoice": "没有发票",
}
"""What a released line may lack, in the order of the board."""


@dataclass(frozen=True, slots=True)
class AgeClass:
    """Lines released so many days ago (``least`` to ``most``, both included; ``None``: without end); value in CNY."""

    label: str
    least: int
    most: int | None
    since: date | None
    until: date
    lines: int
    value: Decimal


@dataclass(frozen=True, slots=True)
class Ageing:
    """What lacks one thing, by age."""

    code: str
    label: str
    classes: tuple[AgeClass, ...]

    @property
    def lines(self) -> int:
        """All of them."""
        return sum(each.lines for each in self.classes)

    @property
    def value(self) -> Decimal:
        """In CNY."""
        return sum((each.value for each in self.classes), Decimal(0))


@dataclass(frozen=True, slots=True)
class BoardRow:
    """A released line beside what was done about it. ``filed``, ``collected``, ``invoiced`` say how it stands (``WORDS``)."""

    line: BoardLine
    age: int
    filed: str
    collected: str
    invoiced: str

    @property
    def in_words(self) -> tuple[str, str, str]:
        """The three in words."""
        return WORDS[self.filed], WORDS[self.collected], WORDS[self.invoiced]


def ageings(actor: User, *, today: date | None = None) -> tuple[Ageing, ...]:
    """What lacks a filing, a receipt, an invoice, by age. One query.

    Raises:
        PermissionDenied: the actor sees no exemptions.
    """
    require(actor, permissions.VIEW)
    day = today or timezone.localdate()
    bounds = _classes(law_on(day), day)
    lacking = {
        "filing": Q(filing=None) | Q(filing_state__in=(*OPEN, TAXABLE)),
        "receipt": uncollected(),
        "invoice": Q(invoiced=None),
    }
    parts: dict[str, Count | Sum] = {}
    for code, lack in lacking.items():
        for place, (_, _, since, until) in enumerate(bounds):
            inside = lack & Q(released_on__lte=until) & (Q(released_on__gte=since) if since else Q())
            parts[f"{code}_lines{place}"] = Count("line", filter=inside)
            parts[f"{code}_value{place}"] = Sum("value_cny", filter=inside)
    found = BoardLine.objects.order_by().aggregate(**parts)
    return tuple(
        Ageing(
            code,
            label,
            tuple(
                AgeClass(
                    f"{least}–{most} 天" if most is not None else f"{least} 天以上",
                    *bound,
                    found[f"{code}_lines{place}"],
                    found[f"{code}_value{place}"] or Decimal(0),
                )
                for place, bound in enumerate(bounds)
                for least, most in [bound[:2]]
            ),
        )
        for code, label in LACKS.items()
    )


def board_rows(lines: Sequence[BoardLine], *, today: date | None = None) -> list[BoardRow]:
    """Some lines with what was done about them, amounts compared. Two queries, however many."""
    day = today or timezone.localdate()
    law = law_on(day)
    declared = _of_orders(lines)
    return [_row(each, day, law, declared) for each in lines]


def _row(
    line: BoardLine,
    day: date,
    law: Law,
    declared: Mapping[tuple[str, int], Decimal],
) -> BoardRow:
    filed = line.filed_cny if line.filing_state not in (None, *OPEN, TAXABLE) else None
    return BoardRow(
        line,
        (day - line.released_on).days,
        told_apart(line.value_cny, filed, law),
        told_apart(line.collectable or line.amount, line.collected, law),
        told_apart(declared[line.order_number, line.merchant], line.invoiced, law),
    )


def _of_orders(lines: Sequence[BoardLine]) -> dict[tuple[str, int], Decimal]:
    """What was declared of each order and merchant: invoices are written by order."""
    rows = ExportLine.objects.filter(order_number__in={each.order_number for each in lines}).order_by()
    summed = rows.values_list("order_number", "merchant").annotate(total=Sum("value_cny"))
    return {(order, merchant): total for order, merchant, total in summed}


def _classes(law: Law, today: date) -> list[tuple[int, int | None, date | None, date]]:
    edges = [int(str(each)) for each in names(law, "trade.exemptions.ageing_days")]
    starts = [0, *(edge + 1 for edge in edges)]
    return [
        (least, most, None if most is None else today - timedelta(days=most), today - timedelta(days=least))
        for least, most in zip(starts, [*edges, None], strict=True)
    ]


def board_line(actor: User, number: int) -> BoardRow:
    """One released line with what was done about it.

    Raises:
        InputError: there is none that the actor sees (404).
    """
    row = board_lines(actor).filter(line=number).first() if 0 < number < 2**63 else None
    if row is None:
        raise InputError("没有这行放行的货物", how="请回到对账台", status=404)
    return board_rows([row])[0]
