"""The scan in bulk agrees with each rule asked by itself, on generated years; what it is given and what it leaves aside."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from risk_made import AS_OF, made, tables
from risk_oracle import oracle
from risk_planted import Planter, keys_of
from youju.analytics.risk.peers import Peers, counted, price
from youju.analytics.risk.relations import relations
from youju.analytics.risk.scanning import Found, scan, skipped
from youju.analytics.risk.tables import TABLES
from youju.foundation.policies import law_on
from youju.rules.trade.risk.judging import RULES

LAW = law_on(date(2023, 12, 31))
WINDOW = {"since": date(2020, 1, 1), "until": date(2025, 1, 1), "as_of": AS_OF}


def scanned(given: dict[str, pa.Table], **more: object) -> list[Found]:
    with relations(given, threads=1) as link:
        return list(scan(link, LAW, **(WINDOW | more)))  # type: ignore[arg-type]


def year(seed: int, lines: int = 14_000, each: int = 3) -> tuple[dict[str, pa.Table], list]:
    whole = made(lines, seed)
    truth = Planter(whole, each).plant()
    return tables(whole), truth


@given(st.integers(0, 10_000))
@settings(max_examples=2, deadline=None)
def test_bulk_and_single_agree(seed: int) -> None:
    given_tables, truth = year(seed, 7_000, 1)
    rows = {name: table.to_pylist() for name, table in given_tables.items()}
    bulk = {(each.rule, each.subject) for each in scanned(given_tables)}
    single = oracle(rows, LAW, AS_OF)
    assert bulk ^ single == set()
    assert {each.rules[0] for each in truth} <= {rule for rule, _ in bulk}


def test_every_planted_kind_is_found_with_its_evidence() -> None:
    given_tables, truth = year(7)
    found: dict[str, set[str]] = {}
    for each in scanned(given_tables):
        found.setdefault(each.rule, set()).update(keys_of(each))
        assert each.finding.message and each.evidence
    missed = [
        plant for plant in truth if not any(plant.keys & found.get(rule, set()) for rule in plant.rules)
    ]
    assert len(missed) <= len(truth) // 20
    assert set(found) == set(RULES)


def test_a_table_that_nobody_gives_leaves_its_rules_unasked() -> None:
    given_tables, _ = year(3, 6_000, 1)
    del given_tables["receipts"], given_tables["claims"]
    with relations(given_tables, threads=1) as link:
        assert skipped(link) == ["RSK-008", "RSK-022", "RSK-012", "RSK-023"]
        told: list[str] = []
        list(scan(link, LAW, tell=lambda _done, _all, rule: told.append(rule), **WINDOW))  # type: ignore[arg-type]
    assert "RSK-008" not in told
    assert told[-1] == ""


def test_a_hit_can_be_judged_again_by_the_peers_of_then() -> None:
    given_tables, _ = year(5, 6_000, 1)
    with relations(given_tables, threads=1) as link:
        price(link, least=200.0)
        then = counted(link)
    assert {each.basis for each in then} == {"price", "kg"}
    now = scanned(given_tables, rules=("RSK-001", "RSK-013"))
    again = scanned(given_tables, rules=("RSK-001", "RSK-013"), peers=then)
    assert sorted((each.rule, each.subject) for each in now) == sorted(
        (each.rule, each.subject) for each in again
    )
    dearer = [
        Peers(each.basis, each.hs6, each.unit, each.peers, each.median + 9, each.spread) for each in then
    ]
    assert len(scanned(given_tables, rules=("RSK-001",), peers=dearer)) > len(now)
    assert scanned(given_tables, rules=("RSK-001",), peers=[]) == []


def test_only_the_window_is_judged() -> None:
    given_tables, _ = year(5, 6_000, 1)
    late = scanned(given_tables, since=date(2023, 7, 1))
    assert late
    assert min(each.day for each in late) >= date(2023, 7, 1)


def test_tables_as_postgresql_copies_them_out(tmp_path: Path) -> None:
    path = tmp_path / "parties.csv"
    path.write_text(
        '7,2023-01-02,,"42,61",""\n8,2023-01-03,2023-05-01,"","外省 ""x"" 市"\n', encoding="utf-8"
    )
    with relations({"parties": path}, threads=1) as link:
        rows = link.execute("SELECT * FROM parties ORDER BY 1").fetchall()
    assert rows == [
        (7, date(2023, 1, 2), None, "42,61", ""),
        (8, date(2023, 1, 3), date(2023, 5, 1), "", '外省 "x" 市'),
    ]


@pytest.mark.parametrize("name", sorted(TABLES))
def test_every_table_says_what_its_columns_hold(name: str) -> None:
    table = TABLES[name]
    assert table.label and all(meaning for _, _, meaning in table.columns)
