"""The demo's events, written once in one transaction."""

from __future__ import annotations

import json
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import transaction

from youju.foundation.audit.services import record
from youju.foundation.files.services import attach, keep
from youju.foundation.identity.selectors import user_named
from youju.foundation.kernel.chance import Chance
from youju.foundation.kernel.context import reaching_all
from youju.foundation.kernel.sealing import Sealer
from youju.foundation.kernel.subjects import Subject
from youju.foundation.workflow.demo import write_cases
from youju.foundation.workflow.walks import Walk
from youju.office.events import events
from youju.office.events.demo.listing import applications, prospects, sessions
from youju.office.events.demo.rows import (
    HEAD,
    MERCHANT,
    SEED,
    STAFF,
    at,
    event_of,
    signup_of,
    table,
)
from youju.office.events.models import Cost, Deal, Event, EventSeries, Signup
from youju.rules.office.events.kinds import PREFIXES
from youju.rules.office.events.lifecycle import EVENT_KIND, SIGNUP_KIND

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

CENTRE, SHOP = "DEMO-ZX", "DEMO-SH"


@transaction.atomic
def load(*, today: date) -> bool:
    """Load them once; whether anything was loaded. Where events stand already nothing is touched."""
    with reaching_all():
        if Event.objects.exists():
            return False
        there = _events(today)
        merchant = user_named(MERCHANT[0])
        signups = _signups(there, merchant, today)
        _deals(there, signups, merchant)
        Cost.objects.bulk_create(
            Cost(
                event=there[each["event"]],
                kind=each["kind"],
                amount=Decimal(each["amount"]),
                spent_on=date.fromisoformat(each["spent_on"]),
                reference=each["reference"],
                note=each["note"],
                written_by=STAFF[0],
                is_demo=True,
            )
            for each in table("event_costs")
        )
        sessions(there, signups)
        prospects(there["zs"])
        applications(there["aeo"])
        label = Subject(events.DEMO_KIND, "2023", "示例年度的展会与活动")
        record(events.LOADED, label, None, {"count": len(there)})
    return True


def _events(today: date) -> dict[str, Event]:
    rows: list[tuple[str, Event, Walk]] = []
    last: dict[str, int] = {}
    for given in table("events"):
        columns, walk = event_of(given, today)
        series = f"{PREFIXES[given['kind']]}{columns['starts_on'].year}"
        last[series] = last.get(series, 0) + 1
        rows.append((given["key"], Event(number=f"{series}-{last[series]:03d}", **columns), walk))
    made = Event.objects.bulk_create(row for _, row, _ in rows)
    cases = [(str(row.pk), str(row), CENTRE, walk) for row, (_, _, walk) in zip(made, rows, strict=True)]
    write_cases(EVENT_KIND, cases)
    EventSeries.objects.bulk_create(EventSeries(code=code, last=place) for code, place in last.items())
    for row in made:
        if row.reported_on:
            note = f"{row.number} {row.name}\n{row.report_note}\n"
            kept = keep(note.encode(), name="总结.txt", purpose="evidence")
            attach(sha256=kept.sha256, subject=events.subject_of(row), name=kept.name, role="report")
    return {key: row for row, (key, _, _) in zip(made, rows, strict=True)}


def _signups(there: dict[str, Event], merchant: User | None, today: date) -> dict[tuple[str, str], Signup]:
    sealer, firms = Sealer(), {each["firm"]: each for each in table("event_firms")}
    given = [dict(each) for each in table("event_signups")] + _drawn()
    rows: list[tuple[tuple[str, str], Signup, Walk]] = []
    for place, each in enumerate(given):
        event, own = there[each["event"]], each["firm"] == "own"
        if own and merchant is None:
            continue
        firm = merchant.organisation.name if own and merchant else each["firm"]
        known = firms.get(each["firm"], {"code": SHOP, "products": "拉杆箱、旅行包"})
        latest = min(event.signup_until or event.starts_on, today) - timedelta(days=3)
        applied = at(max(latest - timedelta(days=place % 7), event.announced_on or latest), 9, place % 60)
        walk = signup_of(each["state"], applied, own=own)
        row = Signup(
            event=event,
            organisation=merchant.organisation_id if own and merchant else None,
            firm=firm,
            firm_code=known["code"],
            wanted=int(each["wanted"]),
            products=known["products"],
            contact=sealer.seal(json.dumps(["示例联系人", f"1540000{place:04d}"])),
            booth=each["booth"],
            state=walk.state,
            applied_at=applied,
            applied_by=MERCHANT[0] if own else STAFF[0],
            reason="产品不在本届展区范围内" if walk.state == "refused" else "",
            is_demo=True,
        )
        if walk.state in ("approved", "refused"):
            row.decided_on, row.decided_by = walk.entered.date(), STAFF[0]
        rows.append(((each["event"], each["firm"]), row, walk))
    made = Signup.objects.bulk_create(row for _, row, _ in rows)
    write_cases(
        SIGNUP_KIND,
        [
            (
                str(row.pk),
                events.signup_subject(row, row.event.name).label,
                SHOP if row.organisation else CENTRE,
                walk,
            )
            for row, (_, _, walk) in zip(made, rows, strict=True)
        ],
    )
    return {key: row for row, (key, _, _) in zip(made, rows, strict=True)}


def _drawn() -> list[dict[str, str]]:
    """Firms of trainings and visits, drawn by the seed."""
    made = []
    for place, event in enumerate(table("events")):
        pool, chance = [each["firm"] for each in table("event_firms")], Chance(SEED, "events", place)
        for _ in range(int(event["firms"])):
            firm = pool.pop(chance.below(len(pool)))
            made.append(
                {
                    "event": event["key"],
                    "firm": firm,
                    "wanted": str(chance.between(1, 2)),
                    "booth": "",
                    "state": "approved",
                }
            )
    return made


def _deals(there: dict[str, Event], signups: dict[tuple[str, str], Signup], merchant: User | None) -> None:
    rows = []
    for each in table("event_deals"):
        signup = signups.get((each["event"], each["firm"]))
        if signup is None:
            continue
        won, own = date.fromisoformat(each["won_on"]), each["firm"] == "own"
        decided: dict[str, Any] = {}
        if each["state"] != "declared":
            decided = {"decided_on": won + timedelta(days=5), "decided_by": HEAD[0], "reason": each["reason"]}
        rows.append(
            Deal(
                event=there[each["event"]],
                signup=signup,
                organisation=merchant.organisation_id if own and merchant else None,
                won_on=won,
                amount=Decimal(each["amount"]),
                country=each["country"],
                buyer=each["buyer"],
                state=each["state"],
                declared_on=won + timedelta(days=1),
                declared_by=MERCHANT[0] if own else STAFF[0],
                is_demo=True,
                **decided,
            )
        )
    for row in Deal.objects.bulk_create(rows):
        if row.state != "refused":
            text = f"示例订单 {row.won_on} {row.amount} 元\n"
            kept = keep(text.encode(), name="订单.txt", purpose="evidence")
            subject = events.deal_subject(row, row.signup.firm)
            attach(sha256=kept.sha256, subject=subject, name=kept.name, role="proof")
