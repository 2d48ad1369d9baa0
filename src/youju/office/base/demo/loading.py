"""The demo's base, authored in ``demo/office``, written once in one transaction.

Planted: a document that is repealed and still named in force, one without a proper number, a platform project refused at
acceptance, one past its day.
"""

from __future__ import annotations

import csv
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

from django.db import transaction

from youju.foundation.audit.services import record
from youju.foundation.files.services import attach, keep
from youju.foundation.kernel import places
from youju.foundation.kernel.subjects import Subject
from youju.foundation.workflow.demo import write_cases
from youju.foundation.workflow.walks import CHINA, Walk
from youju.office.base import events
from youju.office.base.models import MODELS, Document, Milestone, Platform
from youju.office.base.registers import REGISTERS
from youju.office.base.selectors.pages import EVIDENCE
from youju.office.base.services.registering import note_repeals
from youju.office.base.services.writing import put
from youju.rules.office.base.kinds import BRANDS, DOCUMENTS, PATENTS, PLATFORMS, STANDARDS
from youju.rules.office.base.lifecycle import PLATFORM_FLOW

STAFF, HEAD, CENTRE = ("demo-stf", "陈立"), ("demo-hed", "李建国"), "DEMO-ZX"
FILES = {
    DOCUMENTS: "policy_documents",
    PATENTS: "patents",
    BRANDS: "brands",
    STANDARDS: "standards",
    PLATFORMS: "platforms",
}


@cache
def table(name: str) -> tuple[dict[str, str], ...]:
    """A CSV file of ``demo/office``, by its name without ending."""
    with (places.DEMO / "office" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


@transaction.atomic
def load() -> bool:
    """Load them once; whether anything was loaded. Where documents stand already nothing is touched."""
    if Document.objects.exists() or Platform.objects.exists():
        return False
    count = 0
    for register, name in FILES.items():
        rows = [_row(register, each) for each in table(name)]
        if register == PLATFORMS:
            _platforms(rows)
        else:
            MODELS[register]._default_manager.bulk_create(rows)
        count += len(rows)
    note_repeals(Document.objects.exclude(repeals=[]))
    record(events.LOADED, Subject(events.DEMO_KIND, "2023", "示例的基地与支持政策"), None, {"count": count})
    return True


def _row(register: str, each: dict[str, str]) -> Any:
    wish: dict[str, Any] = dict(each)
    for field in REGISTERS[register].fields:
        text = each.get(field.name, "")
        if field.sort == "day":
            wish[field.name] = date.fromisoformat(text) if text else None
        elif field.sort == "money":
            wish[field.name] = Decimal(text)
        elif field.sort == "flag":
            wish[field.name] = text == "是"
        elif field.sort == "numbers":
            wish[field.name] = text.split("、") if text else []
    row = MODELS[register](created_by=STAFF[0], is_demo=True)
    put(REGISTERS[register], row, wish)
    return row


def _platforms(rows: list[Platform]) -> None:
    fates = {each["number"]: each for each in table("platforms")}
    walks = [_walk(row, fates[row.number]) for row in rows]
    for row, walk in zip(rows, walks, strict=True):
        row.state = walk.state
    Platform.objects.bulk_create(rows)
    declared = REGISTERS[PLATFORMS]
    cases = [
        (str(row.pk), declared.subject(row).label, CENTRE, walk)
        for row, walk in zip(rows, walks, strict=True)
    ]
    write_cases(declared.subject_kind, cases)
    by_number = {row.number: row for row in rows}
    places_: dict[str, int] = {}
    for each in table("milestones"):
        places_[each["platform"]] = places_.get(each["platform"], 0) + 1
        Milestone.objects.create(
            platform=by_number[each["platform"]],
            place=places_[each["platform"]],
            title=each["title"],
            due_on=date.fromisoformat(each["due_on"]),
            done_on=date.fromisoformat(each["done_on"]) if each["done_on"] else None,
            done_by=STAFF[0] if each["done_on"] else "",
        )
    for row in rows:
        if row.delivered_on:
            _prove(row)


def _walk(row: Platform, fate: dict[str, str]) -> Walk:
    walk = Walk(PLATFORM_FLOW, STAFF, _at(row.starts_on - timedelta(days=10), 9))
    walk.take("begin", STAFF, _at(row.starts_on, 9))
    if fate["fate"] == "running":
        return walk
    row.delivered_on, row.delivered_by = row.due_on - timedelta(days=5), STAFF[0]
    walk.take("deliver", STAFF, _at(row.delivered_on, 10))
    answered = row.delivered_on + timedelta(days=7)
    if fate["fate"] == "refused":
        row.refusals, row.refused_why = 1, fate["reason"]
        walk.take("refuse", HEAD, _at(answered, 15), fate["reason"])
    else:
        row.accepted_on, row.accepted_by, row.accepted_name = answered, *HEAD
        walk.take("accept", HEAD, _at(answered, 15))
    return walk


def _prove(row: Platform) -> None:
    """A report of the demo's own as evidence: a page of text that says so."""
    text = f"示例验收材料：{row.number} {row.title}，{row.holder}。本文件由示例数据生成。\n"
    kept = keep(text.encode(), name=f"{row.number}验收材料.txt", purpose="evidence")
    attach(sha256=kept.sha256, subject=REGISTERS[PLATFORMS].subject(row), name=kept.name, role=EVIDENCE)


def _at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), CHINA)
