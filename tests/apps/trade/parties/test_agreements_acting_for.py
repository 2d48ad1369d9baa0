"""An agent acts only for its principals: before conclusion, in force, after the end, while suspended; the database agrees."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from trade_made_agree import Pair, pair, party, written
from trade_people import as_, person
from youju.foundation.identity.models import User
from youju.foundation.identity.roles import Role
from youju.trade.parties import selectors, services
from youju.trade.parties.models import Agreement, Party

pytestmark = pytest.mark.django_db


@pytest.fixture
def two() -> Pair:
    return pair()


def acts(who: User, whom: Party, on: date | None = None) -> tuple[bool, bool, bool]:
    """By ``may_act_for``, by ``principals``, and whether row-level security shows the party today."""
    with as_(who):
        listed = {entry.id for entry in selectors.principals(who, on)}
        return (
            selectors.may_act_for(who, whom.pk, on),
            whom.pk in listed,
            Party.objects.filter(pk=whom.pk).exists(),
        )


NONE, ALL = (False, False, False), (True, True, True)


def test_before_in_force_and_after(two: Pair) -> None:
    assert acts(two.broker, two.merchant) == NONE
    row = two.offered()
    two.sign(row, two.seller)
    assert acts(two.broker, two.merchant) == NONE
    two.sign(row, two.broker)
    assert acts(two.broker, two.merchant) == ALL
    with as_(two.seller):
        services.take_agreement_step(actor=two.seller, agreement_id=row.pk, step="end", reason="不做了")
    assert acts(two.broker, two.merchant) == NONE


def test_not_for_those_of_another_agent_nor_the_other_way_round(two: Pair) -> None:
    others = pair("MS-B", "WM-B")
    two.concluded()
    assert acts(others.broker, two.merchant) == NONE
    assert acts(two.broker, others.merchant) == NONE
    assert acts(two.seller, two.agent) == NONE
    for who in (person(Role.STF), person(Role.AUD)):
        with as_(who):
            assert selectors.principals(who) == []
            assert not selectors.may_act_for(who, two.merchant.pk)


def test_the_own_party_needs_no_agreement_but_a_filing(two: Pair) -> None:
    with as_(two.seller):
        assert selectors.may_act_for(two.seller, two.merchant.pk)
    Party.objects.filter(pk=two.merchant.pk).update(state="suspended")
    with as_(two.seller):
        assert not selectors.may_act_for(two.seller, two.merchant.pk)


def test_a_suspended_agent_acts_for_nobody(two: Pair) -> None:
    two.concluded()
    Party.objects.filter(pk=two.agent.pk).update(state="suspended")
    assert acts(two.broker, two.merchant) == NONE
    Party.objects.filter(pk=two.agent.pk).update(state="approved")
    assert acts(two.broker, two.merchant) == ALL


def test_nobody_acts_for_a_suspended_principal_but_its_file_is_still_seen(two: Pair) -> None:
    two.concluded()
    Party.objects.filter(pk=two.merchant.pk).update(state="suspended")
    assert acts(two.broker, two.merchant) == (False, False, True)


def test_first_and_last_day_count_the_days_beside_do_not(two: Pair) -> None:
    today = timezone.localdate()
    first, last = today + timedelta(days=10), today + timedelta(days=20)
    two.concluded(valid_from=first, valid_to=last)
    assert acts(two.broker, two.merchant) == NONE
    for day, expected in (
        (first - timedelta(days=1), False),
        (first, True),
        (last, True),
        (last + timedelta(days=1), False),
    ):
        assert acts(two.broker, two.merchant, day)[:2] == (expected, expected)


def test_a_past_day_is_judged_by_what_held_then(two: Pair) -> None:
    today = timezone.localdate()
    begun, over = today - timedelta(days=100), today - timedelta(days=40)
    written(two.merchant, two.agent, "ended", begun, today - timedelta(days=1), ended_on=over)
    assert acts(two.broker, two.merchant, over - timedelta(days=1)) == (True, True, False)
    assert acts(two.broker, two.merchant, over) == NONE
    assert acts(two.broker, two.merchant) == NONE


def test_signed_after_its_first_day_it_does_not_reach_back(two: Pair) -> None:
    row = two.offered()
    Agreement.objects.filter(pk=row.pk).update(valid_from=row.valid_from - timedelta(days=3))
    two.sign(row, two.seller)
    two.sign(row, two.broker)
    assert acts(two.broker, two.merchant, timezone.localdate() - timedelta(days=1))[0] is False
    assert acts(two.broker, two.merchant) == ALL


def test_the_cost_does_not_grow(two: Pair, django_assert_max_num_queries) -> None:
    today = timezone.localdate()
    for place in range(5):
        other = party(f"商户{place}", "merchant", code=f"MS-{place}")
        written(other, two.agent, "in_force", today, today)
    with as_(two.broker), django_assert_max_num_queries(4):
        assert len(selectors.principals(two.broker)) == 5


def test_the_directory_finds_partners_and_tells_eight_things(two: Pair) -> None:
    party("代理草稿公司", "agent", state="draft")
    party("代理暂停公司", "agent", state="suspended")
    buyer = party("代理Buyer", "buyer")
    with as_(two.seller):
        (found,) = selectors.find_partners(text="代理 wm-a", side="agent")
        assert (found.id, found.name, found.role_names) == (two.agent.pk, "代理WM-A", "外贸代理")
        assert [each.id for each in selectors.find_partners(text="代理", side="agent")] == [two.agent.pk]
        for nothing in ("", "代", "%%", "代理_", "没有这家"):
            assert selectors.find_partners(text=nothing, side="agent") == []
        assert selectors.find_partners(text="商户", side="agent") == []
        assert selectors.directory([]) == {}
        assert set(selectors.directory([two.agent.pk, buyer.pk, 10**9])) == {two.agent.pk, buyer.pk}


def test_a_draft_is_in_nobodys_directory_but_its_own_and_the_centres(two: Pair) -> None:
    draft = party("未备案", "merchant", code="MS-D", state="draft", sections=["WM"])
    own = person(Role.MER, "MS-D")
    for who, seen in ((two.seller, False), (own, True), (person(Role.STF), True), (person(Role.AUD), True)):
        with as_(who):
            assert bool(selectors.directory([draft.pk])) is seen


def test_who_reaches_nothing_finds_nothing(two: Pair) -> None:
    with as_(person(Role.ADM)):
        assert selectors.find_partners(text="代理", side="agent") == []
        assert selectors.directory([two.agent.pk]) == {}
