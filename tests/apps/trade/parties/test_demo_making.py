"""The demo's parties as plain facts: the same each time, as many as promised, in every standing, on coherent ways."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from trade_made_demo import SMALL, TODAY, WHOLE, digest
from youju.foundation.kernel.chance import Chance, Lots
from youju.rules.trade.parties.lifecycle import PARTY_FLOW
from youju.rules.trade.parties.roles import PartyRole
from youju.rules.workflow import is_working_day
from youju.trade.parties.demo.agreements import MadeAgreement, agreements
from youju.trade.parties.demo.making import MadeParty, parties
from youju.trade.parties.demo.places import markets, places
from youju.trade.parties.demo.planning import Plan, may_act, standing
from youju.trade.parties.demo.tables import authored, countries


@pytest.fixture(scope="module")
def made() -> list[MadeParty]:
    """The whole demo."""
    return list(parties(WHOLE))


@pytest.fixture(scope="module")
def agreed() -> list[MadeAgreement]:
    """Its agreements."""
    return list(agreements(WHOLE))


def test_the_same_plan_gives_the_same_parties() -> None:
    assert digest(parties(SMALL)) == digest(parties(SMALL))
    assert digest(agreements(SMALL)) == digest(agreements(SMALL))


@pytest.mark.parametrize("other", [replace(SMALL, seed=7), replace(SMALL, today=date(2026, 12, 1))])
def test_another_seed_or_day_gives_others(other: Plan) -> None:
    assert digest(parties(other)) != digest(parties(SMALL))


def test_a_larger_demo_begins_with_the_smaller_one(made: list[MadeParty]) -> None:
    small = [each for each in parties(SMALL) if each.role is PartyRole.MERCHANT]
    pairs = zip(small, made, strict=False)
    assert all(
        (few.profile, few.walk.began, few.standing) == (many.profile, many.walk.began, many.standing)
        for few, many in pairs
    )


def test_there_are_as_many_as_promised(made: list[MadeParty]) -> None:
    count = Counter(each.role for each in made)
    assert (count[PartyRole.MERCHANT], count[PartyRole.AGENT], count[PartyRole.BUYER]) == (300, 40, 400)
    assert set(count) == set(PartyRole)
    assert [each.index for each in made] == list(range(WHOLE.parties))


def test_buyers_come_from_ninety_countries_most_from_where_bags_go(made: list[MadeParty]) -> None:
    of = Counter(each.values["country"] for each in made if each.role is PartyRole.BUYER)
    assert len(of) == 90 == len(countries())
    assert of["RU"] > of["BO"]
    assert "CN" not in of


def test_english_names_are_plain_latin(made: list[MadeParty]) -> None:
    assert all(each.values["name_en"].isascii() and each.values["name_en"] for each in made)
    assert any(not each.values["name"].isascii() for each in made if each.role is PartyRole.BUYER)


def test_every_standing_is_there_in_its_share(made: list[MadeParty]) -> None:
    shares = {each["standing"]: each["share"] for each in authored("standing")["shares"]}
    found = Counter(each.standing for each in made if each.role is PartyRole.MERCHANT)
    assert found == {name: share * 3 for name, share in shares.items()}
    assert {standing(index) for index in range(100)} == set(shares)


def test_the_demo_accounts_have_parties_that_may_act(made: list[MadeParty]) -> None:
    own = {each.organisation: each for each in made if each.organisation in {"DEMO-SH", "DEMO-WM", "DEMO-CG"}}
    assert {each.role.value for each in own.values()} == {"merchant", "agent", "buyer"}
    assert all(
        each.values["state"] == "approved" and each.values["valid_to"] > TODAY for each in own.values()
    )


def test_numbers_names_and_codes_are_given_once(made: list[MadeParty]) -> None:
    for name in ("number", "credit_code"):
        given = [each.values[name] for each in made if each.values.get(name)]
        assert len(given) == len(set(given)) > 300
    bodies = [each.organisation for each in made if each.organisation]
    assert len(bodies) == len(set(bodies))
    shops = [each.values["name"] for each in made if each.role is PartyRole.MERCHANT]
    assert len(set(shops)) == len(shops)


def test_texts_fit_their_columns(made: list[MadeParty]) -> None:
    longest = {"name": 100, "name_en": 200, "legal_person": 50, "contact": 50, "address": 200, "number": 20}
    assert all(len(each.values.get(name, "")) <= most for each in made for name, most in longest.items())


def test_ways_follow_the_flow_on_working_days_before_today(made: list[MadeParty]) -> None:
    known = {transition.code for transition in PARTY_FLOW.transitions} | {"start"}
    for each in made:
        steps = each.walk.steps
        assert {step.transition for step in steps} <= known
        assert steps == sorted(steps, key=lambda step: (step.at, step.number))
        assert [step.source for step in steps[1:]] == [step.target for step in steps[:-1]]
        assert steps[-1].target == each.values["state"]
        assert all(is_working_day(step.at.date()) for step in steps)
        assert steps[-1].at.date() < TODAY


def test_nobody_approves_what_he_submitted(made: list[MadeParty]) -> None:
    for each in made:
        by = {step.transition: step.by for step in each.walk.steps}
        assert by.get("approve") is None or by["approve"] != by["submit"]


def test_promised_days_are_mostly_kept_and_sometimes_not(made: list[MadeParty]) -> None:
    kept = [s.within_limit for each in made for s in each.walk.steps if s.due_on and s.at.year == 2023]
    assert 0.94 < sum(map(bool, kept)) / len(kept) < 1


def test_some_waiting_cases_are_late_and_some_are_not(made: list[MadeParty]) -> None:
    waiting = [each.walk.due_on for each in made if each.values["state"] in {"submitted", "reviewing"}]
    assert all(waiting)
    late = [due for due in waiting if due < TODAY]
    assert 0 < len(late) < len(waiting)


def test_validity_tells_of_today(made: list[MadeParty]) -> None:
    for each in made:
        until = each.values["valid_to"]
        if each.standing == "expired":
            assert until < TODAY
        elif each.standing == "expiring":
            assert 0 < (until - TODAY).days <= 45
        elif each.standing == "approved":
            assert (until - TODAY).days > 60
        assert (until is None) == (each.values["approved_at"] is None)


def test_no_stall_is_let_twice_and_every_merchant_of_a_fitting_trade(made: list[MadeParty]) -> None:
    let = [each for each in made if each.place]
    assert len({each.place.index for each in let if each.place}) == len(let) == 300
    fitting = [
        each.profile in markets(1)[each.place.market].profiles for each in let if each.place is not None
    ]
    assert sum(fitting) / len(fitting) > 0.9


@pytest.mark.parametrize("scale", [0.1, 1, 3])
def test_stalls_have_a_place_and_a_sign_of_their_own(scale: float) -> None:
    every = list(places(scale))
    assert [each.index for each in every] == list(range(len(every)))
    assert len({(each.market, each.number) for each in every}) == len(every)
    assert len(every) > 300 * scale


def test_agreements_join_parties_that_may_act(agreed: list[MadeAgreement]) -> None:
    assert all(may_act(each.principal) and may_act(each.agent) for each in agreed)
    assert len({each.number for each in agreed}) == len(agreed)
    assert {each.values["state"] for each in agreed} >= {"in_force", "signing", "draft", "ended"}


def test_the_demo_agent_acts_for_many_and_for_the_demo_merchant(agreed: list[MadeAgreement]) -> None:
    own = {each.principal for each in agreed if each.agent == 0 and each.values["state"] == "in_force"}
    assert 0 in own
    assert len(own) > 20


def test_whoever_has_an_agreement_in_force_had_one_in_the_demo_year(agreed: list[MadeAgreement]) -> None:
    now = {(each.principal, each.agent) for each in agreed if each.values["state"] == "in_force"}
    then = {
        (each.principal, each.agent)
        for each in agreed
        if each.values["valid_from"] < date(2023, 4, 1) and each.values["valid_to"] > date(2023, 12, 15)
    }
    assert now <= then


def test_agreements_in_force_are_good_today_and_signed_by_both(agreed: list[MadeAgreement]) -> None:
    for each in agreed:
        values = each.values
        if values["state"] == "in_force":
            assert values["valid_from"] <= TODAY <= values["valid_to"]
            assert values["principal_signed_by"] and values["agent_signed_by"]
            assert (values["valid_to"] - values["valid_from"]).days < 400
        assert each.walk.state == values["state"]
        assert each.walk.entered.date() < TODAY
        assert values["valid_from"] <= values["valid_to"]


def test_chance_is_even_and_weighs() -> None:
    drawn = Counter(Chance(1, "test", number).draw(Lots([("a", 3), ("b", 1)])) for number in range(4_000))
    assert 2_800 < drawn["a"] < 3_200
    spread = Counter(Chance(1, "test", number).below(10) for number in range(4_000))
    assert set(spread) == set(range(10))
    assert min(spread.values()) > 300
