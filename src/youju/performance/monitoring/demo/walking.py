"""The ways of the example round and of its orders."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time

from youju.foundation.workflow.walks import CHINA, Walk
from youju.rules.performance.monitoring.lifecycle import ORDER_FLOW, ROUND_FLOW

OFFICER, HEAD, STAFF, FINANCE = (
    ("demo-pfo", "周敏"),
    ("demo-hed", "李建国"),
    ("demo-stf", "陈立"),
    ("demo-fin", "王芳"),
)


def at(day: date, hour: int) -> datetime:
    """A moment of a day in China."""
    return datetime.combine(day, time(hour), CHINA)


def walk_round(days: Mapping[str, date]) -> Walk:
    """From draft to closed, each step on its day."""
    walk = Walk(ROUND_FLOW, OFFICER, at(days["made"], 9))
    for step, day, by in (
        ("send_out", "sent", OFFICER),
        ("fill", "filled", STAFF),
        ("submit", "submitted", OFFICER),
        ("approve", "approved", HEAD),
        ("close", "closed", OFFICER),
    ):
        walk.take(step, by, at(days[day], 16))
    return walk


def walk_order(issued: date, due: date, replied: date | None, verified: date | None) -> Walk:
    """An order as far as it came."""
    walk = Walk(ORDER_FLOW, OFFICER, at(issued, 10))
    walk.due_on = due
    if replied is not None:
        walk.take("reply", STAFF, at(replied, 15))
    if verified is not None:
        walk.take("verify", FINANCE, at(verified, 11))
    return walk
