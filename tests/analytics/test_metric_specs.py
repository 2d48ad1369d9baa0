"""Each metric by a table of made-up rows: what counts and what does not; and every metric's own rules."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from metrics_made import Facts, declaration, party, step
from youju.analytics.answers import ask, ask_many, digest, rows_behind
from youju.analytics.metrics import ROW_COLUMNS, metrics
from youju.analytics.periods import Period
from youju.analytics.scopes import Scope
from youju.analytics.tables import analytic_tables

YEAR = Period.parse("2023")
IN, OUT, LAST = date(2023, 6, 15), date(2024, 1, 1), date(2022, 6, 15)


def _facts() -> Facts:
    facts = Facts()
    # The day before the period, its first and last day, the day after it.
    declaration(
        facts,
        day=date(2022, 12, 31),
        lines=[{"value": "1000", "merchant_id": 3}],
        country="DE",
        transport_mode="5",
    )
    declaration(
        facts,
        day=date(2023, 1, 1),
        lines=[{"value": "100"}, {"value": "50.55", "merchant_id": 2}],
        paperless=False,
    )
    declaration(
        facts,
        day=date(2023, 12, 31),
        lines=[{"value": "200", "hs_code": "9503008900"}],
        country="BR",
        transport_mode="4",
    )
    declaration(facts, day=OUT, lines=[{"value": "9999"}], country="FR")
    declaration(facts, day=LAST, lines=[{"value": "300", "merchant_id": 2}], country="US", transport_mode="9")
    party(facts, 1, date(2023, 1, 1))
    party(facts, 6, date(2023, 12, 31))
    party(facts, 2, date(2022, 12, 31))
    party(facts, 900, date(2023, 5, 1), agent=True, merchant=False)
    party(facts, 7, date(2023, 5, 1), merchant=False, buyer=True)
    # The first day and the last of the period, on the promised day and the day after; not promised to anybody outside.
    step(facts, done_on=date(2023, 1, 1), due_on=date(2023, 1, 1))
    step(facts, done_on=date(2023, 12, 31), due_on=date(2024, 1, 5), flow="goods.campaign")
    step(facts, done_on=date(2023, 6, 2), due_on=date(2023, 6, 1), flow="parties.change")
    step(facts, done_on=date(2022, 12, 31), due_on=date(2022, 12, 1))
    step(facts, done_on=OUT, due_on=IN)
    step(facts, done_on=IN, due_on=LAST, flow="targets.set")
    return facts


@pytest.mark.parametrize(
    ("code", "value"),
    [
        ("exports.value_cny", "350.55"),
        ("exports.growth_rate", "-73.034615"),
        ("exports.net_weight", "25.5"),
        ("exports.average_price", "13.747059"),
        ("exports.new_market_rate", "57.053202"),
        ("exports.new_market_count", "1"),
        ("exports.new_goods_count", "1"),
        ("exports.market_cr5", "100"),
        ("exports.market_hhi", "5099.495320"),
        ("exports.goods_cr5", "100"),
        ("exports.goods_hhi", "5099.495320"),
        ("declarations.released_count", "2"),
        ("declarations.paperless_rate", "50"),
        ("declarations.low_carbon_rate", "66.666667"),
        ("subjects.repeat_rate", "50"),
        ("subjects.newcomer_active_rate", "66.666667"),
        ("requests.within_limit_rate", "66.666667"),
    ],
)
def test_the_metric_gives_what_its_definition_says(code: str, value: str) -> None:
    assert ask(metrics()[code], Scope(YEAR, "baigou"), _facts().engine()).value == Decimal(value)


def test_many_metrics_are_answered_by_one_query_as_one_by_one() -> None:
    engine, scope, codes = _facts().engine(), Scope(YEAR, "baigou"), sorted(metrics())[:6]
    many = ask_many([*codes, codes[0]], scope, engine)
    assert list(many) == codes
    assert {code: (each.parts, each.counts, each.result) for code, each in many.items()} == {
        code: (one.parts, one.counts, one.result)
        for code, one in ((code, ask(metrics()[code], scope, engine)) for code in codes)
    }
    assert ask_many([], scope, engine) == {}


def test_each_metric_over_exports_and_parties_has_a_case_above() -> None:
    tested = {case[0] for case in test_the_metric_gives_what_its_definition_says.pytestmark[0].args[1]}
    rooms = ("exports.", "declarations.", "subjects.", "requests.within")
    ours = {code for code, metric in metrics().items() if code.startswith(rooms) and "district" not in code}
    assert ours == tested


@pytest.mark.parametrize("code", sorted(metrics()))
def test_a_metric_without_rows_has_no_value_or_zero_and_says_why(code: str) -> None:
    answer = ask(metrics()[code], Scope(YEAR, "baigou"), Facts().engine())
    assert answer.value == 0 or (answer.value is None and answer.result.reason)
    assert digest(metrics()[code], Scope(YEAR, "baigou"), Facts().engine()).count == 0


@pytest.mark.parametrize("code", sorted(metrics()))
def test_a_metric_is_described_whole(code: str) -> None:
    metric = metrics()[code]
    assert all(
        [
            metric.label,
            metric.label_en,
            metric.unit,
            metric.grain,
            metric.owner,
            metric.definition,
            metric.definition_en,
        ]
    )
    assert metric.basis and set(metric.tables) <= set(analytic_tables())
    assert tuple(metric.rows(Scope(YEAR)).columns[:5]) == ROW_COLUMNS
    assert (
        metric.combination.combine({name: Decimal(text) for name, text in metric.example.items()}).value
        is not None
    )
    assert not metric.part_labels or set(metric.example) <= set(metric.part_labels)


def test_another_pilot_does_not_count() -> None:
    facts = _facts()
    declaration(facts, day=IN, lines=[{"value": "1"}], pilot="yiwu")
    metric = metrics()["exports.value_cny"]
    assert ask(metric, Scope(YEAR, "baigou"), facts.engine()).value == Decimal("350.55")
    assert ask(metric, Scope(YEAR, "yiwu"), facts.engine()).value == 1
    assert ask(metric, Scope(YEAR), facts.engine()).value == Decimal("351.55")


def test_rows_come_largest_first_in_pages_and_by_part() -> None:
    metric, engine = metrics()["exports.growth_rate"], _facts().engine()
    first = rows_behind(metric, Scope(YEAR), engine, limit=2).to_pylist()
    rest = rows_behind(metric, Scope(YEAR), engine, limit=10, offset=2).to_pylist()
    values = [row["contribution"] for row in first + rest]
    assert len(values) == 5 and values == sorted(values, reverse=True)
    assert {row["part"] for row in rows_behind(metric, Scope(YEAR), engine, part="before").to_pylist()} == {
        "before"
    }


def test_ties_among_last_years_largest_markets_go_by_the_code() -> None:
    facts = Facts()
    for country in ("AA", "BB", "CC", "DD", "EE", "FF"):
        declaration(facts, day=LAST, lines=[{"value": "10"}], country=country)
    for country in ("EE", "FF"):
        declaration(facts, day=IN, lines=[{"value": "10"}], country=country)
    assert ask(metrics()["exports.new_market_rate"], Scope(YEAR), facts.engine()).value == 50


def test_the_digest_changes_with_a_cent_with_a_row_and_with_a_part() -> None:
    metric, scope = metrics()["declarations.paperless_rate"], Scope(YEAR)
    base = digest(metric, scope, _facts().engine())
    other = _facts()
    other.released_declarations[1]["paperless"] = True
    assert digest(metric, scope, other.engine()).sha256 != base.sha256
    value = metrics()["exports.value_cny"]
    changed = _facts()
    changed.released_lines[1]["value_cny"] += Decimal("0.01")
    assert digest(value, scope, changed.engine()).sha256 != digest(value, scope, _facts().engine()).sha256
    assert digest(value, scope, _facts().engine()) == digest(value, scope, _facts().engine())


def test_the_formulas_hash_stays_with_comments_and_differs_between_formulas() -> None:
    hashes = [metric.formula_hash for metric in metrics().values()]
    assert len(set(hashes)) == len(hashes)
    assert hashes == [metric.formula_hash for metric in metrics().values()]
