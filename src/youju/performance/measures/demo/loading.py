"""The demo's bindings, authored in ``demo/performance``: each confirmed by the performance officer and approved by the head."""

from __future__ import annotations

import csv
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import yaml
from django.db import transaction

from youju.foundation.audit.services import record
from youju.foundation.files.services import attach, keep
from youju.foundation.identity import demo as people
from youju.foundation.kernel import places
from youju.foundation.kernel.context import reaching_all
from youju.foundation.kernel.subjects import Subject
from youju.performance.measures import events
from youju.performance.measures.models import Attestation, Binding
from youju.performance.measures.selectors.documents import Placed, placed
from youju.performance.targets import selectors as targets
from youju.rules.performance.measures.lifecycle import APPROVED, IN_FORCE

if TYPE_CHECKING:
    from youju.foundation.identity.models import User
    from youju.performance.targets.models import TargetSet

FOLDER = places.DEMO / "performance"
ATTESTED = "attestation"
YEAR = 2023
_CHINA = ZoneInfo("Asia/Shanghai")


@cache
def bindings() -> tuple[dict[str, str], ...]:
    """The authored table: code, row, level3, metric (or ``attestation``), parameters, reading."""
    with (FOLDER / "bindings.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def parameters_of(text: str) -> dict[str, str]:
    """``project=…;tag=…`` as a dictionary."""
    return dict(part.split("=", 1) for part in text.split(";") if part)


@transaction.atomic
def load() -> bool:
    """Load them once; whether anything was loaded. Where a binding stands already nothing is touched."""
    with reaching_all():
        officer, head, staff = people.find("PFO"), people.find("HED"), people.find("STF")
        target_set = targets.active_set(year=YEAR)
        if officer is None or head is None or staff is None or target_set is None or not target_set.is_demo:
            return False
        if Binding.objects.exists():
            return False
        rows = {(row.project, row.row): row for row in placed(target_set)}
        made = [
            _binding(target_set, rows[each["code"], int(each["row"])], each, officer, head)
            for each in bindings()
        ]
        Binding.objects.bulk_create(made)
        for each in _statements():
            _state(target_set, rows[str(each["code"]), int(each["row"])], each, staff, head)
        record(
            events.LOADED,
            Subject(events.DEMO_KIND, str(YEAR), "示例年度的计量绑定"),
            None,
            {"count": len(made)},
        )
    return True


def _binding(target_set: TargetSet, row: Placed, cells: dict[str, str], officer: User, head: User) -> Binding:
    attested = cells["metric"] == ATTESTED
    return Binding(
        **_named(target_set, row),
        basis="attested" if attested else "computed",
        metric="" if attested else cells["metric"],
        parameters=parameters_of(cells["parameters"]),
        reading=cells["reading"],
        version=1,
        state=APPROVED,
        confirmed_by=officer.username,
        confirmed_name=officer.display_name,
        confirmed_at=datetime(YEAR, 1, 10, 10, 0, tzinfo=_CHINA),
        approved_by=head.username,
        approved_name=head.display_name,
        approved_at=datetime(YEAR, 1, 12, 15, 0, tzinfo=_CHINA),
        created_by=officer.username,
        is_demo=True,
    )


def _state(target_set: TargetSet, row: Placed, told: dict[str, str], staff: User, head: User) -> None:
    until = date.fromisoformat(str(told["until"]))
    made = Attestation.objects.create(
        **_named(target_set, row),
        until=until,
        value=Decimal(told["value"]),
        text=told["text"],
        evidence=[told["file"]],
        state=IN_FORCE,
        signed_by=staff.username,
        signed_name=staff.display_name,
        signed_at=datetime.combine(until, datetime.min.time(), _CHINA).replace(hour=10),
        countersigned_by=head.username,
        countersigned_name=head.display_name,
        countersigned_at=datetime.combine(until, datetime.min.time(), _CHINA).replace(hour=16),
        is_demo=True,
    )
    kept = keep(told["evidence"].encode(), name=told["file"], purpose="evidence")
    attach(sha256=kept.sha256, subject=events.attestation_subject(made), name=kept.name, role="evidence")


def _named(target_set: TargetSet, row: Placed) -> dict[str, object]:
    return {
        "unit_key": target_set.unit_key,
        "fiscal_year": target_set.fiscal_year,
        "project": row.project,
        "row": row.row,
        "level3": row.indicator.level3,
        "name_hash": row.name_hash,
    }


@cache
def _statements() -> tuple[dict[str, str], ...]:
    return tuple(yaml.load((FOLDER / "statements.yaml").read_bytes(), Loader=yaml.CSafeLoader))
