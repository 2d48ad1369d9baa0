"""Properties of subsidy money on generated policies and parties."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from subsidy_made import party_facts, policies
from youju.rules.funds.subsidies.cents import CENT, pro_rata
from youju.rules.funds.subsidies.comparing import differences
from youju.rules.funds.subsidies.computing import compute
from youju.rules.funds.subsidies.facts import ExportFact, PartyFacts
from youju.rules.funds.subsidies.measuring import count, exported
from youju.rules.funds.subsidies.moving import moved
from youju.rules.funds.subsidies.reading import read_policy
from youju.rules.funds.subsidies.sensing import split_in_two
from youju.rules.funds.subsidies.texts import PolicyText
from youju.rules.funds.subsidies.writing import plain_policy

money = st.integers(0, 10**10).map(lambda cents: cents * CENT)


@given(st.dictionaries(st.text(min_size=1, max_size=4), money, max_size=30), money)
def test_shares_make_the_budget_to_the_cent_and_exceed_no_total(
    totals: dict[str, Decimal], most: Decimal
) -> None:
    shares = pro_rata(totals, most)
    assert set(shares) == set(totals)
    assert sum(shares.values()) == min(most, sum(totals.values()))
    assert all(0 <= shares[key] <= totals[key] for key in totals)
    ranked = sorted(totals, key=lambda key: totals[key])
    assert all(shares[a] <= shares[b] + CENT for a, b in pairwise(ranked))


@settings(max_examples=40)
@given(policies(), party_facts())
def test_caps_hold_and_lines_add_up(policy: PolicyText, facts: PartyFacts) -> None:
    found = compute(policy, facts)
    for line in found.lines:
        cap = policy.clause(line.clause).cap
        assert 0 <= line.amount <= line.before_cap
        assert cap is None or line.amount <= cap
        assert line.amount == line.amount.quantize(CENT)
    before = sum((line.amount for line in found.lines), Decimal(0))
    assert found.potential == (before if policy.party_cap is None else min(before, policy.party_cap))
    assert found.total == (found.potential if found.entitled else 0)


@given(policies(rising=True), party_facts(), st.integers(1, 10**8))
def test_more_exports_never_give_less_where_rates_rise(
    policy: PolicyText, facts: PartyFacts, cents: int
) -> None:
    more = ExportFact("more", policy.window.start, cents * CENT, Decimal(1), "P", "BR", "4202220000")
    first = min(facts.first_export_on or policy.window.start, policy.window.start)
    known = replace(facts, first_export_on=first)
    grown = replace(known, exports=(*facts.exports, more))
    assert compute(policy, grown).potential >= compute(policy, known).potential


@settings(max_examples=40)
@given(policies(), party_facts())
def test_exports_may_be_cut_into_lines_without_changing_anything(
    policy: PolicyText, facts: PartyFacts
) -> None:
    cut = []
    for fact in facts.exports:
        part = (fact.value_usd / 3).quantize(CENT)
        cut += [
            replace(fact, value_usd=part, teu=Decimal(0)),
            replace(fact, key=f"{fact.key}b", value_usd=fact.value_usd - part),
        ]
    assert compute(policy, replace(facts, exports=tuple(cut))).potential == compute(policy, facts).potential


@settings(max_examples=40)
@given(policies(), party_facts())
def test_what_lies_outside_the_window_changes_nothing(policy: PolicyText, facts: PartyFacts) -> None:
    outside = [
        replace(fact, key=f"{fact.key}o", day=day)
        for fact in facts.exports
        for day in (policy.window.start - timedelta(days=1), policy.window.end)
    ]
    wider = replace(facts, exports=(*facts.exports, *outside))
    assert compute(policy, wider).potential == compute(policy, facts).potential


@given(policies())
def test_a_text_survives_being_written_and_read(policy: PolicyText) -> None:
    again = read_policy(plain_policy(policy))
    assert again == policy
    assert differences(policy, again) == ()


@given(policies(), st.integers(-5, 5))
def test_a_policy_moved_by_years_comes_back(policy: PolicyText, years: int) -> None:
    there = moved(policy, years)
    assert there.window.start.year == policy.window.start.year + years
    assert moved(there, -years) == policy


@settings(max_examples=40)
@given(policies(), party_facts())
def test_a_split_gains_exactly_what_two_firms_would_get_more(policy: PolicyText, facts: PartyFacts) -> None:
    counts = [count(policy, clause, facts).counts for clause in policy.clauses]
    gain = split_in_two(policy, counts, exported(policy, facts))
    together = compute(policy, facts).potential
    enough = exported(policy, facts) >= policy.eligible.least_usd
    assert gain.total >= -(together if enough else 0)
    # Halves of whole cents: a flat rate without caps gains a cent or so of rounding at most.
    if (
        all(c.shape.kind == "flat_rate" and c.cap is None for c in policy.clauses)
        and policy.party_cap is None
        and policy.eligible.least_usd == 0
    ):
        assert abs(gain.total) <= CENT * len(policy.clauses)
