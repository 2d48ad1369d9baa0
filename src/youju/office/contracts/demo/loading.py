"""The demo's contracts, authored in ``demo/office``, written once in one transaction."""

from __future__ import annotations

import csv
from datetime import date, datetime, time
from decimal import Decimal
from functools import cache

from django.db import transaction

from youju.foundation.audit.services import record
from youju.foundation.kernel import places
from youju.foundation.kernel.subjects import Subject
from youju.foundation.workflow.demo import write_cases
from youju.foundation.workflow.walks import CHINA, Walk
from youju.office.contracts import events
from youju.office.contracts.models import Contract, Deliverable, Instalment, Opinion
from youju.rules.office.contracts.lifecycle import DELIVERABLE_FLOW, DELIVERABLE_KIND

STAFF, HEAD, CENTRE = ("demo-stf", "陈立"), ("demo-hed", "李建国"), "DEMO-ZX"


@cache
def table(name: str) -> tuple[dict[str, str], ...]:
    """A CSV file of ``demo/office``, by its name without ending."""
    with (places.DEMO / "office" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


@transaction.atomic
def load() -> bool:
    """Load them once; whether anything was loaded. Where contracts stand already nothing is touched."""
    if Contract.objects.exists():
        return False
    contracts = {
        row.number: row
        for row in Contract.objects.bulk_create(_contract(each) for each in table("contracts"))
    }
    places_: dict[str, int] = {}
    parts, walks = [], []
    for each in table("deliverables"):
        places_[each["contract"]] = places_.get(each["contract"], 0) + 1
        row, walk = _deliverable(contracts[each["contract"]], places_[each["contract"]], each)
        parts.append(row)
        walks.append(walk)
    made = Deliverable.objects.bulk_create(parts)
    write_cases(
        DELIVERABLE_KIND,
        [
            (str(row.pk), events.deliverable_subject(row, row.contract.number).label, CENTRE, walk)
            for row, walk in zip(made, walks, strict=True)
        ],
    )
    by_place = {(row.contract.number, row.place): row for row in made}
    counts: dict[str, int] = {}
    instalments = []
    for each in table("instalments"):
        counts[each["contract"]] = counts.get(each["contract"], 0) + 1
        instalments.append(
            Instalment(
                contract=contracts[each["contract"]],
                place=counts[each["contract"]],
                due_on=date.fromisoformat(each["due_on"]),
                amount=Decimal(each["amount"]),
                after=by_place[each["contract"], int(each["after"])],
                note=each["note"],
                is_demo=True,
            )
        )
    Instalment.objects.bulk_create(instalments)
    Opinion.objects.bulk_create(
        Opinion(
            contract=contracts[each["contract"]],
            given_on=date.fromisoformat(each["given_on"]),
            title=each["title"],
            counsel=each["counsel"],
            hours=Decimal(each["hours"]),
            written_by=STAFF[0],
            is_demo=True,
        )
        for each in table("opinions")
    )
    record(
        events.LOADED, Subject(events.DEMO_KIND, "2023", "示例年度的合同"), None, {"count": len(contracts)}
    )
    return True


def _contract(each: dict[str, str]) -> Contract:
    days = {name: date.fromisoformat(each[name]) for name in ("signed_on", "valid_from", "valid_to")}
    words = {name: each[name] for name in ("number", "title", "party", "project", "note")}
    return Contract(
        **words,
        **days,
        amount=Decimal(each["amount"]),
        tags=each["tags"].split("、"),
        created_by=STAFF[0],
        is_demo=True,
    )


def _deliverable(contract: Contract, place: int, each: dict[str, str]) -> tuple[Deliverable, Walk]:
    row = Deliverable(
        contract=contract,
        place=place,
        title=each["title"],
        due_on=date.fromisoformat(each["due_on"]),
        price=Decimal(each["price"]),
        is_demo=True,
    )
    walk = Walk(DELIVERABLE_FLOW, STAFF, _at(contract.signed_on, 10))
    if each["delivered_on"]:
        row.delivered_on, row.delivered_by = date.fromisoformat(each["delivered_on"]), STAFF[0]
        walk.take("deliver", STAFF, _at(row.delivered_on, 10))
    if each["refused_why"] and row.delivered_on:
        row.refusals, row.refused_why = 1, each["refused_why"]
        walk.take("refuse", HEAD, _at(row.delivered_on, 16), each["refused_why"])
    if each["accepted_on"]:
        row.accepted_on, row.accepted_by, row.accepted_name = date.fromisoformat(each["accepted_on"]), *HEAD
        walk.take("accept", HEAD, _at(row.accepted_on, 16))
    row.state = walk.state
    return row, walk


def _at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), CHINA)
