# ruff: noqa: N802  (a test bears the id of its rule)
"""The rules on agency agreements: pass, fail, the day before, the first day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from youju.foundation.policies import law_on
from youju.rules.families import every_rule
from youju.rules.law import Law
from youju.rules.registry import REGISTRY, Rule
from youju.rules.trade.parties.agreement_facts import AgreementFacts, PartyFacts, Term, Terms, terms_of
from youju.rules.trade.parties.agreements import FAMILY, REPORTING, judge
from youju.rules.trade.parties.roles import PartyRole

TODAY = date(2026, 3, 2)
SELLER = PartyFacts(1, "甲商行", "ZC1", frozenset({PartyRole.MERCHANT}), "approved", 11)
AGENT = PartyFacts(2, "乙外贸", "ZC2", frozenset({PartyRole.AGENT}), "approved", 12)
TERMS = Terms("箱包", "rate", "0.8", "agent", 5, "agent", True)
GOOD = AgreementFacts(SELLER, AGENT, TODAY, TODAY + timedelta(days=364), TODAY, TERMS)


def spoiled(**changes: Any) -> AgreementFacts:
    return replace(GOOD, **changes)


def agreed(**changes: Any) -> AgreementFacts:
    return replace(GOOD, terms=replace(TERMS, **changes))


def found(rule: str, facts: AgreementFacts, day: date = TODAY) -> list[str]:
    return [each.message for each in judge(facts, law_on(day)) if each.rule == rule]


SPOILED: dict[str, AgreementFacts] = {
    "AGR-001": spoiled(principal=replace(SELLER, state="suspended")),
    "AGR-002": spoiled(agent=replace(AGENT, roles=frozenset({PartyRole.BROKER}))),
    "AGR-003": spoiled(agent=replace(AGENT, organisation=11)),
    "AGR-004": spoiled(agent=replace(AGENT, organisation=None)),
    "AGR-005": spoiled(valid_to=TODAY + timedelta(days=1096)),
    "AGR-006": spoiled(valid_from=TODAY - timedelta(days=1)),
    "AGR-007": spoiled(others=(Term("WT2025-00001", TODAY - timedelta(days=9), TODAY),)),
    "AGR-008": agreed(goods="  "),
    "AGR-009": agreed(fee="5.01"),
    "AGR-010": agreed(settle_days=None),
    "AGR-011": agreed(exemption=""),
    "AGR-012": agreed(reports_consignor=False),
}
RULES = [rule for rule in every_rule() if rule.id.startswith(FAMILY)]


def test_every_rule_has_a_spoiled_agreement_of_its_own() -> None:
    assert sorted(SPOILED) == sorted({rule.id for rule in RULES})


def test_a_good_agreement_is_free_of_findings() -> None:
    assert judge(GOOD, law_on(TODAY)) == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_only_the_rule_that_it_spoils_speaks(rule: Rule) -> None:
    assert {each.rule for each in judge(SPOILED[rule.id], law_on(TODAY))} == {rule.id}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_is_silent_the_day_before_and_speaks_on_its_first_day(rule: Rule) -> None:
    law = law_on(TODAY)

    def spoken(day: date) -> bool:
        return rule.id in {
            each.rule for each in judge(SPOILED[rule.id], Law(dict(law), as_of=day, hash=law.hash))
        }

    assert not spoken(rule.since - timedelta(days=1))
    assert spoken(rule.since)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_finding_names_a_field_and_says_how_to_mend_it(rule: Rule) -> None:
    for finding in judge(SPOILED[rule.id], law_on(TODAY)):
        assert finding.at["field"]
        assert finding.message.endswith("。")
        assert finding.suggestion.endswith("。")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_asks_for_no_policy_that_it_does_not_declare(rule: Rule) -> None:
    law = law_on(TODAY)
    assert list(rule.findings(SPOILED[rule.id], {name: law[name] for name in rule.parameters}))


def test_AGR_001_principal_on_file_as_merchant_or_manufacturer() -> None:
    maker = replace(SELLER, roles=frozenset({PartyRole.MANUFACTURER}))
    assert found("AGR-001", spoiled(principal=maker)) == []
    assert found("AGR-001", spoiled(principal=replace(SELLER, roles=frozenset({PartyRole.BUYER}))))
    both = replace(SELLER, roles=frozenset({PartyRole.BUYER}), state="returned")
    assert len(found("AGR-001", spoiled(principal=both))) == 2


def test_AGR_002_agent_on_file_as_agent() -> None:
    several = replace(AGENT, roles=frozenset({PartyRole.AGENT, PartyRole.BROKER}))
    assert found("AGR-002", spoiled(agent=several)) == []
    assert found("AGR-002", spoiled(agent=replace(AGENT, state="suspended")))


def test_AGR_003_two_parties_of_two_organisations() -> None:
    assert found("AGR-003", GOOD) == []
    assert found("AGR-003", spoiled(agent=replace(AGENT, id=1)))
    nobody = replace(SELLER, organisation=None)
    assert found("AGR-003", spoiled(principal=nobody, agent=replace(AGENT, organisation=None))) == []


def test_AGR_004_both_sides_have_somebody_who_can_sign() -> None:
    assert found("AGR-004", GOOD) == []
    nobody = spoiled(principal=replace(SELLER, organisation=None), agent=replace(AGENT, organisation=None))
    assert len(found("AGR-004", nobody)) == 2


def test_AGR_005_no_longer_than_the_policy() -> None:
    assert found("AGR-005", spoiled(valid_to=TODAY + timedelta(days=1095))) == []
    assert found("AGR-005", spoiled(valid_to=TODAY + timedelta(days=1096)))
    assert found("AGR-005", spoiled(valid_to=TODAY - timedelta(days=1))) == ["到期日期早于生效日期。"]


def test_AGR_006_never_backdated_but_signed_later_is_fine() -> None:
    yesterday = TODAY - timedelta(days=1)
    assert found("AGR-006", spoiled(valid_from=TODAY + timedelta(days=30))) == []
    assert found("AGR-006", spoiled(valid_from=yesterday))
    assert found("AGR-006", spoiled(valid_from=yesterday, offered_on=yesterday)) == []
    assert found("AGR-006", spoiled(valid_from=yesterday, valid_to=yesterday, offered_on=yesterday))


def test_AGR_007_no_two_of_the_same_pair_on_one_day() -> None:
    def beside(first: date, last: date) -> list[str]:
        return found("AGR-007", spoiled(others=(Term("WT1", first, last),)))

    assert beside(GOOD.valid_to, GOOD.valid_to + timedelta(days=9))
    assert beside(TODAY - timedelta(days=9), TODAY)
    assert beside(GOOD.valid_to + timedelta(days=1), GOOD.valid_to + timedelta(days=9)) == []
    assert beside(TODAY - timedelta(days=9), TODAY - timedelta(days=1)) == []


def test_AGR_008_goods_are_named() -> None:
    assert found("AGR-008", GOOD) == []
    assert found("AGR-008", agreed(goods=""))


@pytest.mark.parametrize(
    ("kind", "fee", "fine"),
    [
        ("rate", "5", True), ("rate", "5.01", False), ("rate", "0", False), ("rate", "", False), ("rate", "八", False),
        ("rate", "NaN", False), ("each", "200", True), ("each", "-1", False), ("none", "", True), ("none", "3", False),
        ("other", "3", False),
    ],
)  # fmt: skip
def test_AGR_009_the_fee_is_clear_and_bounded(kind: str, fee: str, fine: bool) -> None:
    assert bool(found("AGR-009", agreed(fee_kind=kind, fee=fee))) is not fine


def test_AGR_010_who_collects_and_when_it_is_paid_on() -> None:
    assert found("AGR-010", agreed(settle_days=30)) == []
    assert found("AGR-010", agreed(collection="principal", settle_days=None)) == []
    for wrong in (0, 31, None):
        assert found("AGR-010", agreed(settle_days=wrong))
    assert found("AGR-010", agreed(collection="bank"))


def test_AGR_011_who_files_the_exemption() -> None:
    assert found("AGR-011", agreed(exemption="principal")) == []
    assert found("AGR-011", agreed(exemption="tax office"))


def test_AGR_012_reporting_consignors_from_the_day_of_the_announcement() -> None:
    assert found("AGR-012", agreed(reports_consignor=False), REPORTING - timedelta(days=1)) == []
    assert found("AGR-012", agreed(reports_consignor=False), REPORTING)
    assert found("AGR-012", GOOD, REPORTING) == []


def test_terms_survive_storage_and_unknown_names() -> None:
    assert terms_of(TERMS.as_json()) == TERMS
    assert terms_of({**TERMS.as_json(), "later": 1}) == TERMS
    assert terms_of({}) == Terms()


def test_every_rule_is_in_force_today() -> None:
    assert {each.id for each in REGISTRY.in_force(TODAY, "document", FAMILY)} == set(SPOILED)
