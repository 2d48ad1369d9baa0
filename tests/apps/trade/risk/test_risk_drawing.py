"""Lanes by hits and by draw; the draw is committed to before, shown after, and anybody can check it."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from kept import kept
from trade_deals import DAY, make_deal
from trade_declared import declared
from trade_people import as_, person
from youju.foundation.audit.selectors import history
from youju.foundation.identity.roles import Role
from youju.foundation.kernel.errors import InputError
from youju.foundation.kernel.sealing import unseal
from youju.rules.trade.risk.drawing import commitment, drawn
from youju.trade.parties.models import Party
from youju.trade.risk import selectors, services
from youju.trade.risk.events import DRAW_KIND
from youju.trade.risk.models import Draw, Hit, Lane

pytestmark = pytest.mark.django_db
TODAY = date(2023, 6, 1)
NEXT = TODAY + timedelta(days=1)


@kept
def world():
    """Two declarations of one order each."""
    deal = make_deal()
    (one,) = declared(deal)
    return deal, one


def _hit(deal, rule: str, place: str) -> Hit:
    return Hit.objects.create(rule=rule, subject=place, day=DAY, party=deal.parties["merchant"], message="x", suggestion="y",
                              places=[place], as_of=DAY, policy_hash="0" * 64)  # fmt: skip


def test_a_day_is_committed_to_before_and_shown_after(world) -> None:
    assert services.commit_draws(TODAY) == 2  # today's and tomorrow's
    assert services.commit_draws(TODAY) == 0
    row = Draw.objects.get(day=TODAY)
    seed = bytes.fromhex(unseal(row.seed))
    assert row.commitment == commitment(seed, "2023-06-01")
    assert services.reveal_draws(TODAY) == 0
    assert not services.verify_draw(TODAY).revealed
    assert services.reveal_draws(NEXT) == 1
    row.refresh_from_db()
    assert bytes.fromhex(row.revealed) == seed
    verbs = [each.entry.verb for each in history(DRAW_KIND, "2023-06-01").lines]
    assert verbs == ["risk.draw.revealed", "risk.draw.committed"]
    assert seed.hex() not in str(history(DRAW_KIND, "2023-06-01").lines[1].entry.after)


def test_hits_make_the_lane_and_the_draw_the_rest(world) -> None:
    deal, one = world
    assert services.decide_lanes(today=TODAY) == 1
    lane = Lane.objects.get(number=one.number)
    seed = bytes.fromhex(unseal(lane.draw.seed))
    assert lane.drawn == drawn(seed, one.number, lane.share)
    assert (lane.share, lane.points, lane.lane) == (Decimal(5), 0, "yellow" if lane.drawn else "green")
    assert services.decide_lanes(today=TODAY) == 0
    _hit(deal, "RSK-002", f"packing:{one.packing.number}")
    _hit(deal, "RSK-001", f"declaration:{one.number}")
    Lane.objects.update(declared_on=date.today())
    assert services.raise_lanes() == 1
    lane.refresh_from_db()
    assert (lane.lane, lane.points, lane.rules) == ("red", 90, ["RSK-001", "RSK-002"])


def test_a_false_alarm_leads_to_no_lane_and_the_worst_grade_counts(world) -> None:
    deal, one = world
    row = _hit(deal, "RSK-002", f"declaration:{one.number}")
    Hit.objects.filter(pk=row.pk).update(conclusion="false_alarm")
    Party.objects.filter(pk=deal.parties["merchant"].pk).update(credit_level="D")
    Party.objects.filter(pk=deal.parties["agent"].pk).update(credit_level="A")
    services.decide_lanes(today=TODAY)
    lane = Lane.objects.get(number=one.number)
    assert (lane.points, lane.share, lane.grades) == (0, Decimal(30), ["A", "D"])


def test_anybody_can_check_and_a_forged_record_is_seen(world) -> None:
    _, one = world
    services.decide_lanes(today=TODAY)
    services.reveal_draws(NEXT)
    checked = services.verify_draw(TODAY)
    assert (checked.revealed, checked.lanes, checked.faults) == (True, 1, ())
    lane = Lane.objects.get(number=one.number)
    Lane.objects.update(drawn=not lane.drawn)
    assert one.number in services.verify_draw(TODAY).faults[0]
    Draw.objects.update(commitment="0" * 64)
    assert len(services.verify_draw(TODAY).faults) == 2
    with pytest.raises(InputError, match="没有抽签"):
        services.verify_draw(date(2001, 1, 1))


def test_parties_see_neither_lanes_nor_who_hangs_together(world) -> None:
    deal, _ = world
    services.decide_lanes(today=TODAY)
    with as_(deal.agent):
        assert Lane.objects.count() == 0
    with as_(person(Role.CUS)) as user:
        assert selectors.lanes(actor=user).count() == 1
        assert selectors.draws(actor=user).get().count == 1
