"""Control totals, ages, and the reconciliation with the payments: figures that must agree with one another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Count, Sum
from django.utils import timezone

from youju.foundation.identity.permissions import require
from youju.funds.assets import permissions
from youju.funds.assets.models import Asset, Charge
from youju.funds.assets.selectors.categories import categories, groups
from youju.funds.assets.selectors.funding import paid_payments
from youju.rules.funds.assets.lifecycle import DISPOSED

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

_NONE = Decimal("0.00")
AGES = ((0, 1, "1 年以内"), (1, 3, "1–3 年"), (3, 5, "3–5 年"), (5, 8, "5–8 年"), (8, 999, "8 年以上"))


@dataclass(frozen=True, slots=True)
class CategoryTotal:
    """A category (or all: an empty code): pieces, cost, written off, what is left, CNY."""

    code: str
    name: str
    group: str
    count: int
    cost: Decimal
    depreciated: Decimal

    @property
    def net(self) -> Decimal:
        """What is left of the cost."""
        return self.cost - self.depreciated


@dataclass(frozen=True, slots=True)
class Overview:
    """Control totals of what the centre has, by category and in all. ``charged``: the sum of the charges themselves.

    ``disposed``: what has left, as the register keeps it; ``agrees``: cards and charges say the same.
    """

    rows: tuple[CategoryTotal, ...]
    total: CategoryTotal
    disposed: CategoryTotal
    charged: Decimal
    ages: tuple[tuple[str, int, Decimal], ...]

    @property
    def agrees(self) -> bool:
        """Whether what the cards say was written off is the sum of the charges."""
        return self.charged == self.total.depreciated + self.disposed.depreciated


@dataclass(frozen=True, slots=True)
class ProjectLine:
    """What was paid for capital things by a project, and what became of it, CNY."""

    project: str
    name: str
    payments: int
    paid: Decimal
    registered: Decimal
    expensed: Decimal

    @property
    def open(self) -> Decimal:
        """What nobody registered."""
        return self.paid - self.registered - self.expensed


def overview(actor: User, day: date | None = None) -> Overview:
    """Control totals. Four queries for any size.

    Raises:
        PermissionDenied: the actor sees no assets.
    """
    require(actor, permissions.VIEW)
    known, heads, today = categories(), groups(), day or timezone.localdate()
    sums = (
        Asset.objects.exclude(state=DISPOSED)
        .order_by("category")
        .values_list("category")
        .annotate(Count("pk"), Sum("cost"), Sum("depreciated"))
    )
    rows = tuple(
        CategoryTotal(
            code, known[code].name if code in known else code, heads.get(code[:3], code[:3]), *figures
        )
        for code, *figures in sums
    )
    gone = Asset.objects.filter(state=DISPOSED).aggregate(n=Count("pk"), c=Sum("cost"), d=Sum("depreciated"))
    return Overview(
        rows=rows,
        total=_together(rows),
        disposed=CategoryTotal("", "已处置", "", gone["n"], gone["c"] or _NONE, gone["d"] or _NONE),
        charged=Charge.objects.aggregate(sum=Sum("amount"))["sum"] or _NONE,
        ages=_ages(today),
    )


def _together(rows: Sequence[CategoryTotal]) -> CategoryTotal:
    return CategoryTotal(
        "", "合计", "", sum(row.count for row in rows), sum((row.cost for row in rows), _NONE),
        sum((row.depreciated for row in rows), _NONE),
    )  # fmt: skip


def _ages(today: date) -> tuple[tuple[str, int, Decimal], ...]:
    years: dict[int, tuple[int, Decimal]] = {}
    rows = (
        Asset.objects.exclude(state=DISPOSED)
        .order_by()
        .values_list("acquired_on")
        .annotate(Count("pk"), Sum("cost"))
    )
    for acquired, count, cost in rows:
        age = max(0, today.year - acquired.year - ((today.month, today.day) < (acquired.month, acquired.day)))
        have = years.get(age, (0, _NONE))
        years[age] = (have[0] + count, have[1] + cost)
    return tuple(
        (
            label,
            sum(count for age, (count, _) in years.items() if low <= age < high),
            sum((cost for age, (_, cost) in years.items() if low <= age < high), _NONE),
        )
        for low, high, label in AGES
    )


def reconciliation(actor: User, year: int) -> tuple[tuple[ProjectLine, ...], ProjectLine]:
    """Paid capital amounts of a year by project against cards and expensed parts; the lines, and all together.

    Raises:
        PermissionDenied: the actor sees no assets, or no payments.
    """
    rows = paid_payments(actor, year=year).order_by("project__code")
    lines: dict[str, ProjectLine] = {}
    for code, name, paid, registered, expensed in rows.values_list(
        "project__code", "project__name", "amount", "registered", "expensed"
    ):
        have = lines.get(code, ProjectLine(code, name, 0, _NONE, _NONE, _NONE))
        lines[code] = ProjectLine(
            code, name, have.payments + 1, have.paid + paid, have.registered + registered, have.expensed + expensed
        )  # fmt: skip
    every = tuple(lines.values())
    total = ProjectLine(
        "", "合计", sum(each.payments for each in every), sum((each.paid for each in every), _NONE),
        sum((each.registered for each in every), _NONE), sum((each.expensed for each in every), _NONE),
    )  # fmt: skip
    return every, total


def years_paid(actor: User) -> list[int]:
    """Years in which capital payments were paid, the latest first.

    Raises:
        PermissionDenied: the actor sees no assets, or no payments.
    """
    rows = paid_payments(actor).order_by().values_list("paid_on__year", flat=True).distinct()
    return sorted({year for year in rows if year}, reverse=True)


def months_charged(actor: User, month: date) -> tuple[CategoryTotal, ...]:
    """What one month took, by category: pieces, cost, the month's charges.

    Raises:
        PermissionDenied: the actor sees no assets.
    """
    require(actor, permissions.VIEW)
    known, heads = categories(), groups()
    sums = (
        Charge.objects.filter(month=month)
        .order_by("asset__category")
        .values_list("asset__category")
        .annotate(Count("pk"), Sum("asset__cost"), Sum("amount"))
    )
    return tuple(
        CategoryTotal(
            code, known[code].name if code in known else code, heads.get(code[:3], code[:3]), *figures
        )
        for code, *figures in sums
    )
