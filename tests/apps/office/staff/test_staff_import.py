"""Months of dispatched staff by spreadsheet: stored as one, faults at their cells, no names, taken back; the metric over them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

import trade_made_goods as made
from metrics_made import as_arrow
from staff_made import CONTRACT, JUNE, agreed, stored, wish
from trade_people import as_
from youju.analytics.answers import ask, digest, rows_behind
from youju.analytics.engines import DuckEngine
from youju.analytics.metrics import metrics
from youju.analytics.periods import Period
from youju.analytics.scopes import Scope
from youju.foundation.identity.models import User
from youju.foundation.imports import jobs
from youju.foundation.imports import selectors as batches
from youju.foundation.imports.declaring import BadCellError
from youju.foundation.imports.services import undo
from youju.foundation.imports.template import template_of
from youju.foundation.jobs.running import work_off
from youju.foundation.metrics.linking import linked
from youju.foundation.metrics.postgres import PostgresEngine
from youju.office.staff import services
from youju.office.staff.imports import MONTHS
from youju.office.staff.imports.months import Month
from youju.office.staff.models import StaffLine, StaffMonth

METRIC = "staff.dispatched_count"
HEADS = [column.heading for column in MONTHS.columns if column.code != "personal"]


def row(**given: Any) -> list[Any]:
    usual = {
        "month": "2023-06", "person": "PQ-001", "position": "综合窗口", "section": "综合业务科", "contract": CONTRACT,
        "agency": "示例人力", "project": "P4", "due_on": "2023-06-15", "due": "6300", "paid": "6300.00",
        "paid_on": "2023-06-14", "on_payroll": "是",
    } | given  # fmt: skip
    return list(usual.values())


def bring(user: User, *rows: list[Any], heads: list[str] | None = None, name: str = "月表.xlsx") -> Any:
    content = made.workbook(heads or HEADS, *rows)
    batch, _ = jobs.take_in(actor=user, importer=MONTHS.code, name=name, content=content, parameters={})
    work_off()
    batch.refresh_from_db()
    return batch


def commit(user: User, batch: Any) -> Any:
    jobs.confirm(actor=user, batch_id=batch.pk, token=(batch.effects or {})["token"], acknowledged=True)
    work_off()
    batch.refresh_from_db()
    return batch


def errors(batch: Any) -> set[tuple[int, str]]:
    return {(each.row, each.column) for each in batches.findings(batch) if each.severity == "error"}


@pytest.mark.django_db
def test_a_month_comes_in_and_goes_back(staff: User) -> None:
    with as_(staff):
        batch = commit(staff, bring(staff, row(), row(person="PQ-002", paid="", paid_on="")))
        assert {(each.person, each.paid) for each in StaffLine.objects.all()} == {
            ("PQ-001", Decimal("6300.00")), ("PQ-002", Decimal(0)),
        }  # fmt: skip
        assert StaffMonth.objects.get().imported_by == staff.username
        again = bring(staff, row(position="驾驶"), row(person="PQ-003"), name="新.xlsx")
        effects = again.effects
        assert (effects["new"], effects["changed"], effects["unchanged"]) == (1, 2, 0)
        assert ["不再列入" in str(line) for line in effects["sample"]].count(True) == 1
        commit(staff, again)
        undo(actor=staff, batch_id=again.pk, reason="传错了表")
        assert sorted(StaffLine.objects.filter(current=True).values_list("person", flat=True)) == [
            "PQ-001",
            "PQ-002",
        ]
        undo(actor=staff, batch_id=batch.pk, reason="传错了表")
        assert not StaffLine.objects.filter(current=True).exists()


@pytest.mark.django_db
def test_each_fault_stands_at_its_cell_and_nothing_is_stored(staff: User) -> None:
    with as_(staff):
        cells = bring(
            staff,
            row(month="六月"),
            row(person=""),
            row(section="没有的科"),
            row(due="六千"),
            row(due_on="15 号"),
            row(on_payroll="也许"),
            row(due="-1"),
        )
        assert errors(cells) == {
            (2, "month"), (3, "person"), (4, "section"), (5, "due"), (6, "due_on"), (7, "on_payroll"), (8, "due"),
        }  # fmt: skip
        rules = bring(
            staff,
            row(),
            row(),
            row(person="PQ-002"),
            row(person="PQ-002", section="WM"),
            row(person="张三"),
            row(person="PQ-003", paid="6300.01"),
            row(person="PQ-004", month="2999-01"),
            row(person="PQ-005", paid_on=""),
            name="另一张.xlsx",
        )
        assert errors(rules) == {
            (2, "person"), (3, "person"), (4, "section"), (5, "section"), (6, "person"), (7, "paid"), (9, "paid_on"),
        } | ({(8, "month")})  # fmt: skip
        assert "张三" not in str([each.message for each in batches.findings(rules)])
    assert not StaffLine.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("heading", ["姓名", "身份证号", "联系电话", "银行卡号"])
def test_a_file_with_names_is_not_taken(staff: User, heading: str) -> None:
    with as_(staff):
        batch = bring(staff, [*row(), "某某"], heads=[*HEADS, heading])
    assert errors(batch) == {(2, "personal")} and not StaffLine.objects.exists()
    assert MONTHS.private


@pytest.mark.django_db
def test_a_closed_month_is_refused_in_the_preview_and_at_the_commit(staff: User, finance: User) -> None:
    agreed(staff, positions=1)
    with as_(staff):
        waiting = bring(staff, row())
        stored(staff, wish(), batch="b-2")
    with as_(finance):
        services.take_month_step(actor=finance, month=JUNE, step="close")
    with as_(staff):
        jobs.confirm(actor=staff, batch_id=waiting.pk, token=waiting.effects["token"], acknowledged=True)
        work_off()
        waiting.refresh_from_db()
        assert waiting.state != "committed"
        assert errors(bring(staff, row(position="驾驶"), name="新.xlsx")) == {(2, "month")}
    assert StaffLine.objects.get().position == "综合窗口"


@pytest.mark.django_db
def test_the_contract_is_compared(staff: User) -> None:
    agreed(staff)
    with as_(staff):
        batch = bring(staff, row())
    assert [(each.column, each.severity) for each in batches.findings(batch)] == [("contract", "warning")]


def test_months_are_read_as_people_write_them() -> None:
    for cell in ("2023-06", "2023年6月", "2023/6", "202306", "2023-06-15", 202306, date(2023, 6, 30)):
        assert Month().read(cell) == JUNE
    for cell in ("六月", "2023-13", "1999-01", "2023"):
        with pytest.raises(BadCellError, match="看不出"):
            Month().read(cell)
    assert template_of(MONTHS).startswith(b"PK")


def line(key: int, month: date, **given: Any) -> dict[str, Any]:
    return {
        "pilot": "baigou", "line_id": key, "number": f"{month:%Y-%m} PQ-{key:03}", "month": month, "section": "ZH",
        "contract": "C", "project": "P4", "due_on": month, "due": Decimal("1.00"), "paid": Decimal("1.00"), "paid_on": month,
        "on_payroll": True,
    } | given  # fmt: skip


def duck(rows: list[dict[str, Any]]) -> DuckEngine:
    return DuckEngine(
        as_of=datetime(2024, 1, 1, tzinfo=UTC),
        arrow={"staff_months": as_arrow("staff_months", rows)},
        threads=1,
    )


@pytest.mark.parametrize(
    ("months", "parameters", "value", "reason"),
    [
        ({4: 3, 5: 2, 6: 3}, {}, 2, ""),
        ({4: 3, 6: 3}, {}, None, "只导入了 2 个月"),
        ({}, {}, None, "没有导入"),
        ({4: 3, 5: 2, 6: 3}, {"project": "P4"}, 2, ""),
        ({4: 3, 5: 2, 6: 3}, {"project": "P5"}, 0, ""),
        ({3: 1, 4: 3, 5: 2, 6: 3, 7: 1}, {"section": "ZH", "contract": "C"}, 2, ""),
    ],
)
def test_the_measure_is_the_least_of_the_months(
    months: dict[int, int], parameters: dict[str, str], value: int | None, reason: str
) -> None:
    rows = [line(m * 100 + n, date(2023, m, 1)) for m, count in months.items() for n in range(count)]
    rows.append(line(9999, date(2023, 5, 1), on_payroll=False, pilot="baigou" if 5 in months else "yiwu"))
    answer = ask(metrics()[METRIC], Scope(Period.parse("2023Q2"), "baigou", parameters), duck(rows))
    assert answer.value == value and reason in answer.result.reason


@settings(max_examples=20)
@given(st.lists(st.tuples(st.integers(1, 4), st.booleans(), st.sampled_from(["ZH", "WM"])), max_size=12))
def test_duckdb_gives_what_plain_python_gives(made_up: list[tuple[int, bool, str]]) -> None:
    rows = [
        line(key, date(2023, month, 1), on_payroll=there, section=section)
        for key, (month, there, section) in enumerate(made_up, 1)
    ]
    scope = Scope(Period.parse("2023Q1"), "baigou", {"section": "ZH"})
    counts: dict[int, int] = {}
    for month, there, section in made_up:
        if month < 4:
            counts[month] = counts.get(month, 0) + (there and section == "ZH")
    answer = ask(metrics()[METRIC], scope, duck(rows))
    assert answer.value == (min(counts.values()) if len(counts) == 3 else None)
    assert digest(metrics()[METRIC], scope, duck(rows)).count == sum(month < 4 for month, _, _ in made_up)


@pytest.mark.django_db
def test_postgres_counts_current_versions_and_its_rows_open(staff: User) -> None:
    months = [date(2023, number, 1) for number in (4, 5, 6)]
    stored(staff, *[wish(f"PQ-{n:03}", month) for month in months for n in (1, 2)])
    stored(staff, wish("PQ-001", months[1]), wish("PQ-002", months[1], on_payroll=False), batch="b-2")
    scope = Scope(Period.parse("2023Q2"), "baigou")
    answer = ask(metrics()[METRIC], scope, PostgresEngine())
    assert answer.value == 1
    assert answer.parts == {f"2023{n:02}（共 3 个月）": count for n, count in ((4, 2), (5, 1), (6, 2))}
    rows = rows_behind(metrics()[METRIC], scope, PostgresEngine(), limit=9).to_pylist()
    assert len(rows) == 6 and all(link.url.startswith("/staff/lines/") for link in linked(rows))


@pytest.mark.django_db
def test_changes_are_noted_for_the_lake(staff: User) -> None:
    keys = {each.pk for each in stored(staff)}
    stored(staff, wish(position="驾驶"), wish("PQ-002"), batch="b-2")
    with connection.cursor() as cursor:
        cursor.execute("SELECT key FROM metrics_change WHERE source = 'staff_lines'")
        noted = [key for (key,) in cursor.fetchall()]
    assert set(noted) == set(StaffLine.objects.values_list("pk", flat=True)) > keys
    assert len(noted) == 4  # two came, one was replaced, its new version came
