"""The measures of subsidies by a table of made-up awards: what counts and what does not, by project as well; with their rows."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from metrics_made import Facts, as_arrow, declaration
from youju.analytics.answers import ask, rows_behind
from youju.analytics.engines import DuckEngine
from youju.analytics.metrics import metrics
from youju.analytics.periods import Period
from youju.analytics.scopes import Scope
from youju.funds.subsidies.metrics.awards import SUBSIDIES, link_awards

YEAR = Period.parse("2023")
IN = date(2023, 12, 31)


def award(key: int, party: int, amount: str, paid: str, **given) -> dict:
    return {
        "pilot": "baigou",
        "award_id": key,
        "application": f"BT2024-{key:05}",
        "policy": "x",
        "project": "P5",
        "party_id": party,
        "belongs_on": IN,
        "decided_on": date(2024, 3, 1),
        "amount": Decimal(amount),
        "paid_amount": Decimal(paid),
        "platform": False,
    } | given


@pytest.fixture(scope="module")
def engine() -> DuckEngine:
    facts = Facts()
    declaration(
        facts,
        day=date(2023, 5, 1),
        lines=[{"value": "100", "merchant_id": 1}, {"value": "80", "merchant_id": 2}],
    )
    declaration(
        facts,
        day=date(2022, 5, 1),
        lines=[{"value": "100", "merchant_id": 1}, {"value": "80.01", "merchant_id": 2}],
    )
    awards = [
        award(1, 1, "100.00", "100.00"),
        award(2, 1, "50.00", "50.00", project="P7"),  # the same enterprise a second time
        award(3, 2, "40.00", "40.00"),
        award(4, 3, "60.00", "0.00"),  # the bank has sent it back
        award(5, 4, "30.00", "30.00", project="P8", platform=True),
        award(6, 5, "9.00", "9.00", belongs_on=date(2022, 12, 31)),  # of the year before
        award(7, 900, "1.00", "1.00", project="P8"),  # an agent: its exports are those that it declared
    ]
    tables = {
        "released_lines": as_arrow("released_lines", facts.released_lines),
        "subsidy_awards": as_arrow("subsidy_awards", awards),
    }
    return DuckEngine(as_of=datetime(2024, 6, 1, tzinfo=UTC), arrow=tables, threads=1)


@pytest.mark.parametrize(
    ("code", "project", "value"),
    [
        ("subsidies.beneficiary_count", "", "4"),
        ("subsidies.beneficiary_count", "P5", "2"),
        ("subsidies.platform_project_count", "", "1"),
        ("subsidies.platform_project_count", "P5", "0"),
        ("subsidies.disbursed_rate", "", "78.647687"),  # 221 of 281
        ("subsidies.disbursed_rate", "P5", "70"),  # 140 of 200
        ("subsidies.beneficiary_growth_rate", "P5", "50"),  # 1 held to the cent, 2 fell by a cent
        (
            "subsidies.beneficiary_growth_rate",
            "P8",
            "50",
        ),  # 4 never exported and did not fall; the agent fell by a cent
    ],
)
def test_the_metric_gives_what_its_definition_says(
    engine: DuckEngine, code: str, project: str, value: str
) -> None:
    scope = Scope(YEAR, "baigou", {"project": project} if project else {})
    assert ask(metrics()[code], scope, engine).value == Decimal(value)


def test_without_awards_a_rate_is_none_and_a_count_zero(engine: DuckEngine) -> None:
    scope = Scope(Period.parse("2020"), "baigou")
    assert ask(metrics()["subsidies.disbursed_rate"], scope, engine).value is None
    assert ask(metrics()["subsidies.beneficiary_count"], scope, engine).value == 0


def test_the_rows_add_up_and_open_the_applications(engine: DuckEngine) -> None:
    metric = metrics()["subsidies.disbursed_rate"]
    rows = rows_behind(metric, Scope(YEAR, "baigou"), engine).to_pylist()
    assert sum(row["contribution"] for row in rows) == Decimal("281.00")
    links = link_awards(rows)
    assert {link.text for link in links} >= {"BT2024-00001"}
    assert all(link.url.startswith("/claims/BT2024-") for link in links)


def test_each_is_declared_with_its_parameter() -> None:
    assert [metric.code for metric in SUBSIDIES] == [
        "subsidies.beneficiary_count",
        "subsidies.platform_project_count",
        "subsidies.disbursed_rate",
        "subsidies.beneficiary_growth_rate",
    ]
    assert all(metric.parameters for metric in SUBSIDIES)
