"""The rules RSK-…: what passes, what is found, the day before a rule begins and its first day."""
# ruff: noqa: N802 - a rule's test bears its id

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from youju.foundation.policies import law_on
from youju.rules.trade.risk.facts import (
    BrandCase,
    ClaimCase,
    CollectionCase,
    ContainerCase,
    FilingCase,
    HiddenCase,
    LifeCase,
    OrderCase,
    PayerCase,
    PriceCase,
    ProportionCase,
    RegionCase,
    ScopeCase,
    SpreadCase,
    SumCase,
    TieCase,
    TwiceCase,
    UseCase,
    WeightCase,
)
from youju.rules.trade.risk.judging import (
    CASES,
    GREEN,
    RED,
    YELLOW,
    case_of,
    judge,
    lane_of,
    points_of,
    share_of,
    titles,
)

DAY, FIRST, BEFORE = date(2023, 6, 1), date(2020, 1, 1), date(2019, 12, 31)


def ask(rule: str, case: Any, day: date = DAY) -> Any:
    return judge(rule, case, law_on(max(day, FIRST)), day)


def check(rule: str, bad: Any, *good: Any, words: str = "") -> None:
    """``bad`` is found, with the words, from the first day on and not the day before; each of ``good`` passes."""
    found = ask(rule, bad)
    assert found is not None
    assert found.rule == rule
    assert words in found.message
    assert found.suggestion.endswith("。")
    assert ask(rule, bad, FIRST) is not None
    assert ask(rule, bad, BEFORE) is None
    for each in good:
        assert ask(rule, each) is None, each


PRICE = PriceCase("女包", "420222", "个", 240.0, 24_000.0, 30, math.log(12), 0.1)
FILING = FilingCase("DEMU8900014", "X1", "X2", 0)


def test_RSK_001_a_price_twenty_times_the_peers_is_found() -> None:
    check(
        "RSK-001", PRICE, replace(PRICE, price=20.0), replace(PRICE, peers=19), replace(PRICE, usd=199.99),
        replace(PRICE, spread=0.7), words="是同类的 20.0 倍",
    )  # fmt: skip
    low = ask("RSK-001", replace(PRICE, price=0.6))
    assert "只有同类的 1/20.0" in low.message


def test_RSK_001_both_limits_have_to_be_passed() -> None:
    # A spread below the floor counts as the floor: five times 0.15 is 2.12-fold, but three-fold is asked for as well.
    assert ask("RSK-001", replace(PRICE, price=12 * 2.9, spread=0.01)) is None
    assert ask("RSK-001", replace(PRICE, price=12 * 3.01, spread=0.01)) is not None


def test_RSK_013_value_by_weight_has_limits_of_its_own() -> None:
    per_kg = replace(PRICE, unit="千克")
    check("RSK-013", per_kg, replace(per_kg, price=12 * 4.9), replace(per_kg, price=0.0), words="每千克")


def test_RSK_002_a_container_in_two_packings_within_two_days_is_found() -> None:
    check("RSK-002", FILING, replace(FILING, days=3), words="DEMU8900014")
    assert ask("RSK-002", replace(FILING, days=2)) is not None


def test_RSK_014_a_bill_of_lading_is_used_once_in_a_year() -> None:
    check("RSK-014", replace(FILING, days=365), replace(FILING, days=366), words="X1")


def test_RSK_015_an_entry_number_is_used_once() -> None:
    check("RSK-015", FILING, words="DEMU8900014")


def test_RSK_003_a_declared_line_adds_up() -> None:
    bad = SumCase("D1", 2, 1000.0, 990.0, 50.0, 50.0)
    check("RSK-003", bad, replace(bad, sources=999.0), words="差 10.00")
    assert "净重" in ask("RSK-003", replace(bad, sources=1000.0, source_weight=40.0)).message


def test_RSK_016_an_order_line_is_used_up_once() -> None:
    bad = UseCase("T1", 1, 100.0, 200.0, "个", 2)
    check("RSK-016", bad, replace(bad, used=100.1), words="在 2 处报出 200个")


def test_RSK_004_an_order_just_under_the_cap_is_found() -> None:
    bad = OrderCase("T1", 149_500.0)
    check("RSK-004", bad, OrderCase("T1", 147_749.0), OrderCase("T1", 150_000.01), words="少 500.00")


def test_RSK_017_a_deal_in_several_declarations_is_found() -> None:
    bad = SpreadCase("X1", DAY, 2, 180_000.0, 80_000.0)
    check(
        "RSK-017",
        bad,
        replace(bad, declarations=1),
        replace(bad, usd=150_000.0),
        replace(bad, least=74_999.0),
        words="分成 2 票",
    )


def test_RSK_005_a_container_above_its_payload_or_volume_is_found() -> None:
    bad = ContainerCase("C1", "40HQ", 28_000.0, 60.0, 26_500.0, 76.3)
    check(
        "RSK-005",
        bad,
        replace(bad, gross_weight=27_000.0),
        replace(bad, payload=0.0, capacity=0.0),
        words="载重 26,500",
    )
    assert "容积" in ask("RSK-005", replace(bad, gross_weight=1.0, volume=80.0)).message


def test_RSK_018_weights_and_volume_that_cannot_be_are_found() -> None:
    bad = WeightCase("女包", 90.0, 80.0, 1.0)
    fine = WeightCase("女包", 80.0, 90.0, 1.0)
    check("RSK-018", bad, fine, replace(fine, volume=0.0), words="大于毛重")
    assert "每立方米 90,000.0" in ask("RSK-018", replace(fine, volume=0.001)).message
    assert ask("RSK-018", replace(fine, volume=20.0)) is not None


def test_RSK_006_goods_outside_the_filed_chapters_are_found() -> None:
    bad = ScopeCase("电子手表", "91", ("42", "61"), 500.0)
    check(
        "RSK-006",
        bad,
        replace(bad, chapter="42"),
        replace(bad, chapters=()),
        replace(bad, usd=499.0),
        words="第 91 章",
    )


def test_RSK_019_a_merchant_from_elsewhere_is_found() -> None:
    check(
        "RSK-019",
        RegionCase("外省某市", 10.0),
        RegionCase("保定市白沟", 10.0),
        RegionCase("", 10.0),
        RegionCase("外省某市", 0.0),
    )


def test_RSK_007_a_new_party_with_large_trade_is_found() -> None:
    bad = LifeCase(8, 355_000.0, 5)
    check("RSK-007", bad, replace(bad, days=16), replace(bad, usd=199_999.0), words="8 天")


def test_RSK_020_a_party_that_comes_and_goes_is_found() -> None:
    bad = LifeCase(100, 150_000.0, 3)
    check("RSK-020", bad, replace(bad, days=180), replace(bad, usd=99_999.0), words="只有 100 天")


def test_RSK_021_two_parties_with_one_number_and_one_buyer_are_found() -> None:
    bad = TieCase("phone", 2, 1, 5_000.0, 2_000.0)
    check(
        "RSK-021", bad, replace(bad, kind="shoe"), replace(bad, held=21), replace(bad, days=4), replace(bad, least=999.0),
        words="电话相同",
    )  # fmt: skip


def test_RSK_008_exports_without_collection_are_found() -> None:
    bad = CollectionCase("D1", 210, 10_000.0, 0.0)
    check(
        "RSK-008",
        bad,
        replace(bad, days=209),
        replace(bad, collected=5_000.0),
        replace(bad, usd=0.0),
        words="（0%）",
    )


def test_RSK_022_payments_by_others_are_found() -> None:
    bad = PayerCase("D1", 10_000.0, 6_000.0)
    check("RSK-022", bad, replace(bad, others=4_999.0), replace(bad, collected=30_000.0), words="6,000.00")


def test_RSK_009_a_month_out_of_proportion_is_found() -> None:
    bad = ProportionCase("2023-08", 500_000.0, 20_000.0, 5, 10_000.0)
    check("RSK-009", bad, replace(bad, usd=249_999.0), replace(bad, typical=70_000.0), words="25.0 倍")


def test_RSK_009_without_a_history_the_market_is_the_measure() -> None:
    young = ProportionCase("2023-08", 500_000.0, 1.0, 2, 10_000.0)
    assert "全市场" in ask("RSK-009", young).message
    assert ask("RSK-009", replace(young, market=13_000.0)) is None
    assert ask("RSK-009", replace(young, market=0.0)) is None


def test_RSK_010_goods_under_control_inside_a_merged_line_are_found() -> None:
    bad = HiddenCase("木炭", "4402900090", "D1", 6, merged=True, what="banned")
    check("RSK-010", bad, replace(bad, merged=False), replace(bad, what=""), words="禁止出口的“木炭”")


def test_RSK_011_a_brand_without_authorisation_is_found() -> None:
    bad = BrandCase("女包 nike 款", "", "", "none", DAY, None)
    check("RSK-011", bad, replace(bad, name="女包"), replace(bad, authorised_until=DAY), words="NIKE")
    assert "已经过期" in ask("RSK-011", replace(bad, authorised_until=date(2023, 5, 31))).message
    assert ask("RSK-011", replace(bad, name="女包", brand="他牌", brand_kind="domestic")) is not None


def test_RSK_012_a_claim_without_its_grounds_is_found() -> None:
    bad = ClaimCase("S1", released=True, collected=False, exempted=False)
    check(
        "RSK-012",
        bad,
        ClaimCase("S1", released=True, collected=True, exempted=True),
        words="没有收汇、免税申报",
    )


def test_RSK_023_a_ground_claimed_twice_is_found() -> None:
    check("RSK-023", TwiceCase("报关单 D1 第 1 项", "S1", "S2"), words="S1 和 S2")


def test_lanes_follow_the_points_of_each_rule_once() -> None:
    law = law_on(DAY)
    assert lane_of([], law) == (GREEN, 0)
    assert lane_of(["RSK-004"], law) == (GREEN, 20)
    assert lane_of(["RSK-001", "RSK-001"], law) == (YELLOW, 30)
    assert lane_of(["RSK-001", "RSK-013"], law) == (RED, 60)
    assert all(points_of(rule, law) > 0 for rule in CASES)
    assert points_of("RSK-999", law) == 0


@pytest.mark.parametrize(("grades", "share"), [([], 5), ([""], 5), (["A"], 1), (["A", "D"], 30), (["E"], 5)])
def test_the_random_share_is_the_largest_of_the_grades(grades: list[str], share: int) -> None:
    assert share_of(grades, law_on(DAY)) == share


def test_a_case_is_made_of_a_row_by_name() -> None:
    row = {"name": "x", "chapter": "91", "chapters": "42,61", "usd": 1.0, "subject": "left aside"}
    assert case_of("RSK-006", row) == ScopeCase("x", "91", ("42", "61"), 1.0)
    assert set(titles()) == set(CASES)
    assert ask("RSK-999", None) is None
