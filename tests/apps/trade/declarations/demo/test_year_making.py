"""The demo year as plain facts: the same each time, as much as promised, in season, in every stage."""

from __future__ import annotations

from collections import Counter
from datetime import date
from itertools import islice
from typing import Any

import pytest

from trade_made_demo import TODAY, WHOLE, digest
from youju.foundation.kernel.chance import Chance
from youju.rules.trade.declarations.lifecycle import DECLARATION_FLOW
from youju.rules.workflow import is_working_day
from youju.trade.declarations.demo.records import Filing
from youju.trade.declarations.demo.year import year
from youju.trade.orders.demo.making import STAGES, batches
from youju.trade.orders.demo.partners import Partners
from youju.trade.orders.demo.planning import YearPlan, packing_day
from youju.trade.orders.demo.records import Batch, MadeOrder

TINY = YearPlan(TODAY, 0.004, among=WHOLE)


@pytest.fixture(scope="module")
def whole(partners: Partners) -> list[Batch]:
    """All orders of the demo as it is loaded, without what is planted."""
    return list(batches(YearPlan(TODAY, among=WHOLE), partners))


def test_the_same_plan_gives_the_same_year(partners: Partners) -> None:
    assert digest(year(TINY, partners)) == digest(year(TINY, partners))


def test_another_seed_gives_another_year_with_the_same_faults(partners: Partners) -> None:
    other = list(year(YearPlan(TODAY, 0.004, seed=7, among=WHOLE), partners))
    first = list(year(TINY, partners))
    assert digest(other) != digest(first)

    def numbers(made: list[Filing]) -> list[Any]:
        return [each.shipment.batch.plant["id"] for each in made if each.shipment.batch.plant]

    assert numbers(other) == numbers(first)
    assert len(numbers(first)) == 21


def test_the_year_of_another_day_is_the_same_but_for_the_last_weeks(partners: Partners) -> None:
    later = YearPlan(date(2026, 11, 27), 0.004, among=WHOLE)
    pairs = zip(batches(TINY, partners), batches(later, partners), strict=True)
    same = [one.key for one, two in pairs if digest([one]) == digest([two])]
    assert [key for key in same if key.startswith("2023/")] == [f"2023/{at}" for at in range(TINY.batches)]


def test_there_is_as_much_as_promised(whole: list[Batch], made: list[Filing]) -> None:
    orders = [order for batch in whole if not batch.key.startswith("2022/") for order in batch.orders]
    assert 8_500 < len(orders) < 9_500
    assert 57_000 < sum(len(order.lines) for order in orders) < 65_000
    in_2023 = [order for order in orders if order.ordered_on.year == 2023 and order.state == "confirmed"]
    assert sum(order.amount_cny for order in in_2023) > 200_000_000
    of_year = [each for each in made if each.shipment.batch.key.startswith("2023/")]
    declarations = sum(len({one.number for one in each.declarations}) for each in of_year)
    assert 1_350 < declarations / len(of_year) * 1_250 < 1_850


def test_the_year_before_is_there_to_compare_with(whole: list[Batch]) -> None:
    def dealt(year: str) -> list[MadeOrder]:
        return [
            order
            for batch in whole
            if batch.key.startswith(year)
            for order in batch.orders
            if order.state == "confirmed"
        ]

    before, year = dealt("2022/"), dealt("2023/")
    assert len(before) < 1_500
    assert all(order.ordered_on.year == 2022 for order in before)
    values = [sum(order.amount_cny for order in some) for some in (before, year)]
    assert 0.5 < values[0] / values[1] < 1
    merchants = [{order.merchant for order in some} for some in (before, year)]
    assert 0.7 < len(merchants[0] & merchants[1]) / len(merchants[0]) < 1
    assert {order.country for order in year} - {order.country for order in before}


def test_at_every_scale_the_demo_merchant_has_exported(partners: Partners) -> None:
    for scale in (0.004, 0.01, 0.5):
        last = [
            b for b in batches(YearPlan(TODAY, scale, among=WHOLE), partners) if b.key.startswith("2023/")
        ][-1]
        assert {order.merchant for order in last.orders} == {0}
        assert last.stage == "exported" and len(last.orders) > 1


def test_order_numbers_are_given_once_and_rise_with_the_packing(whole: list[Batch]) -> None:
    numbers = [order.number for batch in whole for order in batch.orders]
    assert len(set(numbers)) == len(numbers)
    assert [number[7:] for number in numbers] == [f"{at:06d}" for at in range(1, len(numbers) + 1)]
    days = [batch.packed_on for batch in whole if batch.key.startswith("2023/")]
    assert days == sorted(days)


def test_trade_has_its_seasons(whole: list[Batch]) -> None:
    by_month = Counter(b.packed_on.month for b in whole if b.packed_on.year == 2023)
    by_week = Counter(b.packed_on.isocalendar().week for b in whole if b.packed_on.year == 2023)
    assert by_month[10] > 1.3 * by_month[6] > by_month[6] > by_month[2]
    # Chinese New Year was on 22 January.
    assert by_week[4] + by_week[5] < by_week[8] < by_week[41]
    assert by_month[1] < by_month[2] < by_month[3]


def test_goods_are_packed_on_working_days(whole: list[Batch]) -> None:
    assert all(is_working_day(batch.packed_on) for batch in whole)
    chance = Chance(1, "day", 1)
    assert packing_day(0, 1, chance).year == 2023


def test_every_stage_is_there(made: list[Filing]) -> None:
    recent = Counter(e.shipment.batch.stage for e in made if e.shipment.batch.key.startswith("recent/"))
    assert set(recent) == set(STAGES)
    states = Counter(one.state for each in made for one in each.declarations)
    assert set(states) == {state.code for state in DECLARATION_FLOW.states}
    assert states["exported"] > 0.6 * sum(states.values())
    assert {order.state for each in made for order in each.shipment.batch.orders} == {
        "draft", "registered", "confirmed", "cancelled",
    }  # fmt: skip


def test_a_rejected_declaration_is_corrected_by_the_next_version(made: list[Filing]) -> None:
    corrected = [(one, two) for each in made for one, two in zip(each.declarations, each.declarations[1:], strict=False)
                 if one.number == two.number]  # fmt: skip
    assert corrected
    for one, two in corrected:
        assert (one.version, two.version, one.state, two.replaces) == (1, 2, "rejected", True)
        assert (one.live, two.live) == (False, True)
        assert one.rejection
        assert two.created_at > one.walk.entered
        assert one.lines == two.lines
    alone = [one for each in made for one in each.declarations if one.state == "rejected" and one.live]
    assert alone


def test_ways_rise_in_time_before_today_and_times_agree_with_them(made: list[Filing]) -> None:
    for each in made:
        for one in each.declarations:
            steps = one.walk.steps
            assert [step.at for step in steps] == sorted(step.at for step in steps)
            assert steps[-1].at.date() < TODAY
            at = {step.transition: step.at for step in steps}
            assert (one.sent_at, one.accepted_at) == (at.get("send"), at.get("accept"))
            assert (one.released_at, one.exported_at) == (at.get("release"), at.get("export"))
            assert bool(one.entry_number) == ("accept" in at)
            assert bool(one.sequence_number) == ("send" in at)


def test_steps_follow_one_another_from_the_deal_to_customs(made: list[Filing]) -> None:
    for each in made:
        batch, packing = each.shipment.batch, each.shipment.packing
        for one in each.shipment.consolidations:
            for part in one.parts:
                assert part.order.confirmed_at is not None
                assert part.order.registered_at <= part.order.confirmed_at <= one.created_at
            if packing is not None:
                assert one.closed_at is not None
                assert one.closed_at <= packing.created_at
        if each.plan is not None and packing is not None:
            assert packing.closed_at is not None
            assert packing.closed_at <= each.plan.created_at
        assert all(order.ordered_on < batch.packed_on or order.state != "confirmed" for order in batch.orders)


def test_the_year_is_over_by_its_end(made: list[Filing]) -> None:
    ends = [one for each in made if each.shipment.batch.key.startswith("2023/") for one in each.declarations]
    assert {one.state for one in ends} <= {"exported", "rejected", "withdrawn"}
    assert all(one.walk.entered.year == 2023 for one in ends)


def test_it_is_made_as_it_is_asked_for(partners: Partners) -> None:
    endless = year(YearPlan(TODAY, 90, among=WHOLE), partners)
    assert len(list(islice(endless, 3))) == 3
