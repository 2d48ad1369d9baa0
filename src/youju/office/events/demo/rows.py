"""The demo's events as rows and walks: authored in ``demo/office``, what multiplies them comes from a seed."""

from __future__ import annotations

import csv
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

from youju.foundation.kernel import places
from youju.foundation.workflow.walks import CHINA, Walk, working_day
from youju.rules.office.events.kinds import WITH_SIGNUPS
from youju.rules.office.events.lifecycle import EVENT_FLOW, SIGNUP_FLOW

STAFF, HEAD, MERCHANT = ("demo-stf", "陈立"), ("demo-hed", "李建国"), ("demo-mer", "许红")
SEED = 1039
_WORDS = (
    "kind", "name", "name_en", "country", "city", "venue", "project", "section", "details", "subsidy",
)  # fmt: skip


@cache
def table(name: str) -> tuple[dict[str, str], ...]:
    """A CSV file of ``demo/office``, by its name without ending."""
    with (places.DEMO / "office" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def day_of(text: str, today: date) -> date | None:
    """A day as written, or so many days from ``today`` for ``+45``; nothing for a blank."""
    if not text:
        return None
    return today + timedelta(days=int(text)) if text[0] in "+-" else date.fromisoformat(text)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """A moment of a day in China."""
    return datetime.combine(day, time(hour, minute), CHINA)


def event_of(given: dict[str, str], today: date) -> tuple[dict[str, Any], Walk]:
    """The columns of an event, and its way through the flow."""
    starts, ends = day_of(given["starts_on"], today) or today, day_of(given["ends_on"], today) or today
    row: dict[str, Any] = {name: given[name] for name in _WORDS}
    row |= {
        "starts_on": starts,
        "ends_on": ends,
        "signup_until": day_of(given["signup_until"], today),
        "places": int(given["places"]) if given["places"] else None,
        "budget": Decimal(given["budget"]) if given["budget"] else None,
        "created_by": STAFF[0],
        "is_demo": True,
    }
    entered = min(starts - timedelta(days=75), today - timedelta(days=30))
    walk = Walk(EVENT_FLOW, STAFF, at(entered, 9))
    announced = working_day(entered, 5)
    public = given["kind"] in {kind.value for kind in WITH_SIGNUPS}
    walk.take("publish" if public else "begin", STAFF, at(announced, 10))
    row["announced_on"] = announced if public else None
    walk.due_on = working_day(ends, 15)
    if given["fate"] in ("reported", "accepted"):
        reported = working_day(ends, 6)
        walk.take("report", STAFF, at(reported, 15))
        row |= {"reported_on": reported, "reported_by": STAFF[0], "report_note": given["result"]}
        if given["fate"] == "accepted":
            accepted = working_day(reported, 3)
            walk.take("accept", HEAD, at(accepted, 11))
            row |= {"accepted_on": accepted, "accepted_by": HEAD[0]}
    row["state"] = walk.state
    return row, walk


def signup_of(state: str, applied: datetime, *, own: bool) -> Walk:
    """The way of a sign-up."""
    walk = Walk(SIGNUP_FLOW, MERCHANT if own else STAFF, applied)
    decided = at(working_day(applied.date(), 2), 11)
    if state == "approved":
        walk.take("approve", STAFF, decided)
    elif state == "refused":
        walk.take("refuse", STAFF, decided, "产品不在本届展区范围内")
    elif state == "withdrawn":
        walk.take("withdraw", MERCHANT, decided)
    elif state == "waiting":
        walk.take("queue", ("", "系统"), applied, "名额已满")
    return walk
