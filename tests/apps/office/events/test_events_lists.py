"""Firms that are to be won, AEO applications, sessions and who came."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from events_made import application, begun, let_in, prospect, running, session, signed_up, today
from office_made import PNG
from trade_people import as_
from youju.foundation.audit.selectors import history
from youju.foundation.identity.models import User
from youju.foundation.kernel.errors import InputError
from youju.office.events import events, selectors, services
from youju.office.events.models import Attendance, Prospect, Session
from youju.office.events.services import EventRefusedError

pytestmark = pytest.mark.django_db


def test_a_firm_is_won_step_by_step(staff: User) -> None:
    row = prospect(staff, begun(staff, "recruitment"))
    assert "15410000001" not in row.contact
    for stage in ("negotiating", "signed", "landed"):
        row = services.move_prospect(actor=staff, prospect_id=row.pk, stage=stage, on=today(), note=stage)
    assert row.stage == "landed" and row.landed_on == today()
    page = selectors.prospect_page(staff, row.pk)
    assert [label for label, _ in page.days] == ["已接触", "洽谈中", "已签约", "已落地"] and page.next == ()
    assert history("events.prospect", str(row.pk)).lines[0].deed == events.PROSPECT_STEP.sentence


def test_a_firm_that_was_lost_says_why_and_may_be_spoken_to_again(staff: User) -> None:
    row = prospect(staff, begun(staff, "recruitment"))

    def move(stage: str, **given: object) -> Prospect:
        words = {"on": today(), "note": ""} | given
        return services.move_prospect(actor=staff, prospect_id=row.pk, stage=stage, **words)  # type: ignore[arg-type]

    with pytest.raises(InputError, match="未成的原因"):
        move("lost")
    with pytest.raises(InputError, match="不能直接"):
        move("landed")
    with pytest.raises(EventRefusedError, match="应在"):
        move("negotiating", on=row.contacted_on - timedelta(days=1))
    assert move("lost", note="报价过高").lost_on == today()
    again = move("negotiating")
    assert again.lost_on is None and again.note == "报价过高"


def test_a_list_holds_a_firm_once_and_takes_firms_of_its_kind_only(staff: User) -> None:
    recruitment, aeo = begun(staff, "recruitment"), begun(staff, "aeo")
    prospect(staff, recruitment)
    with pytest.raises(EventRefusedError, match="已经在名单里"):
        prospect(staff, recruitment)
    with pytest.raises(InputError, match="不是招商"):
        prospect(staff, aeo)
    with pytest.raises(InputError, match="没有这一类服务"):
        prospect(staff, recruitment, firm="别家", service="dancing")
    with pytest.raises(InputError, match="不是 AEO"):
        application(staff, recruitment)
    services.take_step(actor=staff, event_id=recruitment.pk, step="cancel", reason="停")
    with pytest.raises(InputError, match="不能再改名单"):
        prospect(staff, recruitment, firm="晚到的")


def test_a_contact_is_looked_at_by_who_may_and_that_is_on_the_trail(staff: User, finance: User) -> None:
    recruitment = begun(staff, "recruitment")
    row = prospect(staff, recruitment)
    assert services.unmask_prospect(actor=staff, prospect_id=row.pk) == ("李先生", "15410000001")
    assert history("events.prospect", str(row.pk)).lines[0].deed == events.UNMASKED.sentence
    with pytest.raises(PermissionDenied):
        services.unmask_prospect(actor=finance, prospect_id=row.pk)
    bare = prospect(staff, recruitment, firm="无名", contact_name="", contact_phone="")
    with pytest.raises(InputError, match="没有联系方式"):
        services.unmask_prospect(actor=staff, prospect_id=bare.pk)


def test_contacts_are_sealed_anew(staff: User, merchant: User) -> None:
    row = prospect(staff, begun(staff, "recruitment"))
    signed_up(merchant, running(staff))
    before = row.contact
    assert services.reseal_contacts() == 2
    row.refresh_from_db()
    assert row.contact != before and services.unmask_prospect(actor=staff, prospect_id=row.pk)[0] == "李先生"


def test_the_certificate_stands_with_the_application(staff: User) -> None:
    row = application(staff, begun(staff, "aeo"))
    for stage in ("coaching", "assessed", "submitted"):
        services.move_application(actor=staff, application_id=row.pk, stage=stage, on=today(), note="")
    with pytest.raises(EventRefusedError, match="认证证书"):
        services.move_application(actor=staff, application_id=row.pk, stage="certified", on=today(), note="")
    with pytest.raises(InputError, match="未通过的原因"):
        services.move_application(actor=staff, application_id=row.pk, stage="refused", on=today(), note="")
    found = services.add_certificate(actor=staff, application_id=row.pk, content=PNG, name="证书.png")
    row = services.move_application(
        actor=staff, application_id=row.pk, stage="certified", on=today(), note=""
    )
    assert row.certified_on == today()
    assert (
        services.hand_out_certificate(actor=staff, application_id=row.pk, file_id=found.id).name == "证书.png"
    )
    with pytest.raises(InputError, match="没有这个文件"):
        services.hand_out_certificate(actor=staff, application_id=row.pk, file_id=found.id + 1)
    with pytest.raises(InputError, match="不能直接"):
        services.move_application(actor=staff, application_id=row.pk, stage="refused", on=today(), note="x")


def test_who_signed_up_is_expected_and_checks_in_by_the_code(
    staff: User, merchant: User, agent: User
) -> None:
    row = running(staff, kind="training", places=20)
    held = session(staff, row)
    signup = signed_up(merchant, row, wanted=2)
    with as_(merchant), pytest.raises(InputError, match="没有通过的报名"):
        services.check_in(actor=merchant, token=held.token, person="许红")
    let_in(staff, signup)
    assert services.expect_signed_up(actor=staff, session_id=held.pk) == 2
    assert services.expect_signed_up(actor=staff, session_id=held.pk) == 0
    with as_(merchant):
        page = selectors.check_in_page(merchant, held.token)
        assert page.signed_up and page.today and page.people == ()
        services.check_in(actor=merchant, token=held.token, person="许红")
        services.check_in(actor=merchant, token=held.token, person="许红")
        services.check_in(actor=merchant, token=held.token, person="小李")
        services.check_in(actor=merchant, token=held.token, person="多来的一位")
        assert len(selectors.check_in_page(merchant, held.token).people) == 3
        with pytest.raises(InputError, match="没有写姓名"):
            services.check_in(actor=merchant, token=held.token, person=" ")
        with pytest.raises(InputError, match="没有这个签到码"):
            services.check_in(actor=merchant, token="x" * 22, person="许红")
    with as_(agent), pytest.raises(InputError, match="没有通过的报名"):
        services.check_in(actor=agent, token=held.token, person="张三")
    found = selectors.session_page(staff, held.pk)
    assert (found.expected, found.present, found.share) == (3, 3, 100)
    Session.objects.filter(pk=held.pk).update(held_on=today() + timedelta(days=1))
    with as_(merchant), pytest.raises(InputError, match="请在当天签到"):
        services.check_in(actor=merchant, token=held.token, person="许红")


def test_staff_write_the_list_and_who_came(staff: User) -> None:
    row = running(staff, kind="research", places=None)
    held = session(staff, row)
    names = ["甲", "乙", "甲"]
    assert services.expect_people(actor=staff, session_id=held.pk, firm="某商行", people=names) == 2
    assert services.expect_people(actor=staff, session_id=held.pk, firm="某商行", people=["乙", "丙"]) == 1
    with pytest.raises(InputError):
        services.expect_people(actor=staff, session_id=held.pk, firm=" ", people=["丁"])
    came = Attendance.objects.get(person="乙")
    assert services.mark_present(actor=staff, session_id=held.pk, present=[came.pk, 10**9]) == 1
    assert services.mark_present(actor=staff, session_id=held.pk, present=[]) == 0
    assert selectors.session_page(staff, held.pk).share == 0
    later = session(staff, row, held_on=row.ends_on)
    with pytest.raises(InputError, match="还没有举行"):
        services.mark_present(actor=staff, session_id=later.pk, present=[])
    with pytest.raises(InputError, match="不在活动期间"):
        session(staff, row, held_on=row.ends_on + timedelta(days=1))
    with pytest.raises(InputError, match="没有场次"):
        session(staff, running(staff))
    with pytest.raises(PermissionDenied):
        services.mark_present(actor=_auditor(), session_id=held.pk, present=[])


def _auditor() -> User:
    from trade_people import person
    from youju.foundation.identity.roles import Role

    return person(Role.AUD)
