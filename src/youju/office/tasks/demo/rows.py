"""The authored rows of ``demo/office`` as tasks with the way each took; needs no database."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any

from youju.foundation.kernel import places
from youju.foundation.policies import law_on
from youju.foundation.workflow.walks import CHINA, Walk, working_day
from youju.rules.law import whole
from youju.rules.office.tasks.kinds import PREFIXES, Every
from youju.rules.office.tasks.lifecycle import TASK_FLOW
from youju.rules.office.tasks.repeating import due_days
from youju.rules.workflow import is_working_day

PEOPLE = {
    "stf": ("demo-stf", "陈立"),
    "fin": ("demo-fin", "王芳"),
    "pfo": ("demo-pfo", "周敏"),
    "hed": ("demo-hed", "李建国"),
    "mer": ("demo-mer", "许红"),
    "": ("", ""),
}
LIMITS = {"dispute": "office.tasks.dispute_days", "request": "office.tasks.request_days"}
OWN = "own"


@dataclass(slots=True)
class Made:
    """A task of the demo: its columns, its way, and for what enterprises brought the matter and its mediations."""

    task: dict[str, Any]
    walk: Walk
    plan: int | None = None
    matter: dict[str, Any] | None = None
    mediations: list[dict[str, Any]] = field(default_factory=list)
    own: bool = False


@cache
def table(name: str) -> tuple[dict[str, str], ...]:
    """A CSV file of ``demo/office``, by its name without ending."""
    with (places.DEMO / "office" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def plans() -> list[dict[str, Any]]:
    """The repeating tasks, in the order of the file."""
    return [
        {
            "title": row["title"],
            "every": row["every"],
            "first_due": date.fromisoformat(row["due_on"]),
            "until": date.fromisoformat(row["until"]),
            "created_by": PEOPLE["hed"][0],
        }
        for row in table("tasks")
        if row["every"] != Every.ONCE
    ]


def made(today: date) -> list[Made]:
    """Every task of the demo, numbered by kind and year in the order of their days."""
    found = [*_planned(today), *_brought(today)]
    found.sort(key=lambda each: (each.task["received_on"], each.task["due_on"], each.task["title"]))
    last: dict[str, int] = {}
    for each in found:
        code = f"{PREFIXES[each.task['kind']]}{each.task['due_on'].year}"
        last[code] = last.get(code, 0) + 1
        each.task["number"] = f"{code}-{last[code]:05d}"
    return found


def _day(text: str, today: date) -> date:
    if text[0] in "+-":
        count = int(text)
        return working_day(today, count) if count > 0 else _before(today, -count)
    return date.fromisoformat(text)


def _before(day: date, count: int) -> date:
    """The ``count``-th working day before a day."""
    while count:
        day -= timedelta(days=1)
        count -= is_working_day(day)
    return day


def _at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour, 30), CHINA)


def _planned(today: date) -> Iterator[Made]:
    place = -1
    for row in table("tasks"):
        first, plan = _day(row["due_on"], today), None
        days: tuple[date, ...] = (first,)
        if row["every"] != Every.ONCE:
            place += 1
            plan = place
            days = due_days(first, Every(row["every"]), date.fromisoformat(row["until"]))
        for due in days:
            yield _one(row, due, plan)


def _one(row: dict[str, str], due: date, plan: int | None) -> Made:
    received = min(date(due.year, 1, 3), due) if row["due_on"][0] not in "+-" else _before(due, 6)
    starts = max(due.replace(day=1), received) if plan is not None else received
    doer, accepts = PEOPLE[row["person"]], PEOPLE[row["acceptor"]]
    task: dict[str, Any] = {
        "kind": row["kind"],
        "title": row["title"],
        "details": row["details"],
        "tags": [tag for tag in row["tags"].split("、") if tag],
        "project": row["project"],
        "section": row["section"],
        "person": doer[0],
        "person_name": doer[1],
        "acceptor": accepts[0],
        "acceptor_name": accepts[1],
        "received_on": received,
        "starts_on": min(starts, due),
        "due_on": due,
        "state": "planned",
        "created_by": PEOPLE["hed"][0],
        "is_demo": True,
    }
    walk = Walk(TASK_FLOW, PEOPLE["hed"], _at(received, 9), due_on=None)
    walk.due_on, walk.assigned = due, doer
    if row["fate"] != "planned":
        walk.take("begin", doer, _at(max(_before(due, 5), received), 9))
        walk.due_on = due
    if row["fate"] not in ("planned", "open"):
        accepted = (
            _before(due, int(row["fate"])) if int(row["fate"]) >= 0 else working_day(due, -int(row["fate"]))
        )
        done = max(_before(accepted, 1), received)
        walk.take("finish", doer, _at(done, 15))
        walk.assigned = accepts
        walk.take("accept", accepts, _at(max(accepted, done), 16))
        task |= {
            "done_on": done,
            "done_by": doer[0],
            "done_note": "已按计划完成。",
            "accepted_on": max(accepted, done),
            "accepted_by": accepts[0],
        }
    task["state"] = walk.state
    return Made(task, walk, plan)


def _brought(today: date) -> Iterator[Made]:
    for place, row in enumerate(table("matters")):
        received = _day(row["received_on"], today)
        due = working_day(received, whole(law_on(received), LIMITS[row["kind"]]))
        own = row["own"] == OWN
        starter = PEOPLE["mer"] if own else PEOPLE["stf"]
        task: dict[str, Any] = {
            "kind": row["kind"],
            "title": row["title"],
            "received_on": received,
            "starts_on": received,
            "due_on": due,
            "state": "planned",
            "section": "WM",
            "tags": [],
            "details": "",
            "created_by": starter[0],
            "is_demo": True,
        }
        walk = Walk(TASK_FLOW, starter, _at(received, 9))
        walk.due_on = due
        matter = {
            "topic": row["topic"],
            "applicant": row["applicant"],
            "contact": json.dumps([f"联系人{place + 1}", f"1540000{place:04d}"]),
            "other_side": row["other_side"] or ("本中心" if row["topic"] == "service" else ""),
            "amount": row["amount"] if row["amount"] not in ("", "0") else None,
            "reference": row["reference"],
            "outcome": row["outcome"],
            "result": row["result"],
        }
        mediations = []
        if row["days"]:
            doer, accepts = PEOPLE["stf"], PEOPLE["hed"]
            closed = working_day(received, int(row["days"]))
            walk.take("begin", doer, _at(working_day(received, 1), 9))
            walk.due_on = due
            for number, text in enumerate(filter(None, row["mediations"].split("|")), 2):
                mediations.append(
                    {
                        "held_on": min(working_day(received, number * 2), closed),
                        "text": text,
                        "shown": True,
                        "written_by": doer[0],
                        "written_name": doer[1],
                    }
                )
            walk.take("finish", doer, _at(closed, 15))
            walk.take("accept", accepts, _at(closed, 16))
            task |= {
                "person": doer[0],
                "person_name": doer[1],
                "done_on": closed,
                "done_by": doer[0],
                "accepted_on": closed,
                "accepted_by": accepts[0],
            }
        task["state"] = walk.state
        yield Made(task, walk, None, matter, mediations, own)
