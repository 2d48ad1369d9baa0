"""Sign-ups and orders won: places, the waiting list, the last place, who sees what, proof and two people."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from events_made import deal, event, let_in, published, running, signed_up, signup_wish, today
from office_made import PNG
from trade_people import as_, person
from youju.foundation.files.selectors import read_kept
from youju.foundation.identity.models import User
from youju.foundation.identity.roles import Role
from youju.foundation.kernel.errors import InputError
from youju.foundation.workflow.selectors import case
from youju.office.events import events, selectors, services
from youju.office.events.models import Attendance, Deal, Event, Prospect, Session, Signup
from youju.office.events.services import EventRefusedError
from youju.office.events.services.standing import register_standing
from youju.portal.standing import is_suspended

pytestmark = pytest.mark.django_db


def test_an_enterprise_signs_up_is_let_in_and_gets_its_booth(staff: User, merchant: User) -> None:
    row = published(staff)
    with as_(merchant):
        signup = signed_up(merchant, row, wanted=2)
        assert signup.state == "applied" and signup.organisation == merchant.organisation_id
        assert "15400000001" not in signup.contact
        assert selectors.own_event_page(merchant, row.pk).left == 1
    with as_(staff):
        assert let_in(staff, signup).state == "approved"
        services.place_booth(actor=staff, signup_id=signup.pk, booth="18.1D01")
        assert services.unmask_signup(actor=staff, signup_id=signup.pk) == ("许红", "15400000001")
    with as_(merchant):
        page = selectors.own_event_page(merchant, row.pk)
        assert page.signup is not None and page.signup.booth == "18.1D01" and not page.may_declare
        assert [each.pk for each in selectors.signups(merchant)] == [signup.pk]


def test_whoever_comes_after_the_last_place_waits_and_moves_up_in_order(
    staff: User, merchant: User, agent: User
) -> None:
    row = published(staff, places=2)
    first = signed_up(merchant, row, wanted=2)
    second = signed_up(agent, row)
    third = signed_up(person(Role.CSL), row, wanted=2)
    assert (second.state, third.state) == ("waiting", "waiting")
    subject = events.signup_subject(second, row.name)
    assert case(subject).state == "waiting"  # type: ignore[union-attr]
    with as_(merchant):
        services.decide_signup(actor=merchant, signup_id=first.pk, step="withdraw")
    second.refresh_from_db()
    third.refresh_from_db()
    assert (second.state, third.state) == ("applied", "waiting"), "two places do not fit beside one"
    assert case(subject).state == "applied"  # type: ignore[union-attr]
    services.change_event(actor=staff, event_id=row.pk, wish=_same(row, places=3), revision=0)
    third.refresh_from_db()
    assert third.state == "applied"
    services.decide_signup(actor=staff, signup_id=third.pk, step="refuse", reason="不在展区范围")
    assert Event.objects.get(pk=row.pk).taken == 1


def _same(row: Event, **given: object) -> services.EventWish:
    from events_made import wish

    return wish(**({"name": row.name, "starts_on": row.starts_on, "ends_on": row.ends_on} | given))


def test_the_count_of_places_is_the_databases(staff: User, merchant: User) -> None:
    row = published(staff, places=2)
    signup = signed_up(merchant, row, wanted=2)
    assert Event.objects.get(pk=row.pk).taken == 2
    Signup.objects.filter(pk=signup.pk).update(wanted=1)
    assert Event.objects.get(pk=row.pk).taken == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        Signup.objects.filter(pk=signup.pk).update(wanted=3)
    Signup.objects.filter(pk=signup.pk).update(state="refused")
    assert Event.objects.get(pk=row.pk).taken == 0
    signup.delete()
    assert Event.objects.get(pk=row.pk).taken == 0


def test_nobody_signs_up_twice_late_too_much_or_suspended(staff: User, merchant: User) -> None:
    row = published(staff, signup_until=today())
    signed_up(merchant, row)
    with pytest.raises(EventRefusedError, match="已经报过名"):
        signed_up(merchant, row)
    written = signup_wish(firm=merchant.organisation.name)
    with pytest.raises(EventRefusedError, match="已经报过名"):
        services.write_down(actor=staff, event_id=row.pk, wish=written)
    agent = person(Role.AGT)
    with pytest.raises(EventRefusedError, match="一家至多"):
        signed_up(agent, row, wanted=9)
    with pytest.raises(InputError, match="没有联系人"):
        signed_up(agent, row, contact_phone="")
    Event.objects.filter(pk=row.pk).update(signup_until=today() - timedelta(days=1))
    with pytest.raises(EventRefusedError, match="截止"):
        signed_up(agent, row)
    late = services.write_down(actor=staff, event_id=row.pk, wish=signup_wish(firm="某晚到的商行"))
    assert late.organisation is None and late.state == "applied"
    register_standing(lambda _: True)
    try:
        other = published(staff, name="另一个展会")
        with pytest.raises(EventRefusedError, match="备案已暂停"):
            signed_up(agent, other)
    finally:
        register_standing(is_suspended)


def test_a_firm_that_another_wrote_down_is_found_by_the_database(staff: User, merchant: User) -> None:
    row = published(staff)
    services.write_down(actor=staff, event_id=row.pk, wish=signup_wish(firm=merchant.organisation.name))
    with as_(merchant), pytest.raises(EventRefusedError, match="已经报过名"):
        signed_up(merchant, row)  # row-level security hides the other row; the constraint does not


def test_only_what_is_published_takes_sign_ups(staff: User, merchant: User) -> None:
    row = event(staff)
    with as_(merchant), pytest.raises(InputError) as refused:
        signed_up(merchant, row)
    assert refused.value.status == 404
    services.take_step(actor=staff, event_id=row.pk, step="begin")
    with as_(merchant), pytest.raises(InputError):
        signed_up(merchant, row)
    done = published(staff)
    signup = signed_up(merchant, done)
    services.take_step(actor=staff, event_id=done.pk, step="cancel", reason="停办")
    with pytest.raises(InputError, match="不接受报名"):
        signed_up(person(Role.AGT), done)
    with as_(merchant), pytest.raises(InputError, match="不能再改报名"):
        services.decide_signup(actor=merchant, signup_id=signup.pk, step="withdraw")


def test_row_level_security_shows_an_enterprise_its_own_and_what_was_published(
    staff: User, merchant: User, agent: User
) -> None:
    hidden = event(staff, kind="recruitment", places=None)
    services.take_step(actor=staff, event_id=hidden.pk, step="begin")
    from events_made import prospect, session

    prospect(staff, hidden)
    training = running(staff, kind="training")
    held = session(staff, training)
    row = running(staff)
    mine, others = let_in(staff, signed_up(merchant, row)), let_in(staff, signed_up(agent, row))
    deal(merchant, mine)
    deal(agent, others)
    services.expect_people(actor=staff, session_id=held.pk, firm="别家", people=["甲"])
    with as_(merchant):
        assert set(Event.objects.values_list("pk", flat=True)) == {training.pk, row.pk}
        assert [each.pk for each in Signup.objects.all()] == [mine.pk]
        assert [each.signup_id for each in Deal.objects.all()] == [mine.pk]
        assert [each.pk for each in Session.objects.all()] == [held.pk]
        assert not Prospect.objects.exists() and not Attendance.objects.exists()
        assert Event.objects.filter(pk=row.pk).update(places=99) == 0
        with pytest.raises(InputError):
            selectors.signup_of(merchant, others.pk)
        with pytest.raises(InputError):
            services.decide_signup(actor=merchant, signup_id=others.pk, step="withdraw")
        with pytest.raises(PermissionDenied):
            services.decide_signup(actor=merchant, signup_id=mine.pk, step="approve")
    with as_(person(Role.BUY)), pytest.raises(PermissionDenied):
        selectors.announced(person(Role.BUY, "O-2"))


def test_orders_are_declared_with_proof_and_confirmed_by_somebody_else(staff: User, merchant: User) -> None:
    row = running(staff)
    signup = signed_up(merchant, row)
    with pytest.raises(InputError, match="报名通过"):
        deal(merchant, signup)
    let_in(staff, signup)
    with as_(merchant):
        made = deal(merchant, signup, order_number="JY2023-1")
        with pytest.raises(EventRefusedError, match="不在"):
            deal(merchant, signup, won_on=today() + timedelta(days=1))
        with pytest.raises(InputError, match="没有这个国家"):
            deal(merchant, signup, country="ZZ")
        with pytest.raises(InputError, match="这里不收"):
            deal(merchant, signup, proof=b"<html></html>")
    with pytest.raises(EventRefusedError, match="还没有证明"):
        services.decide_deal(actor=staff, deal_id=made.pk, confirm=True)
    with as_(merchant):
        found = services.add_proof(actor=merchant, deal_id=made.pk, content=PNG, name="合同.png")
        assert (
            read_kept(services.hand_out_proof(actor=merchant, deal_id=made.pk, file_id=found.id).kept.sha256)
            == PNG
        )
    with pytest.raises(InputError, match="须写明理由"):
        services.decide_deal(actor=staff, deal_id=made.pk, confirm=False)
    with as_(staff):
        made = services.decide_deal(actor=staff, deal_id=made.pk, confirm=True)
    assert made.state == "confirmed" and made.order_number == "JY2023-1"
    with pytest.raises(InputError, match="已经核实过"):
        services.decide_deal(actor=staff, deal_id=made.pk, confirm=False, reason="又想了想")
    with pytest.raises(InputError, match="已经核实过"):
        services.add_proof(actor=merchant, deal_id=made.pk, content=PNG, name="b.png")
    written = deal(staff, signup, proof=PNG)
    with pytest.raises(EventRefusedError, match="由您申报"):
        services.decide_deal(actor=staff, deal_id=written.pk, confirm=True)


def test_an_order_is_not_declared_where_there_is_none_to_win(staff: User, merchant: User) -> None:
    training = running(staff, kind="training")
    signup = let_in(staff, signed_up(merchant, training))
    with pytest.raises(InputError, match="参展企业"):
        deal(merchant, signup, amount=Decimal(1))
