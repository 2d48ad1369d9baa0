"""Every metric on generated rows: DuckDB, and the definition read in plain Python, give the same; its rows give its value.

Fifty made-up pilots in the usual run, a thousand and more with ``YOUJU_METRIC_CASES`` in the nightly one.
"""

from __future__ import annotations

import os
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from metrics_made import Facts, made_facts, plainly
from youju.analytics.answers import all_rows, ask, digest
from youju.analytics.metrics import PART, VALUE, metrics
from youju.analytics.periods import Period
from youju.analytics.scopes import Scope

CODES = sorted(plainly(Facts(), Period.parse("2023")))
CASES = int(os.environ.get("YOUJU_METRIC_CASES", "50"))
# Few enough that their statements are compiled once; at all the edges that the made-up days lie on.
PERIODS = st.sampled_from(["2023", "2023-01", "2022-12..2023-01", "2022-06..2023-05"]).map(Period.parse)


@settings(max_examples=CASES)
@given(made_facts(), PERIODS)
def test_duckdb_gives_what_plain_python_gives(facts: Facts, period: Period) -> None:
    engine = facts.engine()
    expected = plainly(facts, period)
    assert {
        code: ask(metrics()[code], Scope(period, "baigou"), engine).value for code in expected
    } == expected


@settings(max_examples=CASES)
@given(made_facts(), PERIODS, st.sampled_from(CODES))
def test_the_rows_behind_a_value_add_up_to_it(facts: Facts, period: Period, code: str) -> None:
    engine = facts.engine()
    metric, scope = metrics()[code], Scope(period, "baigou")
    sums: dict[str, Decimal] = {}
    count = 0
    for batch in all_rows(metric, scope, engine):
        count += batch.num_rows
        for part, value in zip(batch[PART].to_pylist(), batch[VALUE].to_pylist(), strict=True):
            sums[part] = sums.get(part, Decimal(0)) + value
    answer, told = ask(metric, scope, engine), digest(metric, scope, engine)
    assert metric.combination.combine(sums) == answer.result == told.result
    assert (sums, count) == (answer.parts, told.count) and sum(answer.counts.values()) == count
