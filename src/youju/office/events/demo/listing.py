"""The demo's sessions with their lists, its firms that are to be won, its AEO applications."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from youju.foundation.files.services import attach, keep
from youju.foundation.kernel.chance import Chance
from youju.foundation.kernel.sealing import Sealer
from youju.office.events import events
from youju.office.events.demo.rows import SEED, STAFF, at, table
from youju.office.events.models import Application, Attendance, Event, Prospect, Session, Signup
from youju.rules.office.events.lifecycle import AEO_STAGES, PROSPECT_STAGES

_FAMILY, _GIVEN = "王李张刘陈杨赵黄周吴", ("伟", "芳", "敏", "静", "强", "磊", "洋", "艳", "勇", "杰")


def sessions(there: Mapping[str, Event], signups: Mapping[tuple[str, str], Signup]) -> None:
    """Each session with the people of its firms; a share of them came."""
    made = Session.objects.bulk_create(
        Session(
            event=there[each["event"]],
            title=each["title"],
            held_on=date.fromisoformat(each["held_on"]),
            hours=Decimal(each["hours"]),
            place=there[each["event"]].venue,
            speaker=each["speaker"],
            token=hashlib.sha256(f"demo-{place}".encode()).hexdigest()[:22],
            is_demo=True,
        )
        for place, each in enumerate(table("event_sessions"))
    )
    people = []
    for place, (row, each) in enumerate(zip(made, table("event_sessions"), strict=True)):
        chance = Chance(SEED, "attendance", place)
        for (key, _), signup in signups.items():
            if key != each["event"]:
                continue
            for _ in range(signup.wanted):
                name = _FAMILY[chance.below(10)] + _GIVEN[chance.below(10)] + _GIVEN[chance.below(10)]
                came = chance.percent(int(each["share"]))
                people.append(
                    Attendance(
                        session=row,
                        signup=signup,
                        firm=signup.firm,
                        person=name,
                        present=came,
                        came_at=at(row.held_on, 9) if came else None,
                        source="import",
                        is_demo=True,
                    )
                )
    Attendance.objects.bulk_create(people, ignore_conflicts=True)


def prospects(event: Event) -> None:
    """Firms of trade services at every stage."""
    sealer = Sealer()
    Prospect.objects.bulk_create(
        Prospect(
            event=event,
            firm=each["firm"],
            service=each["service"],
            region=each["region"],
            contact=sealer.seal(json.dumps(["示例联系人", f"1541000{place:04d}"])),
            stage=each["stage"],
            last_on=date.fromisoformat(each[f"{each['stage']}_on"]),
            note=each["note"],
            created_by=STAFF[0],
            is_demo=True,
            **_days(each, PROSPECT_STAGES),
        )
        for place, each in enumerate(table("event_prospects"))
    )


def applications(event: Event) -> None:
    """Enterprises on the way to the AEO certificate; who has it shows it."""
    made = Application.objects.bulk_create(
        Application(
            event=event,
            firm=each["firm"],
            firm_code=each["code"],
            stage=each["stage"],
            last_on=date.fromisoformat(each[f"{each['stage']}_on"]),
            note=each["note"],
            created_by=STAFF[0],
            is_demo=True,
            **_days(each, AEO_STAGES),
        )
        for each in table("event_applications")
    )
    for row in made:
        if row.certified_on:
            kept = keep(f"示例认证证书 {row.firm}\n".encode(), name="认证证书.txt", purpose="evidence")
            subject = events.application_subject(row)
            attach(sha256=kept.sha256, subject=subject, name=kept.name, role="evidence")


def _days(each: Mapping[str, str], stages: Mapping[str, str]) -> dict[str, date]:
    return {f"{code}_on": date.fromisoformat(each[f"{code}_on"]) for code in stages if each[f"{code}_on"]}
