"""A hit in people's hands: who may what, what a party sees, appeals, the hit rate, what credit reads."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from kept import kept
from risk_stored import sold
from trade_deals import DAY, make_deal
from trade_people import as_, person
from youju.foundation.audit.selectors import history
from youju.foundation.identity.roles import Role
from youju.foundation.kernel.errors import InputError
from youju.foundation.workflow.selectors import todo
from youju.rules.trade.risk.lifecycle import HIT_KIND
from youju.trade.risk import selectors, services
from youju.trade.risk.models import Hit

pytestmark = pytest.mark.django_db


@kept
def house():
    """A deal, a head, two officers of its section and one of another, three hits on the merchant."""
    deal = make_deal()
    people = {
        "head": person(Role.HED),
        "one": person(Role.STF, username="stf-one", sections=("SC",)),
        "two": person(Role.STF, username="stf-two", sections=("SC",)),
        "far": person(Role.STF, username="stf-far", sections=("CW",)),
    }
    sold(deal, "T230601900001", "240", by="stf-two")
    hits = [_hit(deal, place) for place in range(3)]
    return deal, people, hits


def _hit(deal, place: int) -> Hit:
    return Hit.objects.create(
        rule="RSK-001", subject=f"order:T230601900001/{place}", day=DAY, party=deal.parties["merchant"],
        organisations=[deal.merchant.organisation_id], sections=["SC"], message="单价偏离", suggestion="核对",
        evidence=[{"kind": "order", "key": "T230601900001", "line": 1, "usd": 24000.0, "kg": 80.0},
                  {"kind": "party", "key": str(deal.parties["buyer"].pk)}],
        places=["order:T230601900001", f"party:{deal.parties['buyer'].pk}"], points=30, as_of=DAY, policy_hash="0" * 64,
    )  # fmt: skip


def assigned(people, hit: Hit, to: str = "stf-one") -> None:
    with as_(people["head"]) as user:
        services.assign_hits(actor=user, hits=[hit.pk], to=to)


def disposed(people, hit: Hit, conclusion: str = "genuine") -> None:
    assigned(people, hit)
    with as_(people["one"]) as user:
        services.dispose_hit(actor=user, hit=hit.pk, conclusion=conclusion, grounds="到摊位核对了合同")


def test_in_turn_within_the_section(house) -> None:
    _, people, hits = house
    with as_(people["head"]) as user:
        assert services.assign_hits(actor=user, hits=[each.pk for each in hits]) == 3
    assert sorted(Hit.objects.values_list("assigned_to", flat=True)) == ["stf-one", "stf-one", "stf-two"]
    with as_(people["one"]) as user:
        assert selectors.waiting(actor=user) == 2
        assert [each.subject.kind for each in todo(user)] == [HIT_KIND] * 2
    with as_(people["far"]) as user:
        assert list(selectors.hits(actor=user)) == []


def test_who_registered_it_does_not_dispose_of_it(house) -> None:
    _, people, hits = house
    assigned(people, hits[0], "stf-two")
    with as_(people["two"]) as user, pytest.raises(PermissionDenied, match="自己登记"):
        services.dispose_hit(actor=user, hit=hits[0].pk, conclusion="genuine", grounds="x")
    with as_(people["head"]) as user:
        services.assign_hits(actor=user, hits=[hits[0].pk], to="stf-one")
    with as_(people["one"]) as user:
        row = services.dispose_hit(actor=user, hit=hits[0].pk, conclusion="referred", grounds="移交")
    assert (row.state, row.conclusion, row.disposed_by) == ("disposed", "referred", "stf-one")


def test_the_party_sees_it_only_once_it_was_opened(house) -> None:
    deal, people, hits = house
    assigned(people, hits[0])
    with as_(deal.merchant) as user:
        assert Hit.objects.count() == 0
        assert selectors.hit_page(actor=user, hit=hits[0].pk) is None
    with as_(people["one"]) as user:
        services.ask_party(actor=user, hit=hits[0].pk, reason="请说明单价")
    with as_(deal.merchant) as user:
        assert list(selectors.own_hits(actor=user)) == [hits[0]]
        page = selectors.hit_page(actor=user, hit=hits[0].pk)
        assert page is not None and page.may["answer"]
        assert [each.kind for each in page.evidence] == ["order"]  # who else is named is not shown
        assert (page.figures, page.lanes, page.officers) == ({}, [], [])
        services.answer_hit(actor=user, hit=hits[0].pk, words="这批是高档皮包")
    with as_(deal.agent) as user:
        assert Hit.objects.count() == 0
        with pytest.raises(InputError):
            services.answer_hit(actor=user, hit=hits[0].pk, words="x")
    row = Hit.objects.get(pk=hits[0].pk)
    assert (row.state, row.explanation) == ("assigned", "这批是高档皮包")


def test_an_appeal_is_decided_by_the_head_and_changes_the_conclusion(house) -> None:
    deal, people, hits = house
    disposed(people, hits[0])
    window = (date(2023, 1, 1), date(2024, 1, 1))
    party = deal.parties["merchant"].pk
    assert [each.conclusion for each in selectors.confirmed_hits(party, *window)] == ["genuine"]
    with as_(deal.merchant) as user:
        services.appeal_hit(actor=user, hit=hits[0].pk, words="单价有合同为证")
    assert selectors.confirmed_hits(party, *window) == []  # under appeal it does not stand
    with as_(people["one"]) as user, pytest.raises(PermissionDenied):
        services.decide_appeal(actor=user, hit=hits[0].pk, decision="x")
    with as_(people["head"]) as user:
        services.decide_appeal(actor=user, hit=hits[0].pk, decision="证据充分", conclusion="false_alarm")
    row = Hit.objects.get(pk=hits[0].pk)
    assert (row.state, row.conclusion, row.decision) == ("closed", "false_alarm", "证据充分")
    assert selectors.confirmed_hits(party, *window) == []
    verbs = [each.entry.verb for each in history(HIT_KIND, str(row.pk)).lines]
    ours = ["risk.hit.decided", "risk.hit.appealed", "risk.hit.disposed", "risk.hit.assigned"]
    assert [each for each in verbs if each in ours] == ours


def test_upheld_it_stands(house) -> None:
    deal, people, hits = house
    disposed(people, hits[0])
    with as_(deal.merchant) as user:
        services.appeal_hit(actor=user, hit=hits[0].pk, words="不服")
    with as_(people["head"]) as user:
        services.decide_appeal(actor=user, hit=hits[0].pk, decision="维持")
    found = selectors.confirmed_hits_of(None, date(2023, 1, 1), date(2024, 1, 1))
    assert [each.id for each in found[deal.parties["merchant"].pk]] == [hits[0].pk]
    now = timezone.now()
    assert len(selectors.settled_between(deal.parties["merchant"].pk, now - timedelta(hours=1), now)) == 1
    assert selectors.open_hits([deal.parties["merchant"].pk]) == {deal.parties["merchant"].pk: 2}


def test_an_appeal_comes_in_time_or_not_at_all(house) -> None:
    deal, people, hits = house
    disposed(people, hits[0])
    Hit.objects.filter(pk=hits[0].pk).update(disposed_at=timezone.now() - timedelta(days=31))
    with as_(deal.merchant) as user, pytest.raises(InputError, match="处置已经过了"):
        services.appeal_hit(actor=user, hit=hits[0].pk, words="晚了")
    assert services.close_old() == 1
    assert Hit.objects.get(pk=hits[0].pk).state == "closed"


def test_the_hit_rate_counts_what_was_disposed_of(house) -> None:
    _, people, hits = house
    disposed(people, hits[0])
    disposed(people, hits[1], "false_alarm")
    with as_(people["head"]) as user:
        page = selectors.board(actor=user)
    first = page.rules[0]
    assert (first.found, first.open, first.disposed, first.confirmed, first.rate) == (3, 1, 2, 1, "50%")
    assert page.months == [("2023-06", 3, 1)]


@pytest.mark.parametrize("conclusion", ["", "unknown"])
def test_a_conclusion_is_one_of_four(house, conclusion: str) -> None:
    _, people, hits = house
    assigned(people, hits[0])
    with as_(people["one"]) as user, pytest.raises(InputError, match="结论"):
        services.dispose_hit(actor=user, hit=hits[0].pk, conclusion=conclusion, grounds="x")


def test_what_is_refused(house) -> None:
    deal, people, hits = house
    with as_(people["head"]) as user:
        for wrong in ([], [hits[0].pk, 987654321]):
            with pytest.raises(InputError):
                services.assign_hits(actor=user, hits=wrong)
        with pytest.raises(InputError, match="承办人"):
            services.assign_hits(actor=user, hits=[hits[0].pk], to=deal.merchant.username)
    with as_(people["one"]) as user:
        with pytest.raises(InputError, match="还没有分派"):
            services.dispose_hit(actor=user, hit=hits[0].pk, conclusion="genuine", grounds="x")
        with pytest.raises(PermissionDenied):
            services.assign_hits(actor=user, hits=[hits[0].pk])
    assigned(people, hits[0])
    with as_(people["one"]) as user:
        with pytest.raises(InputError, match="刚才有人"):
            services.dispose_hit(actor=user, hit=hits[0].pk, conclusion="genuine", grounds="x", expected=0)
        with pytest.raises(InputError, match="依据"):
            services.dispose_hit(actor=user, hit=hits[0].pk, conclusion="genuine", grounds=" \0 ")


def test_customs_and_audit_read_and_never_write(house) -> None:
    _, people, hits = house
    assigned(people, hits[0])
    for role in (Role.CUS, Role.AUD):
        with as_(person(role)) as user:
            assert selectors.hits(actor=user).count() == 3
            with pytest.raises(PermissionDenied):
                services.dispose_hit(actor=user, hit=hits[0].pk, conclusion="genuine", grounds="x")
            assert Hit.objects.filter(pk=hits[0].pk).update(points=1) == 0
