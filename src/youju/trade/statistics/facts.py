"""What the watch over operations looks at: figures and records turned into frozen facts, with the evidence beside them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from youju.analytics.comparing import Sums
from youju.analytics.cuts import Dimension, Question
from youju.analytics.periods import Period
from youju.rules.trade.statistics.facts import (
    DistrictCase,
    MerchantCase,
    PortCase,
    ReleaseCase,
    ReplyCase,
    ValueCase,
)
from youju.trade.declarations.selectors import messages_unanswered, sent_not_released
from youju.trade.parties.selectors.partners import names_of
from youju.trade.statistics.metrics.cutting import Cutter, last_releases, latest_release
from youju.trade.statistics.models import DistrictFigure
from youju.trade.statistics.selectors.groups import groups_on
from youju.trade.statistics.selectors.labels import labels_of

WATCHED = (Dimension.COUNTRY, Dimension.CATEGORY, Dimension.PORT)
_VALUE, _MERCHANT, _PORT = ("STA-001", "STA-005"), ("STA-002",), ("STA-003",)
_SHOWN = 50
"""Keys of rows that an alert keeps at most; the count says how many there were."""


@dataclass(frozen=True, slots=True)
class Case:
    """Facts for some rules, what they are about in words, and the evidence to keep: plain data."""

    rules: tuple[str, ...]
    facts: object
    label: str
    evidence: dict[str, Any]


def cases(today: date) -> Iterator[Case]:
    """Everything that is watched, as on a day; for who reaches all rows."""
    yield from _values(today)
    yield from _merchants(today)
    yield from _ports(today)
    yield from _arrivals(today)


def _values(today: date) -> Iterator[Case]:
    """The month before this one: the whole, each country, category and port."""
    period = Period.month(today).before()
    cutter = Cutter.of(Question(period, groups=groups_on(today)))
    yield _value("total", "全部市场采购出口", period, cutter.whole(), {})
    for dimension in WATCHED:
        found = cutter.by(dimension)
        every = [*((group.key, group.sums) for group in found.groups), *found.absent]
        names = labels_of(dimension, (key for key, _ in every), day=today)
        for key, sums in every:
            yield _value(f"{dimension}:{key}", names[key], period, sums, {dimension.value: key})


def _value(subject: str, label: str, period: Period, sums: Sums, filters: dict[str, str]) -> Case:
    return Case(
        _VALUE,
        ValueCase(subject, label, period.start, sums.value, sums.year_value, sums.before_value),
        label,
        {
            "figures": {
                "本月出口额（元）": str(sums.value),
                "上年同月（元）": str(sums.year_value),
                "上月（元）": str(sums.before_value),
                "报关单（票）": str(sums.declarations),
            },
            "query": {"period": str(period), **filters},
        },
    )


def _merchants(today: date) -> Iterator[Case]:
    rows = [row for row in last_releases() if row["last_on"] < today]
    names = names_of(row["merchant_id"] for row in rows)
    for row in rows:
        key, last = row["merchant_id"], row["last_on"]
        label = names.get(key, ("", f"经营户 {key}"))[1]
        yield Case(
            _MERCHANT,
            MerchantCase(f"merchant:{key}", label, last, row["declarations"], today),
            label,
            {
                "figures": {"最近一次放行": last.isoformat(), "报关单（票）": str(row["declarations"])},
                "query": {"period": str(Period.month(last)), "merchant": str(key)},
            },
        )


def _ports(today: date) -> Iterator[Case]:
    waiting: dict[str, dict[str, date]] = {}
    for row in sent_not_released():
        waiting.setdefault(row.port, {})[row.key] = timezone.localdate(row.sent_at)
    names = labels_of(Dimension.PORT, waiting, day=today)
    for port, sent in sorted(waiting.items()):
        yield Case(
            _PORT,
            PortCase(f"port:{port}", names[port], sent, today),
            names[port],
            {
                "figures": {"发出未放行（票）": str(len(sent))},
                "declarations": [[key, day.isoformat()] for key, day in list(sent.items())[:_SHOWN]],
            },
        )


def _arrivals(today: date) -> Iterator[Case]:
    last = latest_release()
    told = {"figures": {"最近一次放行": last.isoformat() if last else ""}}
    yield Case(("STA-004",), ReleaseCase(last, today), "放行数据", told)
    months = DistrictFigure.objects.order_by("-month").values_list("month", flat=True)
    latest = months.first()
    yield Case(
        ("STA-006",),
        DistrictCase(latest, today),
        "全口径统计",
        {"figures": {"最近导入的月份": f"{latest:%Y-%m}" if latest else ""}},
    )
    waiting = {name: timezone.localdate(at) for name, at in messages_unanswered()}
    yield Case(
        ("STA-007",),
        ReplyCase(waiting, today),
        "海关回执",
        {
            "figures": {"没有回执的报文": str(len(waiting))},
            "messages": [[name, day.isoformat()] for name, day in list(waiting.items())[:_SHOWN]],
        },
    )
