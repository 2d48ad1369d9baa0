"""The demo's 108 rows: all bound, computed or attested, none typed; each has a value or says why not."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from measures_made import AFFAIRS, COUNSEL, TRADE, Year, year_without_trade
from youju.analytics.answers import ask
from youju.analytics.metrics import metrics
from youju.analytics.periods import Period
from youju.analytics.scopes import Scope
from youju.analytics.tables import analytic_tables
from youju.foundation.kernel.context import reaching_all
from youju.foundation.metrics.models import FrozenFigure
from youju.foundation.metrics.postgres import PostgresEngine
from youju.funds.payments.models import Payment
from youju.performance.measures.demo.loading import ATTESTED, bindings, parameters_of
from youju.performance.measures.facts import suggestions
from youju.performance.measures.models import Binding, Freeze, FrozenRow
from youju.performance.measures.selectors import (
    Basis,
    MeasuredRow,
    frozen_measures,
    latest_frozen,
    measured_project,
    measured_rows,
)
from youju.performance.measures.selectors.documents import placed
from youju.performance.measures.services import freeze_rows
from youju.performance.targets import demo as targets


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: Any) -> Iterator[Year]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield year_without_trade()
        transaction.set_rollback(True)


@pytest.fixture
def year(loaded: Year, django_db_blocker: Any) -> Iterator[Year]:
    with django_db_blocker.unblock(), reaching_all(), transaction.atomic():
        yield loaded
        transaction.set_rollback(True)


def one(rows: list[MeasuredRow], code: str, number: int) -> MeasuredRow:
    return next(row for row in rows if (row.project_code, row.row) == (code, number))


def test_the_table_names_every_row_of_the_document_once() -> None:
    told = [(each["code"], int(each["row"]), each["level3"]) for each in bindings()]
    wanted = [
        (project.code, number, row.level3)
        for project in targets.document().projects
        for number, row in enumerate(project.indicators, start=1)
    ]
    assert told == wanted and len(told) == 108
    assert sum(each["metric"] == ATTESTED for each in bindings()) == 1


def test_all_108_are_bound_computed_or_attested_none_typed(year: Year) -> None:
    rows = measured_rows(actor=year.head, target_set=year.target_set)
    assert len(rows) == 108
    assert [row.basis for row in rows].count(Basis.COMPUTED) == 107
    assert [row.basis for row in rows].count(Basis.ATTESTED) == 1
    for row in rows:
        assert row.has_value != bool(row.reason), row
        assert row.url and row.page, "each opens onto its formula or its statement"
        if row.basis is Basis.COMPUTED:
            codes = [code.strip() for code in row.metric.split("+")]
            assert set(codes) <= set(metrics()), row.metric
    assert sum(row.has_value for row in rows) > 70, "all but what needs exports or awards"


def test_values_are_those_of_each_metric_asked_alone(year: Year) -> None:
    rows = measured_rows(actor=year.head, target_set=year.target_set)
    period = Period.year(2023)
    for each in bindings():
        if each["metric"] == ATTESTED or "+" in each["metric"]:
            continue
        metric = metrics()[each["metric"]]
        given = {k: v for k, v in parameters_of(each["parameters"]).items() if k in metric.parameters}
        found = ask(metric, Scope(period, "baigou", given), PostgresEngine()).value
        row = one(rows, each["code"], int(each["row"]))
        if found is None or row.value is None:
            assert (found is None) == (not row.has_value), row
        else:
            factor = Decimal({"万元": 10**4, "亿元": 10**8}.get(row.unit or "", 1))
            assert abs(row.value * factor - found) <= factor / 10**6, row


def test_costs_are_the_sums_of_their_payments(year: Year) -> None:
    rows = measured_rows(actor=year.head, target_set=year.target_set)
    for project in targets.document().projects:
        paid = Payment.objects.filter(project__code=project.code, state="paid", paid_on__year=2023)
        total = sum((each.amount for each in paid), Decimal(0))
        assert one(rows, project.code, 4).value == (total / 10_000).quantize(Decimal("0.000001"))


def test_a_year_under_way_is_forecast_and_its_trend_ends_with_the_value(year: Year) -> None:
    rows = measured_project(actor=year.head, target_set=year.target_set, code=AFFAIRS, until=date(2023, 7, 9))
    cost = one(rows, AFFAIRS, 4)
    assert [day for day, _ in cost.trend][-1] == date(2023, 7, 31) and len(cost.trend) == 7
    assert cost.trend[-1][1] == cost.value and cost.value is not None
    assert cost.forecast == (cost.value * 12 / 7).quantize(Decimal("0.000001"))
    assert cost.forecast_method == "按时间进度：7 个月外推到 12 个月"
    rate = one(rows, AFFAIRS, 3)
    assert rate.forecast == rate.value and "按目前的值" in rate.forecast_method


def test_a_statement_counts_from_the_day_it_speaks_of(year: Year) -> None:
    def at(until: date) -> MeasuredRow:
        rows = measured_project(
            actor=year.head, target_set=year.target_set, code=COUNSEL, until=until, trend=False
        )
        return one(rows, COUNSEL, 7)

    assert at(date(2023, 5, 31)).reason == "还没有复签的情况说明"
    assert (at(date(2023, 6, 30)).value, at(date(2023, 11, 30)).value) == (Decimal(92), Decimal(92))
    assert at(date(2023, 12, 31)).value == Decimal(94)


def test_as_many_queries_for_108_rows_as_for_nine(year: Year) -> None:
    def queries(code: str | None) -> tuple[list[str], list[str]]:
        with CaptureQueriesContext(connection) as seen:
            if code is None:
                measured_rows(actor=year.head, target_set=year.target_set)
            else:
                measured_project(actor=year.head, target_set=year.target_set, code=code, trend=False)
        asked = [each["sql"] for each in seen.captured_queries]
        return [sql for sql in asked if not sql.startswith("COPY")], [
            sql for sql in asked if sql.startswith("COPY")
        ]

    (one_project, few), (all_of_them, many) = queries(TRADE), queries(None)
    assert len(one_project) + len(few) <= 18
    # Whatever the rows: the same questions, and one copy of each documented table that some row reads.
    assert len(all_of_them) == len(one_project)
    assert len(set(many)) == len(many) <= len(analytic_tables())


def test_suggestions_agree_with_most_of_the_authored_bindings(year: Year) -> None:
    rows = {(row.project, row.row): row for row in placed(year.target_set)}
    others = []
    for each in bindings():
        best = next(iter(suggestions(rows[each["code"], int(each["row"])])), None)
        given = parameters_of(each["parameters"])
        if best is None or (best.metric, dict(best.parameters), best.reading) != (
            each["metric"], given, each["reading"],
        ):  # fmt: skip
            others.append((each["code"], each["row"], each["level3"], each["metric"], best and best.metric))
    sys.stdout.write("\n".join(["suggestions that differ:", *map(str, others)]))
    assert len(others) <= 12, others


def test_a_freezing_keeps_every_row_and_its_figures(year: Year) -> None:
    kept = freeze_rows(actor=year.head, target_set=year.target_set, purpose="自评")
    live = measured_rows(actor=year.head, target_set=year.target_set)
    assert [(row.value, row.tier, row.shown) for row in kept.rows] == [
        (r.value, r.tier, r.shown) for r in live
    ]
    assert frozen_measures(actor=year.officer, number=kept.number) == kept
    assert latest_frozen(actor=year.officer, target_set=year.target_set) == kept
    figures = FrozenFigure.objects.filter(pk__in=[pk for keys in kept.figures.values() for pk in keys])
    assert figures.count() == 90, "each distinct question once"
    cost = figures.get(pk=kept.figures[AFFAIRS, 4][0])
    assert cost.value == one(list(kept.rows), AFFAIRS, 4).value * 10_000  # type: ignore[operator]
    assert kept.figures[COUNSEL, 7] == ()
    for row in (Freeze.objects.get(pk=kept.number), FrozenRow.objects.filter(freeze=kept.number).first()):
        with pytest.raises(IntegrityError), transaction.atomic():
            row.delete()  # type: ignore[union-attr]


def test_bindings_survive_a_row_that_moves(year: Year) -> None:
    project = year.target_set.projects.get(code=TRADE)
    rows = list(project.indicators.order_by("order"))
    rows[-1].delete()
    for row in reversed(rows[:-1]):
        row.order += 1
        row.save(update_fields=["order"])
    found = measured_project(actor=year.head, target_set=year.target_set, code=TRADE, trend=False)
    assert [row.basis for row in found] == [Basis.COMPUTED] * 8
    assert found[0].metric == "exports.value_cny"


def test_what_was_bound_stands_as_it_was(year: Year) -> None:
    row = Binding.objects.filter(project=TRADE).first()
    assert row is not None
    row.metric = "exports.growth_rate"
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()
    row.refresh_from_db()
    row.approved_by = row.confirmed_by
    with pytest.raises(IntegrityError, match="two_persons"), transaction.atomic():
        row.save()
