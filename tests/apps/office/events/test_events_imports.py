"""The year's events and lists of attendance by spreadsheet: stored as one, faults at their cells, taken back."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

import trade_made_goods as made
from events_made import begun, event, running, session
from trade_people import as_
from youju.foundation.identity.models import User
from youju.foundation.imports import jobs
from youju.foundation.imports import selectors as batches
from youju.foundation.imports.services import undo
from youju.foundation.imports.template import template_of
from youju.foundation.jobs.running import work_off
from youju.foundation.kernel.errors import InputError
from youju.foundation.workflow.selectors import todo
from youju.office.events import services
from youju.office.events.imports import ATTENDANCE, PLAN
from youju.office.events.models import Attendance, Event

pytestmark = pytest.mark.django_db


def bring(user: User, importer: Any, *rows: list[Any]) -> Any:
    heads = [column.heading for column in importer.columns]
    batch, _ = jobs.take_in(
        actor=user,
        importer=importer.code,
        name=f"表{len(rows)}.xlsx",
        content=made.workbook(heads, *rows),
        parameters={},
    )
    work_off()
    batch.refresh_from_db()
    return batch


def commit(user: User, batch: Any) -> Any:
    jobs.confirm(actor=user, batch_id=batch.pk, token=(batch.effects or {})["token"], acknowledged=True)
    work_off()
    batch.refresh_from_db()
    return batch


def plan_row(**given: Any) -> list[Any]:
    usual = {
        "kind": "展会", "name": "第 133 届广交会", "name_en": "", "country": "", "city": "广州", "venue": "",
        "starts_on": "2023-05-01", "ends_on": "2023-05-05", "signup_until": "2023-03-31", "places": "12", "budget": "300000.00",
        "project": "", "section": "外贸服务科", "details": "",
    } | given  # fmt: skip
    return [usual[column.code] for column in PLAN.columns]


def attendance_row(number: str, day: Any, **given: Any) -> list[Any]:
    usual = {
        "number": number, "held_on": day.isoformat(), "title": "", "firm": "某商行", "person": "许红", "present": "是",
    } | given  # fmt: skip
    return [usual[column.code] for column in ATTENDANCE.columns]


def faults(batch: Any) -> set[tuple[int, str]]:
    return {(each.row, each.column) for each in batches.findings(batch) if each.severity == "error"}


def test_a_years_events_are_stored_and_taken_back(staff: User) -> None:
    with as_(staff):
        training = plan_row(kind="培训", name="RCEP 培训", country="哈萨克斯坦", places="", budget="")
        commit(staff, batch := bring(staff, PLAN, plan_row(), training))
        rows = {row.name: row for row in Event.objects.all()}
        fair = rows["第 133 届广交会"]
        assert fair.places == 12 and fair.budget == Decimal("300000.00") and fair.country == "CN"
        assert rows["RCEP 培训"].country == "KZ" and rows["RCEP 培训"].number == "PB2023-001"
        undo(actor=staff, batch_id=batch.pk, reason="传错了表")
        assert not Event.objects.exists() and todo(staff) == []


def test_a_batch_of_which_one_was_published_stays(staff: User) -> None:
    with as_(staff):
        batch = commit(staff, bring(staff, PLAN, plan_row(), plan_row(name="第 134 届广交会")))
        services.take_step(actor=staff, event_id=Event.objects.all()[0].pk, step="publish")
        with pytest.raises(InputError, match="有人用到"):
            undo(actor=staff, batch_id=batch.pk, reason="传错了表")
        assert Event.objects.count() == 2


def test_each_fault_of_a_plan_stands_at_its_cell_and_nothing_is_stored(staff: User) -> None:
    with as_(staff):
        batch = bring(
            staff,
            PLAN,
            plan_row(kind="宴会"),
            plan_row(name=""),
            plan_row(starts_on="五月"),
            plan_row(places="0"),
            plan_row(budget="-1"),
            plan_row(section="没有的科"),
        )
        assert faults(batch) >= {
            (2, "kind"), (3, "name"), (4, "starts_on"), (5, "places"), (6, "budget"), (7, "section"),
        }  # fmt: skip
        event(staff, name="已有的", starts_on=date(2023, 5, 1))
        batch = bring(
            staff,
            PLAN,
            plan_row(country="没有的国"),
            plan_row(ends_on="2023-04-01", name="倒着的"),
            plan_row(name="已有的"),
            plan_row(name="两遍"),
            plan_row(name="两遍"),
        )
        assert faults(batch) == {(2, "country"), (3, "ends_on"), (4, "name"), (6, "name")}
    assert Event.objects.count() == 1


def test_a_list_of_attendance_marks_who_is_there_and_adds_who_is_not(staff: User) -> None:
    with as_(staff):
        row = running(staff, kind="training", places=None)
        held = session(staff, row)
        services.expect_people(actor=staff, session_id=held.pk, firm="某商行", people=["许红"])
        batch = bring(
            staff,
            ATTENDANCE,
            attendance_row(row.number, held.held_on),
            attendance_row(row.number, held.held_on, person="小李", present=""),
            attendance_row(row.number, held.held_on, person="小王", present="否"),
        )
        assert (batch.effects["new"], batch.effects["changed"]) == (2, 1)
        commit(staff, batch)
        there = dict(Attendance.objects.values_list("person", "present"))
        assert there == {"许红": True, "小李": True, "小王": False}
        undo(actor=staff, batch_id=batch.pk, reason="传错了表")
        assert list(Attendance.objects.values_list("person", flat=True)) == ["许红"]


def test_each_fault_of_attendance_stands_at_its_cell(staff: User) -> None:
    with as_(staff):
        row = running(staff, kind="training", places=None)
        held = session(staff, row)
        session(staff, row, held_on=row.ends_on, title="上午")
        session(staff, row, held_on=row.ends_on, title="下午")
        over = begun(staff, "research")
        gone = session(staff, over)
        services.take_step(actor=staff, event_id=over.pk, step="cancel", reason="停")
        batch = bring(
            staff,
            ATTENDANCE,
            attendance_row("PB1999-001", held.held_on),
            attendance_row(row.number, held.held_on + timedelta(days=1)),
            attendance_row(row.number, row.ends_on),
            attendance_row(over.number, gone.held_on),
            attendance_row(row.number, held.held_on, person="甲"),
            attendance_row(row.number, held.held_on, person="甲"),
            attendance_row(row.number, row.ends_on, title="下午", person="乙"),
            attendance_row(row.number, row.ends_on, title="下午", person="丙", present="也许"),
        )
        assert faults(batch) >= {(9, "present")}
        rows = [
            attendance_row("PB1999-001", held.held_on),
            attendance_row(row.number, held.held_on + timedelta(days=1)),
            attendance_row(row.number, row.ends_on),
            attendance_row(over.number, gone.held_on),
            attendance_row(row.number, held.held_on, person="甲"),
            attendance_row(row.number, held.held_on, person="甲"),
            attendance_row(row.number, row.ends_on, title="下午", person="乙"),
        ]
        batch = bring(staff, ATTENDANCE, *rows)
        assert faults(batch) == {
            (2, "held_on"), (3, "held_on"), (4, "title"), (5, "number"), (7, "person"),
        }  # fmt: skip
    assert not Attendance.objects.exists()


def test_the_templates_offer_what_may_be_chosen() -> None:
    for importer in (PLAN, ATTENDANCE):
        assert template_of(importer).startswith(b"PK")
