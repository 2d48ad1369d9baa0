"""What each shape earns, at its edges."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from subsidy_texts import AFTER, BEFORE, COST, FLAT, LAST, START, award, cost, export, facts, policy
from youju.rules.funds.subsidies.computing import compute, share_out

TIERS = {
    "id": "tiers", "title": "分档", "reference": "第三条", "shape": "tiers",
    "steps": [{"from": "100", "rate": "0.1"}, {"from": "1000", "rate": "0.2"}],
}  # fmt: skip
GROWTH = {
    "id": "growth", "title": "增量", "reference": "第四条", "shape": "increment", "rate": "0.03",
    "base": {"from": "2022-01-01", "to": "2023-01-01"}, "threshold": "100",
}  # fmt: skip
TEU = {"id": "teu", "title": "按柜", "reference": "第五条", "shape": "per_container", "amount": "300"}
FIRST = {"id": "first", "title": "首次", "reference": "第六条", "shape": "first_export", "amount": "500"}


@pytest.mark.parametrize(
    ("day", "amount"),
    [(BEFORE, "0.00"), (START, "50.00"), (LAST, "50.00"), (AFTER, "0.00")],
)
def test_the_window_counts_its_first_and_last_day_and_neither_neighbour(day: date, amount: str) -> None:
    assert compute(policy(), facts(export("1000", day))).total == Decimal(amount)


@pytest.mark.parametrize(("usd", "amount"), [("0.09", "0.00"), ("0.10", "0.01"), ("0.30", "0.02")])
def test_a_flat_rate_rounds_half_up_once(usd: str, amount: str) -> None:
    assert compute(policy(), facts(export(usd))).potential == Decimal(amount)


@pytest.mark.parametrize(
    ("usd", "marginal", "whole"),
    [
        ("99.99", "0.00", "0.00"),
        ("100", "0.00", "10.00"),
        ("999.99", "90.00", "100.00"),
        ("1000", "90.00", "200.00"),
        ("1500", "190.00", "300.00"),
    ],
)
def test_tiers_at_their_edges(usd: str, marginal: str, whole: str) -> None:
    each = compute(policy(TIERS), facts(export(usd)))
    all_ = compute(policy({**TIERS, "whole": True}), facts(export(usd)))
    assert (each.potential, all_.potential) == (Decimal(marginal), Decimal(whole))


def test_a_whole_tier_may_give_a_sum_once() -> None:
    lump = {
        **TIERS,
        "whole": True,
        "steps": [{"from": "0", "amount": "10"}, {"from": "1000", "amount": "30"}],
    }
    totals = [compute(policy(lump), facts(export(usd))).potential for usd in ("0", "1", "1000")]
    assert totals == [Decimal(0), Decimal(10), Decimal(30)]


@pytest.mark.parametrize(
    ("usd", "deducted", "not_deducted"),
    [("600", "0.00", "0.00"), ("600.01", "0.00", "3.00"), ("700", "3.00", "6.00"), ("400", "0.00", "0.00")],
)
def test_growth_above_a_threshold_that_is_deductible_or_not(
    usd: str, deducted: str, not_deducted: str
) -> None:
    base = (export("500", BEFORE), export("9999", START))  # the second lies outside the base period
    for deductible, amount in ((True, deducted), (False, not_deducted)):
        found = compute(policy({**GROWTH, "deductible": deductible}), facts(export(usd), base_exports=base))
        assert found.potential == Decimal(amount)
        assert found.lines[0].base_counted == (base[0].key,)


def test_parts_of_containers_are_added_before_rounding() -> None:
    parts = [export("1", teu=Decimal("0.333333"), key=f"k{n}") for n in range(3)]
    assert compute(policy(TEU), facts(*parts)).potential == Decimal("300.00")


@pytest.mark.parametrize(("first", "amount"), [(BEFORE, 0), (START, 500), (LAST, 500), (AFTER, 0)])
def test_a_first_export_counts_in_the_window_alone(first: date, amount: int) -> None:
    found = compute(policy(FIRST), facts(export("1", first), export("1", LAST), first_export_on=first))
    assert found.potential == amount


def test_a_clause_counts_the_countries_and_codes_that_it_names() -> None:
    only = {**FLAT, "only": {"partners": ["BR"], "products": ["42"]}}
    goods = [
        export("100", partner="BR", product="4202220000", key="a"),
        export("100", partner="DE", product="4202220000", key="b"),
        export("100", partner="BR", product="6402990000", key="c"),
    ]
    line = compute(policy(only), facts(*goods)).lines[0]
    assert (line.counted, line.base, line.rate) == (("a",), Decimal(100), Decimal("0.05"))


def test_costs_take_their_share_each_under_its_cap() -> None:
    capped = {**COST, "each_cap": "100"}
    found = compute(policy(capped), facts(costs=(cost("100.01"), cost("900"), cost("50", AFTER))))
    assert found.lines[0].amount == Decimal("150.01")
    assert [finding.rule for finding in found.missing] == ["SUB-015"]


def test_caps_of_clause_and_party_say_what_they_took() -> None:
    text = policy({**FLAT, "cap": "40"}, {**FLAT, "id": "more"}, party_cap="70")
    found = compute(text, facts(export("1000")))
    assert [line.before_cap for line in found.lines] == [50, 50]
    assert found.total == 70
    assert [(cut.what, cut.before, cut.after) for cut in found.capped] == [
        ("clause", 50, 40),
        ("party", 90, 70),
    ]
    assert found.capped[1].sentence == "本政策每户上限 70.00 元，由 90.00 元减为 70.00 元。"


def test_a_line_says_how_its_amount_came_about() -> None:
    line = compute(policy(), facts(export("1234.5"))).lines[0]
    assert line.sentence == (
        "2023-01-01 至 2023-12-31放行 1 行，出口 1,234.5 美元，每 1 美元 0.05 元，计 61.73 元。"
    )
    assert line.reference == "第二条"


def test_the_better_of_two_policies_pays_what_it_is_better_by() -> None:
    text = policy(stacking={"against": ["other"], "counts": "better"})
    for other, total in (("30", "20.00"), ("50", "0.00"), ("80", "0.00")):
        found = compute(text, facts(export("1000"), other_awards=(award("other", other),)))
        assert found.total == Decimal(total)
        assert found.capped[-1].what == "stacking"
    assert compute(text, facts(export("1000"), other_awards=(award("else", "30"),))).total == 50


def test_the_budget_is_shared_out_to_the_cent() -> None:
    shares = share_out(policy(budget="100"), {"a": Decimal(50), "b": Decimal(50), "c": Decimal(50)})
    assert shares == {"a": Decimal("33.34"), "b": Decimal("33.33"), "c": Decimal("33.33")}
    assert share_out(policy(budget="150"), {"a": Decimal("150.00")}) == {"a": Decimal("150.00")}
