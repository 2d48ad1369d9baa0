"""Cuts over the records: equal to a recomputation from the tables, each asker's own rows, files with their count, queries few."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from decimal import Decimal

import pyarrow.parquet as pq
import pytest
from django.core.exceptions import PermissionDenied

from kept import kept
from statistics_released import released
from trade_deals import make_deal
from trade_people import as_, person
from youju.analytics import cuts
from youju.analytics.comparing import sums_of
from youju.analytics.cuts import Dimension
from youju.foundation.audit.selectors import history
from youju.foundation.identity.roles import Role
from youju.foundation.kernel.errors import InputError
from youju.foundation.metrics.postgres import PostgresEngine
from youju.trade.declarations.models import SourceLine
from youju.trade.statistics import selectors, services
from youju.trade.statistics.events import CUT_KIND
from youju.trade.statistics.metrics.cutting import Cutter
from youju.trade.statistics.metrics.engines import run

pytestmark = pytest.mark.django_db


@kept
def deals():
    """Two merchants; one sells in both years and to two countries."""
    first, second = make_deal(), make_deal("Z")
    released(first, "2022-06-10", 1000)
    released(first, "2023-05-31", 700)
    released(first, "2023-06-10", 1500, 250)
    released(first, "2023-06-30", 80, country="RU", port="2248")
    released(second, "2023-06-15", 900, country="RU")
    return first, second


def by_tables(column, year: int, month: int) -> dict[str, Decimal]:
    found: dict[str, Decimal] = defaultdict(Decimal)
    rows = SourceLine.objects.filter(
        live=True, line__declaration__released_at__year=year, line__declaration__released_at__month=month
    ).select_related("line__declaration")
    for row in rows:
        found[column(row)] += row.amount_cny
    return dict(found)


COLUMNS = {
    Dimension.COUNTRY: lambda row: row.line.declaration.country,
    Dimension.PORT: lambda row: row.line.declaration.port,
    Dimension.AGENT: lambda row: str(row.line.declaration.agent_id),
    Dimension.MERCHANT: lambda row: str(row.merchant_id),
    Dimension.HS_CODE: lambda row: row.line.hs_code,
    Dimension.CHAPTER: lambda row: row.line.chapter,
}


def test_cuts_equal_what_the_tables_add_up_to_on_both_engines(deals) -> None:
    asked = selectors.asked(period="2023-06")
    cutter = Cutter.of(asked.question)
    assert cutter.engine.name == "duckdb"
    for dimension, column in COLUMNS.items():
        wanted = by_tables(column, 2023, 6)
        found = cutter.by(dimension)
        assert {group.key: group.sums.value for group in found.groups} == wanted
        live = run(PostgresEngine(), cuts.by(asked.question, dimension))
        assert {row["key"]: row["value"] for row in live if row["lines"]} == wanted
    whole = cutter.whole()
    assert whole == sums_of(run(PostgresEngine(), cuts.whole(asked.question))[0])
    assert whole.year_value == sum(by_tables(lambda _: "", 2022, 6).values())
    assert whole.before_value == sum(by_tables(lambda _: "", 2023, 5).values())
    months = Cutter.of(selectors.asked(period="2023").question).months()
    assert [month.month.month for month in months if month.sums.lines] == [5, 6]
    assert months[5].sums.value == whole.value
    assert months[5].year_value == whole.year_value


def test_the_overview_names_what_is_new_and_filters_combine(deals) -> None:
    staff = person(Role.HED)
    page = selectors.overview(actor=staff, asked=selectors.asked(period="2023-06"))
    markets = page.ranking(Dimension.COUNTRY)
    assert {row.label for row in markets.rows} == {"肯尼亚", "俄罗斯"}
    assert [row.key for row in markets.rows if row.group.is_new] == ["RU"]
    narrowed = selectors.asked(period="2023-06", filters={"country": "RU", "port": "2248"})
    assert len(selectors.rows_behind(actor=staff, asked=narrowed)) == 1
    rows = selectors.rows_behind(actor=staff, asked=selectors.asked(period="2023-06"), largest_first=True)
    assert [row["value_cny"] for row in rows[:4]] == sorted((row["value_cny"] for row in rows), reverse=True)
    assert sum(row["value_cny"] for row in rows) == page.whole.value
    assert rows[1]["declaration"]


def test_each_asker_counts_the_own_rows_alone(deals) -> None:
    first, second = deals
    asked = selectors.asked(period="2023-06")

    def value(user) -> Decimal:
        with as_(user):
            return Cutter.of(asked.question).whole().value

    whole = Cutter.of(asked.question).whole().value
    mine, theirs = value(first.merchant), value(second.agent)
    assert mine and theirs and mine + theirs == whole == value(person(Role.HED))
    assert value(person(Role.MER, "OTHER")) == 0
    with as_(first.merchant) as user:
        behind = selectors.rows_behind(actor=user, asked=asked)
        assert {row["merchant_id"] for row in behind} == {first.parties["merchant"].pk}
    with as_(first.buyer) as user, pytest.raises(PermissionDenied):
        selectors.overview(actor=user, asked=asked)


def test_files_hold_every_row_and_say_how_many(deals) -> None:
    staff = person(Role.HED)
    asked = selectors.asked(period="2023-06", filters={"country": "KE"})
    with as_(staff):
        made = services.export_lines(actor=staff, asked=asked, kind="csv")
        lines = list(csv.reader(io.StringIO(made.file.read().decode("utf-8-sig"))))
        assert len(lines) == made.rows + 2 == 4
        assert lines[-1][0].startswith("共 2 行；期间：2023年6月；筛选：国家（地区）：肯尼亚；")
        groups = services.export_dimension(
            actor=staff, asked=asked, dimension=Dimension.MERCHANT, kind="parquet"
        )
        table = pq.read_table(groups.file)
        assert (groups.rows, table.num_rows) == (1, 1)
        assert table["value_cny"][0].as_py() == Cutter.of(asked.question).whole().value
        services.export_lines(actor=staff, asked=asked, kind="xlsx").file.close()
        with pytest.raises(InputError, match="pdf"):
            services.export_lines(actor=staff, asked=asked, kind="pdf")
        made.file.close()
        groups.file.close()
    assert len([line for line in history(CUT_KIND, "2023-06").lines if "导出了统计" in line.deed]) == 3
    outsider = person(Role.BUY, "B9")
    with as_(outsider), pytest.raises(PermissionDenied):
        services.export_lines(actor=outsider, asked=asked, kind="csv")


@pytest.mark.parametrize(
    "wish",
    [
        {"period": "2023-13"},
        {"period": "1995..2023"},
        {"since": "1990-01", "until": "2023-01"},
        {"since": "2023-06", "until": "2023-01"},
        {"period": "2023", "filters": {"country": "俄罗斯"}},
        {"period": "2023", "filters": {"agent": ",".join(map(str, range(1, 30)))}},
    ],
)
def test_a_question_that_cannot_be_read_is_refused_in_one_sentence(wish) -> None:
    with pytest.raises(InputError) as refused:
        selectors.asked(**wish)
    assert refused.value.status == 422


def test_without_any_release_the_usual_period_is_this_year() -> None:
    assert selectors.usual_period().months
    page = selectors.overview(actor=person(Role.HED), asked=selectors.asked())
    assert page.whole.lines == 0
    assert all(not ranking.rows for ranking in page.rankings)
