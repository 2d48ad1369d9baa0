"""Pages and API of the metric catalogue: a figure opens onto its rows, the rows onto their records, and nothing is typed in."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kept import kept
from metrics_made import frozen
from trade_deals import make_deal
from trade_declared import declared
from trade_people import person
from youju.foundation.audit.models import Entry
from youju.foundation.identity.models import User
from youju.foundation.identity.roles import Role
from youju.foundation.kernel.context import reaching_all
from youju.foundation.metrics.models import FrozenFigure
from youju.trade.declarations.models import Declaration

pytestmark = pytest.mark.django_db
FIGURE = "/catalogue/exports.value_cny/"


@pytest.fixture(autouse=True)
def _reach() -> Iterator[None]:
    with reaching_all():
        yield


@kept
def released() -> list[Declaration]:
    """Declarations released in June 2023."""
    rows = declared(make_deal())
    Declaration.objects.filter(pk__in=[row.pk for row in rows]).update(
        state="released", released_at=datetime(2023, 6, 12, 4, tzinfo=UTC)
    )
    return rows


def enter(who: User | AnonymousUser) -> Client:
    client = Client()
    client.force_login(who)
    return client


@pytest.fixture
def officer() -> Client:
    return enter(person(Role.PFO))


def test_the_catalogue_lists_every_metric_and_finds_by_words(officer: Client) -> None:
    assert "exports.value_cny" in officer.get("/catalogue/").content.decode()
    found = officer.get("/catalogue/?text=无纸化").content.decode()
    assert "declarations.paperless_rate" in found and "exports.value_cny" not in found
    assert "exports.value_cny" not in officer.get("/catalogue/?text=没有的").content.decode()


def test_a_figure_shows_its_value_formula_and_rows_that_open(
    officer: Client, released: list[Declaration]
) -> None:
    page = officer.get(f"{FIGURE}?period=2023-06").content.decode()
    total = sum((row.amount_cny for row in released), Decimal(0))
    assert f"{total:,.2f}" in page
    assert f"/declarations/{released[0]}/#g1" in page
    assert "放行货物行的人民币值之和" in page


def test_the_questions_of_a_page_do_not_grow_with_its_rows(
    officer: Client, released: list[Declaration]
) -> None:
    officer.get(f"{FIGURE}?period=2023-06")
    with CaptureQueriesContext(
        connection,
    ) as empty:
        officer.get(f"{FIGURE}?period=2021-06")
    with CaptureQueriesContext(connection) as full:
        officer.get(f"{FIGURE}?period=2023-06")
    assert len(full) == len(empty)


@pytest.mark.parametrize(
    ("query", "status", "told"),
    [
        ("period=2023-13", 422, "期间“2023-13”不对"),
        ("period=2023&engine=oracle", 422, "没有名为“oracle”的引擎"),
        ("period=2023&page=99999", 200, "没有依据行"),
        ("period=2021", 200, "没有依据行"),
        ("", 200, "怎么算的"),
    ],
)
def test_a_question_that_cannot_be_answered_says_why(
    officer: Client, query: str, status: int, told: str
) -> None:
    answer = officer.get(f"{FIGURE}?{query}")
    assert answer.status_code == status
    assert told in answer.content.decode()


def test_an_unknown_metric_table_or_frozen_value_is_not_found(officer: Client) -> None:
    for path in ("/catalogue/exports.nothing/", "/catalogue/tables/nothing/", "/catalogue/frozen/999999/"):
        assert officer.get(path).status_code == 404


def test_all_rows_leave_as_csv_with_their_count_and_it_is_on_the_trail(
    officer: Client, released: list[Declaration]
) -> None:
    answer = officer.get(f"{FIGURE}?period=2023-06&export=csv")
    lines = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    body = lines[1:-1]
    assert lines[-1][0].startswith(f"共 {len(body):,} 行")
    place = lines[0].index("计入")
    assert sum(Decimal(row[place]) for row in body) == sum(row.amount_cny for row in released)
    assert Entry.objects.filter(verb="metrics.rows.exported").count() == 1
    workbook = officer.get(f"{FIGURE}?period=2023-06&export=xlsx")
    assert b"".join(workbook.streaming_content)[:2] == b"PK"


def test_freezing_from_the_page_and_comparing_later(officer: Client, released: list[Declaration]) -> None:
    answer = officer.post(f"{FIGURE}freeze", {"period": "2023-06", "purpose": "自评"}, follow=True)
    assert "已冻结" in answer.content.decode()
    kept = FrozenFigure.objects.get()
    assert "与冻结的一致" in officer.post(f"/catalogue/frozen/{kept.pk}/compare").content.decode()
    Declaration.objects.filter(pk=released[0].pk).update(state="withdrawn")
    page = officer.post(f"/catalogue/frozen/{kept.pk}/compare").content.decode()
    assert "与现在不同" in page and "行校验值" in page
    assert "与现在不同" in officer.get(f"{FIGURE}?period=2023-06").content.decode()


def test_a_frozen_value_whose_metric_left_the_catalogue_still_shows(officer: Client) -> None:
    kept = frozen(code="exports.retired")
    assert "exports.retired" in officer.get(f"/catalogue/frozen/{kept.pk}/").content.decode()
    told = officer.post(f"/catalogue/frozen/{kept.pk}/compare", follow=True).content.decode()
    assert "已不在目录里" in told


def test_the_api_gives_the_same_value_as_decimal_text(officer: Client, released: list[Declaration]) -> None:
    answer = officer.get("/api/v1/metrics/exports.value_cny?period=2023-06&rows=1").json()
    assert answer["value"] == f"{sum(row.amount_cny for row in released):.2f}"
    assert answer["row_count"] > len(answer["rows"]) == 1
    assert [each["part"] for each in answer["parts"]] == ["value"]
    assert officer.get("/api/v1/metrics/exports.nothing?period=2023").status_code == 404
    assert officer.get("/api/v1/metrics/exports.value_cny?period=x").status_code == 422
    assert len(officer.get("/api/v1/metrics/?text=exports").json()) > 5


def test_frozen_figures_are_read_by_programs(officer: Client) -> None:
    kept = frozen()
    assert officer.get("/api/v1/metrics/frozen?code=exports.value_cny").json()[0]["id"] == kept.pk
