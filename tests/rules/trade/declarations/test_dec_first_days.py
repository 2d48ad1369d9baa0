"""Each rule on declarations is silent the day before it is in force and speaks on its first day."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from goods_made import FIRST_NEW, LAST_OLD, TERMS, kinds, line, order
from rules.trade.declarations.test_dec_plans import planned
from youju.foundation.policies import law_on
from youju.rules.families import every_rule
from youju.rules.law import Law
from youju.rules.trade.declarations.checking import FAMILY, check_orders, check_plan
from youju.rules.trade.declarations.facts import Declaration, DeclarationPlan, Order, Proof
from youju.rules.trade.declarations.simplifying import simplify

RULES = [rule for rule in every_rule() if rule.id.startswith(FAMILY)]
MANY = tuple(kinds(["9.00"] * 51, inspection=True))
BROKEN_ORDERS: dict[str, tuple[Order, ...]] = {
    "DEC-001": (order("T1", 1, "150000.01"),),
    "DEC-002": (Order("T1", (line(1), line(2, currency="EUR"))),),
    "DEC-003": (Order("T1", (line(1), line(2, merchant="M2"))),),
    "DEC-004": (order("T1", 1, "0.00"),),
    "DEC-005": (order("T1", 1, "1.00", gross_weight=line(1).net_weight / 2),),
    "DEC-006": (Order("T1", MANY),),
    "DEC-007": (Order("T1", (line(1), line(2, inspection=True))),),
    "DEC-015": (order("T1", 1, "1.00", currency="EUR"),),
}
ONE, TWO = order("T1", 1, "100000.00"), order("T2", 2, "60000.00")
EUROS = order("T2", 2, "1.00", currency="EUR")
SPLIT = Order("T1", (line(1), line(2)))
WRONG = simplify(ONE.lines, TERMS)[0]


def _with(**changes: object) -> DeclarationPlan:
    made = Declaration(1, ("T1",), "USD", (replace(WRONG, **changes),))
    return DeclarationPlan((made,), (), Proof(1, 1, 0.0))


BROKEN_PLANS: dict[str, tuple[DeclarationPlan, tuple[Order, ...]]] = {
    "DEC-008": (planned((ONE, TWO)), (ONE, TWO)),
    "DEC-009": (planned((Order("T1", MANY),)), (Order("T1", MANY),)),
    "DEC-010": (planned((Order("T1", SPLIT.lines[:1]),), (Order("T1", SPLIT.lines[1:]),)), (SPLIT,)),
    "DEC-011": (planned((ONE,)), (ONE, TWO)),
    "DEC-012": (_with(cents=1), (ONE,)),
    "DEC-013": (planned((ONE, EUROS)), (ONE, EUROS)),
    "DEC-014": (_with(name="别名"), (ONE,)),
}


def _spoken(rule: str, law: Law) -> bool:
    if rule in BROKEN_ORDERS:
        return rule in {finding.rule for finding in check_orders(BROKEN_ORDERS[rule], law)}
    plan, orders = BROKEN_PLANS[rule]
    return rule in {finding.rule for finding in check_plan(plan, orders, law)}


def test_every_rule_has_something_broken_of_its_own() -> None:
    assert {rule.id for rule in RULES} == BROKEN_ORDERS.keys() | BROKEN_PLANS.keys()


@pytest.mark.parametrize("rule", sorted({rule.id for rule in RULES}))
def test_a_rule_is_silent_the_day_before_and_speaks_on_its_first_day(rule: str) -> None:
    first = min(version.since for version in RULES if version.id == rule)
    today = dict(law_on(FIRST_NEW))
    assert not _spoken(rule, Law(today, as_of=first - timedelta(days=1)))
    assert _spoken(rule, law_on(first))


@pytest.mark.parametrize("rule", ["DEC-001", "DEC-008", "DEC-014"])
def test_a_rule_of_the_older_text_goes_on_under_the_newer(rule: str) -> None:
    assert _spoken(rule, law_on(LAST_OLD)) and _spoken(rule, law_on(FIRST_NEW))
    old, new = (version for version in RULES if version.id == rule)
    assert (old.until, old.basis[:13], new.basis[:13]) == (new.since, "gacc-2014-54#", "gacc-2019-221")


@pytest.mark.parametrize("rule", sorted(BROKEN_ORDERS))
def test_a_finding_says_what_where_and_how_to_mend_it(rule: str) -> None:
    for finding in check_orders(BROKEN_ORDERS[rule], law_on(FIRST_NEW)):
        assert list(finding.at) == ["order", "declaration", "line", "field"]
        assert finding.message.endswith("。") and finding.suggestion.endswith("。")
