"""The set-based engine gives what the rules give, party by party, to the cent; what a back-test tells adds up."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from subsidy_grounds import ground
from subsidy_made import party_facts, policies
from subsidy_texts import AFTER, BEFORE, COST, FLAT, LAST, START, export, facts, policy
from youju.funds.subsidies.metrics.backtest_engine import Ground
from youju.funds.subsidies.metrics.backtest_report import amounts, backtest, counted
from youju.rules.funds.subsidies.computing import compute, share_out
from youju.rules.funds.subsidies.facts import PartyFacts
from youju.rules.funds.subsidies.sensing import amounts_of
from youju.rules.funds.subsidies.texts import PolicyText

CENT = Decimal("0.01")


@settings(max_examples=60)
@given(policies(), st.lists(party_facts(), min_size=1, max_size=4))
def test_each_party_gets_what_the_rules_give_it(text: PolicyText, parties: list[PartyFacts]) -> None:
    made = ground(parties)
    found = {each.party: each for each in made.totals(text)}
    for key, known in enumerate(parties):
        expected, each = compute(text, known), found.get(str(key))
        assert (each.total * CENT if each else 0) == expected.total
        if each:
            assert [line * CENT for line in each.lines] == [line.amount for line in expected.lines]
            lines, total = amounts_of(text, counted(text, each), each.usd * CENT)
            assert (list(lines), total) == ([line.amount for line in expected.lines], expected.total)
    growing = made.growing(text)
    assert (growing[-1][1] if growing else 0) == sum(each.total for each in found.values())
    made.close()


def test_the_cost_grows_by_the_days_of_release_and_runs_out_on_one() -> None:
    made = ground(
        [facts(export("1000", BEFORE), export("400", START), export("600", LAST), export("5", AFTER))]
    )
    text = policy(budget="50")
    assert made.growing(text) == [(START, 2000), (LAST, 5000)]
    assert backtest(text, made)["runs_out"] == LAST.isoformat()
    assert backtest(policy(budget="20.01"), made)["runs_out"] == LAST.isoformat()
    assert backtest(policy(budget="20"), made)["runs_out"] == START.isoformat()
    assert backtest(policy(budget="50.01"), made)["runs_out"] is None


def test_what_exceeds_the_budget_is_shared_out() -> None:
    made = ground([facts(export("1000")), facts(export("2000")), facts()])
    text = policy(budget="100")
    found = amounts(text, made)
    assert found.asked == {"0": Decimal(50), "1": Decimal(100)}
    assert found.granted == share_out(text, found.asked)
    told = backtest(text, made)
    assert (told["asked"], told["granted"], told["rate"], told["parties"]) == (
        "150.00",
        "100.00",
        "0.6667",
        2,
    )
    assert [each["party"] for each in told["gainers"]] == ["1", "0"]
    assert told["spread"]["gini"] == "0.1667"


def test_who_does_not_fit_gets_nothing() -> None:
    late = facts(export("1000"), filed_on=date(2023, 6, 1))
    other = facts(export("1000"), roles=frozenset({"agent"}))
    text = policy(eligible={"roles": ["merchant"], "filed_before": "2023-06-01"})
    assert [each.party for each in ground([late, other, facts(export("1"))]).totals(text)] == ["2"]


def sense(made: Ground, text: PolicyText) -> dict[str, tuple[int, str]]:
    return {each["code"]: (each["parties"], each["gain"]) for each in backtest(text, made)["sensitivity"]}


def test_a_cap_rewards_splitting_and_says_by_how_much() -> None:
    made = ground([facts(export("3000")), facts(export("1000"))])
    assert sense(made, policy(party_cap="100"))["split"] == (1, "50.00")
    assert sense(made, policy({**FLAT, "cap": "100"}, party_cap=None))["split"] == (1, "50.00")
    assert sense(made, policy(party_cap="1000"))["split"] == (0, "0.00")


def test_a_window_rewards_moving_exports_over_its_edges() -> None:
    made = ground(
        [
            facts(
                export("100", date(2024, 1, 30)),
                export("200", date(2022, 12, 2)),
                export("400", date(2024, 1, 31)),
            )
        ]
    )
    assert sense(made, policy())["late"] == (1, "5.00")
    assert sense(made, policy())["early"] == (1, "10.00")


def test_growth_rewards_holding_exports_back_out_of_the_base_twice() -> None:
    growth = {**FLAT, "shape": "increment", "base": {"from": "2022-01-01", "to": "2023-01-01"}}
    made = ground([facts(export("100", date(2022, 12, 10)), export("500", START))])
    told = backtest(policy(growth), made)
    assert told["asked"] == "20.00"
    assert {each["code"]: each["gain"] for each in told["sensitivity"]}["early"] == "10.00"


def test_a_tier_rewards_reaching_it() -> None:
    steps = [{"from": "0", "rate": "0.01"}, {"from": "1000", "rate": "0.02"}]
    tiers = {"id": "t", "title": "分档", "reference": "一", "shape": "tiers", "whole": True, "steps": steps}
    made = ground([facts(export("960")), facts(export("940"))])
    assert sense(made, policy(tiers))["step"] == (1, "10.40")


def test_policies_beside_each_other_say_what_no_stacking_saves() -> None:
    made = ground([facts(export("1000")), facts(export("10"))])
    other = policy(
        {**FLAT, "rate": "0.02"}, code="other", eligible={"roles": ["merchant"], "least_usd": "100"}
    )
    for counts, saved in (("better", "20.00"), ("earlier", "50.00")):
        text = policy(stacking={"against": ["other"], "counts": counts})
        beside = backtest(text, made, others=[other])["beside"][0]
        assert (beside["both"], beside["mine"], beside["theirs"], beside["saved"]) == (
            1,
            "50.00",
            "20.00",
            saved,
        )
    assert backtest(policy(), made, others=[other])["beside"][0]["saved"] == "0.00"


def test_two_drafts_are_compared_by_clause_and_by_party() -> None:
    made = ground([facts(export("1000")), facts(export("10"))])
    told = backtest(policy({**FLAT, "rate": "0.08"}), made, earlier=policy())["against"]
    assert (told["more"], told["less"], told["granted"]) == (2, 0, "50.50")
    assert told["differences"][0]["after"].endswith("0.08 元")
    assert told["moving"][0] == {"party": "0", "before": "50.00", "after": "80.00", "step": "30.00"}


def test_a_figure_that_cannot_be_relied_on_says_why() -> None:
    growth = {**FLAT, "id": "g", "shape": "increment", "base": {"from": "2021-01-01", "to": "2022-01-01"}}
    made = ground([facts(export("1000"))])
    unknown = {each["id"]: each["unknown"] for each in backtest(policy(FLAT, COST, growth), made)["clauses"]}
    assert unknown["flat"] == ""
    assert "没有往年的费用数据" in unknown["cost"]
    assert "基期没有出口数据" in unknown["g"]


@pytest.mark.parametrize("steps", [0, 3])
def test_it_says_how_far_it_is(steps: int) -> None:
    told: list[str] = []
    backtest(
        policy(),
        ground([facts()] * (steps + 1)),
        say=lambda done, total, what: told.append(f"{done}/{total} {what}"),
    )
    assert told[0].startswith("0/5")
    assert len(told) == 5
