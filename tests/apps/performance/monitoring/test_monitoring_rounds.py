"""Rounds: frozen at their making, filled by officer and sections, submitted only when whole, approved by somebody else."""

from __future__ import annotations

from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from kept import kept
from monitoring_made import CODES, Office, filled, frozen, last_month, office, rows, step
from trade_people import as_
from youju.foundation.audit.selectors import history
from youju.foundation.kernel.errors import InputError
from youju.foundation.policies import law_on
from youju.foundation.workflow.selectors import todo
from youju.performance.monitoring import selectors, services
from youju.performance.monitoring.models import MonitoredProject, MonitoredRow, Round
from youju.performance.monitoring.services import MonitoringRefusedError, RowWish, making
from youju.rules.performance.monitoring.colours import execution_colour
from youju.rules.performance.monitoring.lifecycle import ROUND_KIND

pytestmark = pytest.mark.django_db


@kept
def made() -> tuple[Office, Round]:
    team = office()
    return team, frozen(team)


def row_of(place: int, line: int) -> MonitoredRow:
    return MonitoredRow.objects.get(project__place=place, place=line)


def test_a_round_holds_budget_values_forecasts_and_suggestions(made: tuple[Office, Round]) -> None:
    _, row = made
    one, two = row.projects.all()
    assert (one.code, one.initial, one.executed, one.rate) == (CODES[0], Decimal(100_000), 0, 0)
    assert one.colour == execution_colour(Decimal(0), row.month, law_on(row.until))
    assert (two.rate, two.colour, two.targets_colour) == (100, "green", "yellow")
    assert (one.section, two.section, one.targets_colour) == ("WM", "SC", "red")
    assert one.reached == 50
    assert "月均支出" in one.method
    assert [(each.suggested, each.colour) for each in one.rows.all()] == [
        ("sure", "green"), ("impossible", "red"), ("", ""),
    ]  # fmt: skip
    assert row_of(2, 2).share == 100
    assert row_of(2, 3).suggested == "sure"
    assert len(row.digest) == 64


def test_figures_are_never_changed(made: tuple[Office, Round]) -> None:
    for model, values in (
        (MonitoredRow, {"value": Decimal(99)}),
        (MonitoredRow, {"suggested": "sure"}),
        (MonitoredProject, {"executed": Decimal(1)}),
    ):
        with pytest.raises(DatabaseError, match="as it was frozen"), transaction.atomic():
            model.objects.update(**values)


def test_making_a_round_asks_measures_and_payments(made: tuple[Office, Round], monkeypatch: Any) -> None:
    team, row = made
    until = last_month()
    monkeypatch.setattr(making, "measured_rows", lambda **_: rows())
    monkeypatch.setattr(making, "freeze_rows", lambda **_: SimpleNamespace(number=7, rows=rows()))
    with pytest.raises(InputError, match="已经有了"), as_(team.officer):
        services.make_round(actor=team.officer, year=until.year, month=until.month)
    step(team.officer, row, "drop", reason="数据有误")
    with as_(team.officer):
        again = services.make_round(actor=team.officer, year=until.year, month=until.month, figures=True)
    assert (again.number, again.freeze) == (f"{row.number}-2", 7)
    assert [each.code for each in again.projects.all()] == list(CODES)
    assert "编制了运行监控" in {each.deed for each in history(ROUND_KIND, again.number).lines}
    with pytest.raises(PermissionDenied), as_(team.market):
        services.make_round(actor=team.market, year=until.year, month=until.month)
    for year, month, words in (
        (until.year, 13, "没有"),
        (until.year + 3, 1, "还没有过完"),
        (2001, 3, "没有批准"),
    ):
        with pytest.raises(InputError, match=words), as_(team.officer):
            services.make_round(actor=team.officer, year=year, month=month)


def test_sections_write_their_own_projects_while_asked(made: tuple[Office, Round]) -> None:
    team, row = made
    wish = RowWish("possible", "funds", "资金晚到", "申请调剂", "")

    def fill(user: Any, project: int = 1, **given: Any) -> Any:
        with as_(user):
            return services.fill_row(
                actor=user, number=row.number, project=project, place=2, wish=wish, **given
            )

    with pytest.raises(PermissionDenied):
        fill(team.trade)
    step(team.officer, row, "send_out")
    saved, said = fill(team.trade, revision=0)
    assert (saved.filled_by, saved.revision, [each.rule for each in said]) == ("mon-trade", 1, [])
    with pytest.raises(InputError, match="刚才有改动"):
        fill(team.trade, revision=0)
    with pytest.raises(PermissionDenied, match="外贸服务科"):
        fill(team.market)
    with as_(team.officer):
        services.set_section(actor=team.officer, number=row.number, project=1, section="")
    assert fill(team.market)[0].explanation == "资金晚到"
    for given, words in (
        (RowWish("surely"), "没有这个可能性"),
        (RowWish("sure", "weather"), "没有这个偏差原因"),
    ):
        with pytest.raises(InputError, match=words), as_(team.officer):
            services.fill_row(actor=team.officer, number=row.number, project=1, place=1, wish=given)
    for project, line in ((9, 1), (1, 9), (1, 10**6)):
        with pytest.raises(InputError, match="没有"), as_(team.officer):
            services.fill_row(actor=team.officer, number=row.number, project=project, place=line, wish=wish)


def test_only_a_whole_round_is_submitted_and_another_person_approves(made: tuple[Office, Round]) -> None:
    team, row = made
    with pytest.raises(MonitoringRefusedError) as refused:
        step(team.officer, row, "submit")
    assert {each.rule for each in refused.value.findings} >= {"MON-003"}
    step(team.officer, row, "send_out")
    assert step(team.trade, row, "fill").state == "filled"
    filled(team, row)
    assert step(team.officer, row, "submit").state == "submitted"
    with pytest.raises(InputError, match="不能再改"), as_(team.officer):
        services.fill_row(actor=team.officer, number=row.number, project=1, place=1, wish=RowWish("sure"))
    with pytest.raises(PermissionDenied):
        step(team.officer, row, "approve")
    assert [each.subject.key for each in todo(team.head)] == [row.number]
    assert step(team.head, row, "return", reason="补充说明").state == "filling"
    step(team.officer, row, "submit")
    done = step(team.head, row, "approve")
    assert (done.state, done.approved_by) == ("approved", "mon-head")
    assert step(team.officer, row, "close").closed_on is not None
    found = selectors.latest_progress(team.officer, row.year)
    assert (found[CODES[1]].rate, found[CODES[0]].targets_colour) == (100, "red")
    assert selectors.latest_progress(team.officer, 2001) == {}


def test_pages_ask_as_many_queries_for_any_size(made: tuple[Office, Round]) -> None:
    team, row = made
    with CaptureQueriesContext(
        connection,
    ) as few:
        selectors.round_page(team.officer, row.number)
        selectors.project_page(team.officer, row.number, 2)
    one = row.projects.get(place=1)
    lines = list(one.rows.all())
    for place in range(3, 9):
        one.pk, one.place, one.code = None, place, f"P{place}"
        one.save(force_insert=True)
        for each in lines:
            each.pk, each.project = None, one
            each.save(force_insert=True)
    with CaptureQueriesContext(connection) as many:
        selectors.round_page(team.officer, row.number)
        selectors.project_page(team.officer, row.number, 2)
    assert len(many) == len(few)


def test_the_round_as_plain_data_for_the_command_line(made: tuple[Office, Round]) -> None:
    _, row = made
    told = selectors.round_in_month(row.year, row.month)
    assert told is not None
    assert told["projects"][0]["rows"][1]["ahead"] == "70家"
    assert told["projects"][0]["rate"] == "0.00"
    assert selectors.round_in_month(2001, 1) is None
