"""The board of credit: how the parties stand now and how that went month by month."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Avg, Count, QuerySet

from youju.rules.trade.credit.lifecycle import CHECKED, SUBMITTED
from youju.trade.credit import permissions
from youju.trade.credit.models import Plea, Score, Snapshot
from youju.trade.credit.selectors.scores import grades_of, require_any

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

_POINT = Decimal("0.01")
_MONTHS = 24


@dataclass(frozen=True, slots=True)
class GradeLine:
    """A grade: its word, from how many points on, how many parties now and one snapshot before."""

    code: str
    title: str
    least: Decimal
    count: int
    before: int


@dataclass(frozen=True, slots=True)
class Board:
    """What the board shows; ``months`` are (month, grade → parties), oldest first."""

    snapshot: Snapshot | None
    grades: tuple[GradeLine, ...]
    average: Decimal
    bins: tuple[tuple[str, int], ...]
    months: tuple[tuple[str, dict[str, int]], ...]
    waiting: int
    to_decide: int
    worst: tuple[Score, ...]


def board(actor: User) -> Board:
    """The board, as far as the actor reaches. Some queries, whatever the number of parties.

    Raises:
        PermissionDenied: the actor sees no credit of others.
    """
    require_any(actor, permissions.VIEW)
    recent = list(Snapshot.objects.order_by("-month")[:_MONTHS])
    waiting = Plea.objects.filter(state=SUBMITTED).count()
    to_decide = Plea.objects.filter(state=CHECKED).count()
    if not recent:
        return Board(None, (), Decimal(0), (), (), waiting, to_decide, ())
    counts = _counts(recent)
    now, before = recent[0], counts.get(recent[1].pk, {}) if len(recent) > 1 else {}
    rows = Score.objects.filter(snapshot=now, current=True)
    average = rows.aggregate(mean=Avg("total"))["mean"] or Decimal(0)
    lines = tuple(
        GradeLine(code, each.title, each.least, counts.get(now.pk, {}).get(code, 0), before.get(code, 0))
        for code, each in grades_of(now).items()
    )
    return Board(
        now, lines, Decimal(average).quantize(_POINT), _bins(rows),
        tuple((f"{each.month:%Y-%m}", counts.get(each.pk, {})) for each in reversed(recent)), waiting, to_decide,
        tuple(rows.defer("evidence", "items").order_by("total", "pk")[:10]),
    )  # fmt: skip


def _counts(recent: list[Snapshot]) -> dict[int, dict[str, int]]:
    found: dict[int, dict[str, int]] = {}
    rows = Score.objects.filter(snapshot__in=recent, current=True).order_by()
    for snapshot, grade, count in rows.values_list("snapshot_id", "grade").annotate(n=Count("pk")):
        found.setdefault(snapshot, {})[grade] = count
    return found


def _bins(rows: QuerySet[Score]) -> tuple[tuple[str, int], ...]:
    """Parties by points, in steps of ten."""
    counts = [0] * 10
    for total, count in rows.order_by().values_list("total").annotate(n=Count("pk")):
        counts[min(int(total) // 10, 9)] += count
    return tuple((f"{place * 10}–{place * 10 + 10}", count) for place, count in enumerate(counts))
