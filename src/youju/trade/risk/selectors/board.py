"""Counts for the board: by rule with the hit rate, by month, by lane; the rules with their parameters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q, Sum
from django.db.models.functions import TruncMonth

from youju.foundation.identity.permissions import require
from youju.foundation.policies import law_on
from youju.rules.registry import REGISTRY
from youju.rules.trade.risk.judging import LANES, RULES, points_of
from youju.rules.trade.risk.lifecycle import APPEALED, ASKED, ASSIGNED, CONFIRMED, FOUND
from youju.trade.risk import permissions
from youju.trade.risk.models import Hit, Lane, PeerVersion, Scan

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


@dataclass(frozen=True, slots=True)
class RuleCount:
    """A rule's hits: all, open, disposed of, confirmed; ``rate`` is confirmed over disposed of, empty without any."""

    rule: str
    title: str
    found: int
    open: int
    disposed: int
    confirmed: int
    stake: Decimal

    @property
    def rate(self) -> str:
        """The hit rate in whole per cent."""
        return f"{self.confirmed / self.disposed:.0%}" if self.disposed else ""


@dataclass(frozen=True, slots=True)
class RuleView:
    """A rule with its parameters (id, label, value on the day) and its counts."""

    count: RuleCount
    sentence: str
    basis: str
    points: int
    parameters: Sequence[tuple[str, str, str]]


@dataclass(frozen=True, slots=True)
class Board:
    """The board: counts by rule, months (``2023-06``, found, confirmed), lanes (lane, count, drawn), last scan, peers."""

    rules: Sequence[RuleCount]
    months: Sequence[tuple[str, int, int]]
    lanes: Sequence[tuple[str, int, int]]
    open: int
    found: int
    disposed: int
    confirmed: int
    scan: Scan | None
    peers: PeerVersion | None


def board(*, actor: User, year: int | None = None) -> Board:
    """The board, of a year of business or of all. Five queries.

    Raises:
        PermissionDenied: the actor does not see hits.
    """
    require(actor, permissions.VIEW)
    rows, lanes = Hit.objects.all(), Lane.objects.all()
    if year:
        first, after = date(year, 1, 1), date(year + 1, 1, 1)
        rows, lanes = (
            rows.filter(day__gte=first, day__lt=after),
            lanes.filter(declared_on__gte=first, declared_on__lt=after),
        )
    counts = rule_counts(rows)
    months = (
        rows.order_by()
        .annotate(month=TruncMonth("day"))
        .values_list("month")
        .annotate(found=Count("pk"), confirmed=Count("pk", filter=Q(conclusion__in=CONFIRMED)))
        .order_by("month")
    )
    by_lane = {
        lane: (count, drawn)
        for lane, count, drawn in lanes.order_by()
        .values_list("lane")
        .annotate(count=Count("pk"), drawn=Count("pk", filter=Q(drawn=True)))
    }
    return Board(
        counts,
        [(f"{month:%Y-%m}", found, confirmed) for month, found, confirmed in months],
        [(lane, *by_lane.get(lane, (0, 0))) for lane in LANES],
        sum(each.open for each in counts),
        sum(each.found for each in counts),
        sum(each.disposed for each in counts),
        sum(each.confirmed for each in counts),
        Scan.objects.filter(state="done").order_by("-pk").first(),
        PeerVersion.objects.order_by("-pk").first(),
    )


def rule_counts(rows: object = None) -> list[RuleCount]:
    """Every rule with its counts, by id. One query."""
    asked = Hit.objects.all() if rows is None else rows
    found: dict[str, dict[str, Any]] = {
        row["rule"]: dict(row)
        for row in asked.order_by()  # type: ignore[attr-defined]
        .values("rule")
        .annotate(
            found=Count("pk"),
            open=Count("pk", filter=Q(state__in=(FOUND, ASSIGNED, ASKED, APPEALED))),
            disposed=Count("pk", filter=~Q(conclusion="")),
            confirmed=Count("pk", filter=Q(conclusion__in=CONFIRMED)),
            stake=Sum("stake"),
        )
    }
    blank: dict[str, Any] = {"found": 0, "open": 0, "disposed": 0, "confirmed": 0, "stake": Decimal(0)}
    return [
        RuleCount(
            rule,
            REGISTRY.versions(rule)[-1].title,
            **{k: v for k, v in (found.get(rule) or blank).items() if k != "rule"},
        )
        for rule in RULES
    ]


def rules_page(*, actor: User, day: date) -> list[RuleView]:
    """Every rule with its sentence, parameters and hit rate. One query.

    Raises:
        PermissionDenied: the actor does not see hits.
    """
    require(actor, permissions.VIEW)
    from youju.foundation.policies import load

    law, policies = law_on(day), load().policies
    found = []
    for count in rule_counts():
        version = REGISTRY.versions(count.rule)[-1]
        shown = [(name, policies[name].label, _value(law[name])) for name in version.parameters]
        found.append(RuleView(count, version.sentence, version.basis, points_of(count.rule, law), shown))
    return found


def _value(value: object) -> str:
    if isinstance(value, tuple):
        told = "、".join(str(each) for each in value)
    elif hasattr(value, "items"):
        told = "、".join(f"{name} {each}" for name, each in value.items())
    else:
        told = str(value)
    return told if len(told) <= _LONGEST else f"{told[:_LONGEST]}…"


_LONGEST = 60
