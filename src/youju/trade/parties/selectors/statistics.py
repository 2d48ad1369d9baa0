"""Filings counted: by role, section, state, month, market, country; and whether the promised days were kept.

Each figure is counted from the rows that ``filed_rows`` or ``step_rows`` gives for its key: one condition for both.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import CharField, Count, F, Func, Q, QuerySet, TextField
from django.db.models.functions import Cast, TruncMonth
from django.utils import timezone

from youju.foundation.identity.selectors import sections
from youju.foundation.workflow.selectors import finished_steps
from youju.rules.trade.parties.lifecycle import APPROVED, CHANGE_KIND, PARTY_FLOW, PARTY_KIND
from youju.rules.trade.parties.roles import PartyRole
from youju.trade.parties import countries
from youju.trade.parties.models import ChangeRequest, Market, Party

EXPIRED, NONE = "expired", "none"
MONTHS = 12


@dataclass(frozen=True, slots=True)
class Slice:
    """One figure: ``key`` gives ``filed_rows`` its rows."""

    key: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Kept:
    """Steps with a promised day in a period: how many, how many in time; ``rate`` in percent, ``None`` without steps."""

    since: date
    until: date
    total: int
    kept: int

    @property
    def late(self) -> int:
        """How many were taken after the promised day."""
        return self.total - self.kept

    @property
    def rate(self) -> str | None:
        """Per cent with one decimal, cut and never rounded up: 99.96 is not all."""
        return None if not self.total else f"{self.kept * 1000 // self.total / 10:.1f}"


@dataclass(frozen=True, slots=True)
class Statistics:
    """Everything the page shows: the total, each division of it by name, the promised days of this year."""

    total: int
    by: Mapping[str, tuple[Slice, ...]]
    kept: Kept


DIMENSIONS: dict[str, str] = {
    "role": "主体类型",
    "section": "受理科室",
    "state": "备案状态",
    "month": "备案月份",
    "market": "所在市场",
    "country": "境外采购商国别（地区）",
}
"""The divisions, by the name that stands in addresses."""


def statistics() -> Statistics:
    """The filings that the reader reaches, merged ones left out. Nine queries, however many filings."""
    today = timezone.localdate()
    return Statistics(
        _filed().count(),
        {name: _COUNTED[name]() for name in DIMENSIONS},
        kept_in(date(today.year, 1, 1), today),
    )


def filed_rows(*, text: str = "", **keys: str) -> QuerySet[Party]:
    """The filings behind a figure: ``keys`` by the names of ``DIMENSIONS``; several narrow one another."""
    rows = _filed()
    for name, key in keys.items():
        if key:
            rows = rows.filter(_CONDITIONS[name](key))
    for word in text.replace("\0", "").split():
        rows = rows.filter(Q(name__icontains=word) | Q(number__icontains=word) | Q(credit_code__iexact=word))
    return rows


def kept_in(since: date, until: date) -> Kept:
    """How many steps of filings and changes were taken within their promised days. One query."""
    found = step_rows(since=since, until=until).aggregate(
        total=Count("pk"), kept=Count("pk", filter=Q(within_limit=True))
    )
    return Kept(since, until, found["total"], found["kept"])


def step_rows(*, since: date, until: date, kept: bool | None = None) -> QuerySet[Any]:
    """The steps behind ``kept_in``, those of files that the reader reaches."""
    parties = Party.objects.annotate(key=Cast("pk", CharField())).values("key")
    changes = ChangeRequest.objects.annotate(key=Cast("pk", CharField())).values("key")
    rows = finished_steps(since=since, until=until).filter(
        Q(case__subject_kind=PARTY_KIND, case__subject_key__in=parties)
        | Q(case__subject_kind=CHANGE_KIND, case__subject_key__in=changes)
    )
    return (rows if kept is None else rows.filter(within_limit=kept)).select_related("case")


def slice_choices(name: str) -> list[tuple[str, str]]:
    """The keys of a division that have filings, for a filter."""
    return [(each.key, each.label) for each in _COUNTED[name]()]


def _filed() -> QuerySet[Party]:
    return Party.objects.filter(merged_into=None)


def _each(column: str) -> tuple[tuple[str, int], ...]:
    """How many filings hold each element of an array; one with two is counted in both, one with none under none."""
    unnested = Func(F(column), function="unnest", output_field=TextField())
    rows = _filed().annotate(key=unnested).values("key").annotate(count=Count("pk")).order_by("key")
    return tuple((row["key"], row["count"]) for row in rows)


def _by_role() -> tuple[Slice, ...]:
    found = dict(_each("roles"))
    return tuple(
        Slice(role.value, role.label, found[role.value]) for role in PartyRole if role.value in found
    )


def _by_section() -> tuple[Slice, ...]:
    names = sections()
    found = [Slice(key, names.get(key, key), count) for key, count in _each("sections")]
    rest = _filed().filter(_in_section(NONE)).count()
    return (*found, Slice(NONE, "未分科室", rest)) if rest else tuple(found)


def _by_state() -> tuple[Slice, ...]:
    rows = (
        _filed()
        .values("state")
        .annotate(
            count=Count("pk"), gone=Count("pk", filter=Q(state=APPROVED, valid_to__lt=timezone.localdate()))
        )
    )
    found = {row["state"]: (row["count"] - row["gone"], row["gone"]) for row in rows.order_by("state")}
    shown = [
        Slice(state.code, state.label, found[state.code][0])
        for state in PARTY_FLOW.states
        if state.code in found and found[state.code][0]
    ]
    gone = sum(each[1] for each in found.values())
    return (*shown, Slice(EXPIRED, "已到期", gone)) if gone else tuple(shown)


def _by_month() -> tuple[Slice, ...]:
    """The latest months in which filings were granted."""
    rows = (
        _filed()
        .exclude(approved_at=None)
        .annotate(month=TruncMonth("approved_at"))
        .values("month")
        .annotate(count=Count("pk"))
        .order_by("-month")[:MONTHS]
    )
    return tuple(
        Slice(f"{row['month']:%Y-%m}", f"{row['month']:%Y-%m}", row["count"]) for row in reversed(list(rows))
    )


def _by_market() -> tuple[Slice, ...]:
    held = Q(stalls__tenancies__valid_to=None, stalls__tenancies__party__in=_filed())
    rows = Market.objects.annotate(count=Count("stalls__tenancies__party", filter=held, distinct=True))
    return tuple(Slice(row.code, row.name, row.count) for row in rows if row.count)


def _by_country() -> tuple[Slice, ...]:
    rows = _filed().filter(_is_buyer()).values("country").annotate(count=Count("pk"))
    return tuple(
        Slice(row["country"], countries.name_of(row["country"]) or row["country"], row["count"])
        for row in rows.order_by("-count", "country")
    )


def _is_buyer() -> Q:
    return Q(roles__contains=[PartyRole.BUYER.value])


def _in_section(key: str) -> Q:
    return Q(sections=[]) if key == NONE else Q(sections__contains=[key])


def _in_state(key: str) -> Q:
    today = timezone.localdate()
    if key == EXPIRED:
        return Q(state=APPROVED, valid_to__lt=today)
    gone = Q(state=APPROVED, valid_to__lt=today)
    return Q(state=key) & ~gone if key == APPROVED else Q(state=key)


def _in_month(key: str) -> Q:
    year, _, month = key.partition("-")
    if not (year.isdigit() and month.isdigit()):
        return Q(pk__in=[])
    return Q(approved_at__year=int(year), approved_at__month=int(month))


_CONDITIONS: dict[str, Callable[[str], Q]] = {
    "role": lambda key: Q(roles__contains=[key]),
    "section": _in_section,
    "state": _in_state,
    "month": _in_month,
    "market": lambda key: Q(
        pk__in=Party.objects.filter(tenancies__valid_to=None, tenancies__stall__market__code=key).values("pk")
    ),
    "country": lambda key: _is_buyer() & Q(country=key),
}
_COUNTED: dict[str, Callable[[], tuple[Slice, ...]]] = {
    "role": _by_role,
    "section": _by_section,
    "state": _by_state,
    "month": _by_month,
    "market": _by_market,
    "country": _by_country,
}
