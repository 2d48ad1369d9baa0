"""What holds for any two claims: order does not matter, a claim is no duplicate of itself, what hits shares a key."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from claims_planted import planted
from youju.foundation.policies import law_on
from youju.rules.funds.duplicates.facts import Box, Claim, Invoice, Line, from_json
from youju.rules.funds.duplicates.judging import judge_two
from youju.rules.funds.duplicates.likeness import Comparer
from youju.rules.funds.duplicates.traits import COMMON, Preparer, keys

DAY = date(2024, 6, 1)
LAW = law_on(DAY)
MADE = planted(3, 300).claims
FEW = st.sampled_from(MADE)
SOME = st.builds(
    replace,
    FEW,
    id=st.sampled_from(["A1", "A2"]),
    party=st.sampled_from(["P1", "P2"]),
    code=st.just(""),
    name=st.sampled_from(["白沟宏达箱包有限公司", "宏达箱包厂", "鸿达箱包", "宏达服饰", ""]),
    legal_person=st.sampled_from(["张建国", "张建果", "李芳", ""]),
    person_mark=st.sampled_from(["", "m"]),
    phones=st.sampled_from([(), ("13800001112",), ("138-0000-1112", "15900001111")]),
    agent_phones=st.sampled_from([(), ("13800001112",)]),
    address=st.sampled_from(["", "富强路3-2-15", "富强路三号楼2层15号", "五一路9号"]),
    account=st.sampled_from(["", "6217000012345678"]),
    lines=st.sampled_from([(), (Line("D1", 1),), (Line("D1", 1, "7"),)]),
    invoices=st.sampled_from([(), (Invoice("INV-1", issuer="甲"),)]),
    boxes=st.sampled_from([(), (Box("CSQU3054383", DAY),), (Box("CSQU3054383", DAY - timedelta(days=11)),)]),
)


@given(SOME, SOME)
def test_order_does_not_matter(one: Claim, other: Claim) -> None:
    assert judge_two(one, other, LAW, DAY) == judge_two(other, one, LAW, DAY)
    preparer, comparer = Preparer(LAW), Comparer(LAW, lambda _kind, _value: 2)
    first, second = preparer.traits(one), preparer.traits(other)
    assert comparer.compare(first, second) == comparer.compare(second, first)


@given(SOME)
def test_a_claim_is_no_duplicate_of_itself(claim: Claim) -> None:
    assert judge_two(claim, claim, LAW, DAY) is None


@given(SOME, SOME)
def test_two_claims_that_hit_share_a_key_under_which_they_are_looked_for(one: Claim, other: Claim) -> None:
    if judge_two(one, other, LAW, DAY) is not None:
        preparer = Preparer(LAW)
        shared = set(keys(preparer.traits(one))) & set(keys(preparer.traits(other)))
        assert {kind for kind, _ in shared} - {COMMON}


@given(SOME)
def test_a_claim_reads_back_from_plain_data(claim: Claim) -> None:
    assert from_json(claim.as_json()) == claim
