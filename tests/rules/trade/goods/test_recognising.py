"""The decision as a whole: outcomes, their order, the codec, the measure of names, what may be tried."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.trade.goods.goods_facts import LAW, PLAIN, branded, coded, gone, good, line, party, spoken
from youju.foundation.policies import law_on, load
from youju.rules.findings import Finding, Severity
from youju.rules.trade.goods.codec import from_json, to_json
from youju.rules.trade.goods.facts import Facts, LineFacts
from youju.rules.trade.goods.fitting import fit
from youju.rules.trade.goods.lifecycle import LIVE, STATE_NAMES, state_after
from youju.rules.trade.goods.recognising import (
    CONFIRMED,
    OUTCOMES,
    family_policies,
    outcome_of,
    recognise,
)
from youju.rules.trade.goods.trying import as_typed, plain, read_override

WEIGHT = {name: place for place, name in enumerate(OUTCOMES)}
severities = st.lists(st.sampled_from(list(Severity)), max_size=6)
words = st.text(alphabet="包箱袋手提背双肩皮革塑料其他", max_size=8)
some_facts = st.builds(
    lambda name, unit, duty, marks, chapters, until, brand: replace(
        PLAIN,
        good=replace(PLAIN.good, name=name or "包", unit=unit, brand_kind=brand),
        tariff=replace(
            PLAIN.tariff,
            line=replace(PLAIN.tariff.line or LineFacts("", "", ""), export_duty=duty, supervision=marks),
        ),
        party=replace(PLAIN.party, chapters=chapters, valid_to=until),
    ),
    words,
    st.sampled_from(["个", "箱", "千克", "吨", "只"]),
    st.none() | st.decimals(0, 100, places=3),
    st.text(alphabet="AB48xZ9", max_size=4),
    st.sampled_from([(), ("42",), ("39", "61")]),
    st.none() | st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    st.sampled_from(["none", "own", "domestic", "foreign", "other"]),
)


def findings(weights: list[Severity]) -> tuple[Finding, ...]:
    return tuple(Finding("说", "改", severity=each) for each in weights)


def test_the_plain_case_is_recognised_without_a_word() -> None:
    assert recognise(PLAIN, LAW).outcome == "recognised"
    assert spoken(PLAIN) == []


@given(severities, severities)
def test_more_findings_never_make_an_outcome_lighter(some: list[Severity], more: list[Severity]) -> None:
    assert WEIGHT[outcome_of(findings(some + more))] >= WEIGHT[outcome_of(findings(some))]
    assert WEIGHT[outcome_of(findings(some + more))] == max(
        WEIGHT[outcome_of(findings(some))], WEIGHT[outcome_of(findings(more))]
    )


@given(severities)
def test_the_order_of_findings_does_not_matter(some: list[Severity]) -> None:
    assert outcome_of(findings(some)) == outcome_of(findings(some[::-1]))


@given(some_facts)
def test_facts_go_through_json_unchanged_and_decide_the_same(facts: Facts) -> None:
    again = from_json(to_json(facts))
    assert again == facts
    assert recognise(again, LAW) == recognise(facts, LAW)


@pytest.mark.parametrize(
    "facts",
    [
        PLAIN,
        gone(
            earlier=("旧", "2022-12-31", "包"), later=("新", "2024-01-01"), successors=(("4202220010", "包"),)
        ),
        branded(until=None),
        party(valid_to=None),
        line(export_duty=Decimal("12.500")),
    ],
)
def test_every_shape_of_facts_goes_through_json(facts: Facts) -> None:
    assert from_json(to_json(facts)) == facts


@pytest.mark.parametrize("part", ["form", "as_of", "good", "tariff", "party", "authorisation"])
def test_facts_that_lack_a_part_are_refused_in_one_sentence(part: str) -> None:
    data = to_json(PLAIN)
    del data[part]
    with pytest.raises(ValueError, match="事实不完整"):
        from_json(data)


def test_a_later_form_is_refused() -> None:
    with pytest.raises(ValueError, match="只认识"):
        from_json({**to_json(PLAIN), "form": 99})


def test_before_the_first_day_nothing_is_recognised_by_silence() -> None:
    day = date(2019, 12, 31)
    with pytest.raises(ValueError, match="还没有商品认定规则"):
        recognise(replace(PLAIN, as_of=day), law_on(day))
    first = date(2020, 1, 1)
    assert recognise(replace(PLAIN, as_of=first), law_on(first)).outcome == "recognised"


def test_a_hard_finding_beside_soft_ones_refuses_and_all_are_said() -> None:
    facts = replace(coded("4402901000"), good=replace(coded("4402901000").good, unit="箱"))
    found = recognise(facts, LAW)
    assert found.outcome == "refused"
    assert {"REC-004", "REC-018"} <= set(found.rule_ids)
    assert "REC-004" not in found.soft


@given(words, words)
def test_the_measure_of_names_stays_between_nothing_and_everything(name: str, wording: str) -> None:
    found = fit(name, wording, LAW)
    assert 0 <= found.share <= 1
    assert all(word in found.judged or found.share for word in found.shared)


@given(words)
def test_a_name_fits_itself(name: str) -> None:
    found = fit(name, name, LAW)
    assert found.share == 1 or not found.comparable


@pytest.mark.parametrize(
    ("name", "wording", "share"),
    [
        ("手提包", "以皮革作面的手提包", "1.00"),
        ("拉杆箱", "以塑料作面的衣箱", "1.00"),
        ("保温杯", "手提包", "0.00"),
        ("帆布包", "手提包", "0.33"),
    ],
)
def test_examples_of_the_measure(name: str, wording: str, share: str) -> None:
    assert fit(name, wording, LAW).share == Decimal(share)


@pytest.mark.parametrize("before", list(STATE_NAMES))
def test_a_soft_finding_never_opens_a_good_for_trade(before: str) -> None:
    assert state_after(before, "explain") in {"draft", "outdated"}
    assert state_after(before, "explain", "accepted") == "explained"
    assert state_after(before, "explain", "rejected") == "refused"
    assert state_after(before, "recognised") == "recognised"
    assert state_after(before, "refused", "accepted") == "refused"


def test_a_good_that_was_recognised_waits_as_outdated() -> None:
    assert [state_after(before, "explain") for before in ("draft", "refused")] == ["draft", "draft"]
    assert {state_after(before, "explain") for before in set(LIVE) - {"refused"}} == {"outdated"}


def test_every_rule_that_wants_an_officer_is_a_soft_one() -> None:
    from youju.rules.registry import REGISTRY

    for rule in LAW[CONFIRMED]:  # type: ignore[union-attr]
        assert [each.severity for each in REGISTRY.versions(str(rule))] == [Severity.WARNING]


@pytest.mark.parametrize("name", family_policies())
def test_every_policy_of_the_family_reads_back_what_it_shows(name: str) -> None:
    policy = load().policies[name]
    assert read_override(policy.type, LAW[name], as_typed(LAW[name])) == plain(LAW[name])


@pytest.mark.parametrize(
    ("kind", "present", "text", "why"),
    [
        ("integer", 30, "三十", "不是整数"),
        ("integer", 30, "", "没有填写"),
        ("decimal", Decimal("0.25"), "-1", "不是小数"),
        ("list", ("17", "18"), "17\n包", "第 2 行“包”不是编码"),
        ("list", ("甲", "乙"), "甲\n甲", "写了两次"),
        ("table", {"4": {"name": "证", "effect": "ban"}}, "4", "键: 值"),
        ("table", {"4": {"name": "证", "effect": "ban"}}, "4: 证", "不是 JSON"),
        ("table", {"4": {"name": "证", "effect": "ban"}}, '4: {"name": "证"}', "样子不同"),
        ("table", {"4": "证"}, '4: "证"\n4: "照"', "写了两次"),
        ("table", {"个": ("只",)}, "个: [1]", "样子不同"),
    ],
)
def test_a_value_that_does_not_fit_is_refused_with_its_line(
    kind: str, present: object, text: str, why: str
) -> None:
    with pytest.raises(ValueError, match=why):
        read_override(kind, present, text)  # type: ignore[arg-type]


def test_a_tried_value_changes_the_outcome() -> None:
    facts = good(name="不锈钢保温杯")
    looser = {**LAW, "trade.goods.name_fit_share": Decimal(0)}
    assert recognise(facts, LAW).outcome == "explain"
    assert recognise(facts, looser).outcome == "recognised"
