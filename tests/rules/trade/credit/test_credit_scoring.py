"""The score: adds up, stays within its bounds, and never rises for one more bad record."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.trade.credit.made import DAY, policy, told
from youju.rules.trade.credit.facts import ConductRecord
from youju.rules.trade.credit.kinds import KINDS
from youju.rules.trade.credit.months import last_day, months_before, months_since, window
from youju.rules.trade.credit.naming import public_code, public_name
from youju.rules.trade.credit.policy import PolicyFaultError, read_policy
from youju.rules.trade.credit.scoring import score

POLICY = policy()
BAD = [kind.code for kind in KINDS.values() if not kind.good]


@st.composite
def _records(draw: st.DrawFn) -> list[ConductRecord]:
    kinds = draw(st.lists(st.sampled_from(sorted(KINDS)), max_size=12))
    return [
        ConductRecord(
            1,
            DAY - timedelta(days=draw(st.integers(-20, 1200))),
            kind,
            str(place),
            count=draw(st.integers(1, 30)) if KINDS[kind].good else draw(st.integers(1, 3)),
        )
        for place, kind in enumerate(kinds)
    ]


@settings(max_examples=60)
@given(_records())
def test_the_explanation_adds_up_and_stays_within_its_bounds(records: list[ConductRecord]) -> None:
    found = score(records, POLICY, DAY)
    assert sum((item.points for item in found.items), Decimal(0)) == found.total
    assert Decimal(0) <= found.total <= found.most == Decimal(100)
    for item in found.items:
        assert Decimal(0) <= item.points <= item.most
        assert all(each.day <= DAY for each in (*item.against, *item.fitting))
        assert str(item.points) in item.sentence


@settings(max_examples=60)
@given(_records(), st.sampled_from(BAD), st.integers(-5, 1200), st.randoms())
def test_one_more_bad_record_never_raises_the_score(
    records: list[ConductRecord], kind: str, age: int, chance: object
) -> None:
    before = score(records, POLICY, DAY)
    more = [*records, told(kind, DAY - timedelta(days=age), "more")]
    chance.shuffle(more)  # type: ignore[attr-defined]
    after = score(more, POLICY, DAY)
    assert after.total <= before.total
    assert POLICY.rank(after.grade) >= POLICY.rank(before.grade)
    for old, new in zip(before.items, after.items, strict=True):
        assert new.points <= old.points, new.code


@settings(max_examples=30)
@given(_records(), st.randoms())
def test_the_order_of_the_records_does_not_matter(records: list[ConductRecord], chance: object) -> None:
    mixed = list(records)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    assert score(mixed, POLICY, DAY) == score(records, POLICY, DAY)


@settings(max_examples=30)
@given(_records())
def test_the_records_that_it_names_are_all_it_needs(records: list[ConductRecord]) -> None:
    found = score(records, POLICY, DAY)
    again = score(found.records, POLICY, DAY)
    assert again.total == found.total and again.items == found.items


@pytest.mark.parametrize(
    ("bad", "good", "points"),
    [(0, 50, "20.00"), (1, 49, "18.00"), (1, 48, "14.00"), (1, 19, "14.00"), (0, 0, "12.00"), (1, 0, "8.00"), (5, 5, "0.00")],
)  # fmt: skip
def test_a_rate_on_the_edge_is_on_the_edge(bad: int, good: int, points: str) -> None:
    records = [told("declarations.rejected", DAY, str(at)) for at in range(bad)]
    if good:
        records.append(told("declarations.released", DAY, "m", good))
    item = next(each for each in score(records, POLICY, DAY).items if each.code == "declarations")
    assert item.points == Decimal(points), item.sentence


def test_the_window_begins_on_its_first_day() -> None:
    first = window(DAY, 12)
    assert first == date(2023, 1, 1)
    inside, outside = (
        score([told("disputes.lost", day)], POLICY, DAY) for day in (first, first - timedelta(days=1))
    )
    lost = [
        next(item for item in found.items if item.code == "disputes").points for found in (inside, outside)
    ]
    assert lost == [Decimal("4.00"), Decimal("8.00")]


@pytest.mark.parametrize(
    ("days", "points"), [(0, "2.00"), (92, "4.00"), (184, "6.00"), (365, "8.00"), (731, "10.00")]
)
def test_good_standing_grows_with_its_months(days: int, points: str) -> None:
    item = score([told("disputes.lost", DAY - timedelta(days=days))], POLICY, DAY).items[-1]
    assert (item.code, item.points) == ("standing", Decimal(points))


def test_a_grade_begins_on_its_edge_exactly() -> None:
    assert [POLICY.grade_at(Decimal(each)).code for each in ("90", "89.99", "75", "74.99", "60", "59.99", "0")] == [
        "A", "B", "B", "C", "C", "D", "D",
    ]  # fmt: skip


def test_a_ceiling_says_why() -> None:
    good = [
        told(kind, date(2023, 6, 1), "m", 50)
        for kind in ("declarations.released", "settlement.collected", "exemptions.filed")
    ]
    found = score([*good, told("subsidies.duplicate", date(2023, 6, 1))], POLICY, DAY)
    assert POLICY.grade_at(found.total).code == "B"
    assert found.grade == "C" and "补贴申请确认重复（2023-06-01）" in found.ceiling
    assert score([told("subsidies.duplicate", date(2022, 12, 31))], POLICY, DAY).ceiling == ""


def test_who_does_no_business_is_no_a() -> None:
    assert score([], POLICY, DAY).grade == "B"


def test_months_are_counted_by_the_calendar() -> None:
    assert months_before(date(2023, 3, 31), 1) == date(2023, 2, 28)
    assert months_before(date(2024, 1, 31), -1) == date(2024, 2, 29)
    assert months_since(date(2023, 1, 31), date(2023, 2, 28)) == 1
    assert months_since(date(2023, 1, 31), date(2023, 2, 27)) == 0
    assert months_since(date(2023, 5, 1), date(2023, 4, 1)) == 0
    assert last_day(date(2024, 2, 3)) == date(2024, 2, 29)


def _item(**changes: object) -> dict[str, object]:
    usual = {"way": "deduct", "weight": "1", "months": 1, "each": {"disputes.lost": "1"}}
    return {"items": {"x": usual | changes}}


RATE = {"way": "rate", "each": {}, "bad": ["disputes.lost"]}


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"items": {}}, "items"),
        (_item(way="magic"), "items.x.way"),
        (_item(each={}), "items.x.each"),
        (_item(weight="viel"), "items.x.weight"),
        (_item(weight="-1"), "items.x.weight"),
        (_item(months=0), "items.x.months"),
        (_item(each={"weather": "1"}), "items.x.each"),
        (_item(**RATE, bands=[["1"]]), "items.x.bands"),
        (_item(**RATE, bands=[["1", "2"]]), "items.x.bands"),
        (_item(**RATE, bands=[["1", "1"]], good=["disputes.lost"]), "items.x"),
        (_item(**RATE, bands="1:1"), "items.x.bands"),
        ({"items": {"x": 1}}, "items.x"),
        ({"grades": {"A": {"least": "1"}}}, "grades"),
        ({"grades": {"A": 1}}, "grades.A"),
        ({"ceilings": {"disputes.lost": {"grade": "E", "months": 1}}}, "ceilings.disputes.lost"),
        ({"ceilings": []}, "ceilings"),
    ],
)
def test_a_policy_that_cannot_be_applied_says_where(changes: dict[str, object], where: str) -> None:
    with pytest.raises(PolicyFaultError) as caught:
        read_policy(dict(POLICY.plain) | changes)
    assert caught.value.where == where


@pytest.mark.parametrize(
    ("name", "code", "person", "shown"),
    [
        (
            "示例外贸代理有限公司",
            "91130600000000000A",
            "王小明",
            ("示例外贸代理有限公司", "91130600000000000A"),
        ),
        ("王小明箱包店", "92130600000000000A", "王小明", ("王＊＊箱包店", "")),
        ("王小明", "", "", ("王＊＊", "")),
        ("李四", "92130600000000000A", "李四", ("李＊", "")),
    ],
)
def test_people_are_masked_and_enterprises_named(
    name: str, code: str, person: str, shown: tuple[str, str]
) -> None:
    told_name, masked = public_name(name, credit_code=code, legal_person=person)
    assert (told_name, public_code(code, masked=masked)) == shown
