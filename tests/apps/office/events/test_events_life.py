"""An event from plan to acceptance: steps, costs, files, two people, reminders, the trail."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from events_made import begun, deal, event, let_in, published, running, session, signed_up, today, wish
from office_made import PNG
from trade_people import as_
from youju.foundation.audit.selectors import history
from youju.foundation.identity.models import User
from youju.foundation.kernel.errors import InputError
from youju.foundation.workflow.selectors import case, todo
from youju.office.events import events, selectors, services
from youju.office.events.models import Event, Reminder
from youju.office.events.services import CostWish, EventRefusedError
from youju.office.events.services.stepping import report_due

pytestmark = pytest.mark.django_db


def report(actor: User, row: Event, note: str = "3 家参展") -> Event:
    services.add_file(actor=actor, event_id=row.pk, role="report", content=PNG, name="现场.png")
    return services.take_step(actor=actor, event_id=row.pk, step="report", note=note).event


def test_planned_published_reported_and_accepted_by_another_person(staff: User, colleague: User) -> None:
    row = event(staff)
    assert row.number == f"ZH{row.starts_on.year}-001" and row.state == "planned"
    assert case(events.subject_of(row)).due_on == row.starts_on  # type: ignore[union-attr]
    row = services.take_step(actor=staff, event_id=row.pk, step="publish").event
    assert row.announced_on == today()
    assert case(events.subject_of(row)).due_on == report_due(row)  # type: ignore[union-attr]
    row = running(staff, name="已经开始的")
    with pytest.raises(InputError, match="没有写结果"):
        services.take_step(actor=staff, event_id=row.pk, step="report")
    with pytest.raises(EventRefusedError, match="须附文件"):
        services.take_step(actor=staff, event_id=row.pk, step="report", note="顺利")
    row = report(staff, row)
    with pytest.raises(EventRefusedError, match="不能由您验收"):
        services.take_step(actor=staff, event_id=row.pk, step="accept")
    row = services.take_step(actor=colleague, event_id=row.pk, step="accept").event
    assert row.state == "accepted" and row.accepted_by == colleague.username
    assert case(events.subject_of(row)).state == "accepted"  # type: ignore[union-attr]
    deeds = [line.deed for line in history(events.EVENT_KIND, str(row.pk)).lines]
    assert deeds[0] == "验收通过了" and events.FILED.sentence in deeds and events.PLANNED.sentence in deeds


def test_sent_back_and_taken_back_it_can_be_reported_again(staff: User, colleague: User) -> None:
    row = report(staff, running(staff))
    row = services.take_step(actor=colleague, event_id=row.pk, step="return", reason="缺成交统计").event
    assert row.state == "under_way" and row.reported_by == "" and row.report_note == "3 家参展"
    row = services.take_step(actor=staff, event_id=row.pk, step="report", note="补了统计").event
    with pytest.raises(PermissionDenied):
        services.take_step(actor=colleague, event_id=row.pk, step="withdraw", reason="替他撤回")
    row = services.take_step(actor=staff, event_id=row.pk, step="withdraw", reason="再改").event
    assert row.state == "under_way"
    row = services.take_step(actor=staff, event_id=row.pk, step="cancel", reason="停办").event
    assert row.cancelled_on == today()
    with pytest.raises(InputError, match="已经结束"):
        services.add_file(actor=staff, event_id=row.pk, role="report", content=PNG, name="a.png")


def test_the_database_wants_two_people_as_well(staff: User) -> None:
    row = report(staff, running(staff))
    with pytest.raises(IntegrityError), transaction.atomic():
        Event.objects.filter(pk=row.pk).update(
            state="accepted", accepted_by=staff.username, accepted_on=today()
        )


def test_no_result_before_it_has_begun_and_no_step_out_of_order(staff: User) -> None:
    row = published(staff)
    services.add_file(actor=staff, event_id=row.pk, role="report", content=PNG, name="a.png")
    with pytest.raises(EventRefusedError, match="才开始"):
        services.take_step(actor=staff, event_id=row.pk, step="report", note="提前报")
    with pytest.raises(InputError, match="没有这个步骤"):
        services.take_step(actor=staff, event_id=row.pk, step="explode")
    with pytest.raises(InputError) as stale:
        services.take_step(actor=staff, event_id=row.pk, step="cancel", reason="停", expected="planned")
    assert stale.value.status == 409
    with pytest.raises(InputError, match="不对企业发布"):
        services.take_step(
            actor=staff, event_id=event(staff, kind="recruitment", places=None).pk, step="publish"
        )


def test_who_may_do_nothing_does_nothing(merchant: User, staff: User) -> None:
    row = event(staff)
    for call in (
        lambda: services.plan_event(actor=merchant, wish=wish()),
        lambda: services.take_step(actor=merchant, event_id=row.pk, step="publish"),
        lambda: services.change_event(actor=merchant, event_id=row.pk, wish=wish(), revision=0),
        lambda: services.add_cost(
            actor=merchant, event_id=row.pk, wish=CostWish("booth", Decimal(1), today())
        ),
    ):
        with pytest.raises(PermissionDenied):
            call()


def test_wishes_that_no_list_knows_are_refused(staff: User) -> None:
    for given, said in (
        ({"kind": "party"}, "没有这个类别"),
        ({"section": "XX"}, "没有这个科室"),
        ({"country": "ZZ"}, "没有这个国家"),
        ({"starts_on": today() + timedelta(days=9_000)}, "太早或太远"),
    ):
        with pytest.raises(InputError, match=said):
            services.plan_event(actor=staff, wish=wish(**given))
    with pytest.raises(EventRefusedError, match="早于开始日期"):
        event(staff, ends_on=today())


def test_put_off_with_the_revision_seen_and_within_what_is_taken(staff: User, merchant: User) -> None:
    row = published(staff)
    signed_up(merchant, row, wanted=2)
    later = row.starts_on + timedelta(days=30)
    made = services.change_event(
        actor=staff, event_id=row.pk, wish=wish(starts_on=later, places=2), revision=0
    )
    assert made.event.revision == 1
    assert case(events.subject_of(row)).due_on == report_due(made.event)  # type: ignore[union-attr]
    with pytest.raises(InputError, match="刚被改过"):
        services.change_event(actor=staff, event_id=row.pk, wish=wish(), revision=0)
    with pytest.raises(EventRefusedError, match="少于已报名"):
        services.change_event(actor=staff, event_id=row.pk, wish=wish(starts_on=later, places=1), revision=1)
    same = services.change_event(
        actor=staff, event_id=row.pk, wish=wish(starts_on=later, places=2), revision=1
    )
    assert same.event.revision == 1


def test_costs_above_the_budget_are_said_and_can_be_taken_away(staff: User) -> None:
    row = running(staff, budget=Decimal("1000.00"))
    first = CostWish("booth", Decimal("900.00"), today(), reference="ZF2023-00001")
    assert services.add_cost(actor=staff, event_id=row.pk, wish=first) == []
    found = services.add_cost(
        actor=staff, event_id=row.pk, wish=CostWish("travel", Decimal("200.00"), today())
    )
    assert [each.rule for each in found] == ["EVT-004"]
    page = selectors.event_page(staff, row.pk)
    assert page.totals.cost == Decimal("1100.00") and "EVT-004" in [each.rule for each in page.findings]
    assert [each.reference_kind for each in page.costs] == ["payments.payment", ""]
    services.remove_cost(actor=staff, event_id=row.pk, cost_id=page.costs[1].pk)
    assert selectors.event_page(staff, row.pk).totals.cost == Decimal("900.00")
    for bad in (
        CostWish("gift", Decimal(1), today()),
        CostWish("booth", Decimal(1), today() + timedelta(days=1)),
    ):
        with pytest.raises(InputError):
            services.add_cost(actor=staff, event_id=row.pk, wish=bad)
    with pytest.raises(InputError, match="没有这笔费用"):
        services.remove_cost(actor=staff, event_id=row.pk, cost_id=10**9)


def test_what_is_left_undecided_is_said_with_the_result(staff: User, merchant: User) -> None:
    row = running(staff)
    deal(merchant, let_in(staff, signed_up(merchant, row)))
    services.add_file(actor=staff, event_id=row.pk, role="report", content=PNG, name="a.png")
    made = services.take_step(actor=staff, event_id=row.pk, step="report", note="成交 1 笔")
    assert [each.rule for each in made.findings] == ["EVT-013"]


def test_few_people_are_said_with_the_result(staff: User) -> None:
    row = running(staff, kind="training")
    held = session(staff, row)
    services.expect_people(actor=staff, session_id=held.pk, firm="某商行", people=["甲", "乙"])
    services.add_file(actor=staff, event_id=row.pk, role="report", content=PNG, name="签到表.png")
    made = services.take_step(actor=staff, event_id=row.pk, step="report", note="下雪")
    assert [each.rule for each in made.findings] == ["EVT-009"]


def test_the_night_reminds_once_of_each(staff: User) -> None:
    soon = event(staff, starts_on=today() + timedelta(days=1))
    late = begun(
        staff, "recruitment", starts_on=today() - timedelta(days=90), ends_on=today() - timedelta(days=60)
    )
    event(staff, starts_on=today() + timedelta(days=90))
    assert services.remind(today=today()) == {"soon": 1, "late": 1}
    assert services.remind(today=today()) == {"soon": 0, "late": 0}
    assert {(each.event_id, each.rule) for each in Reminder.objects.all()} == {
        (soon.pk, "EVT-012"),
        (late.pk, "EVT-003"),
    }
    assert "EVT-003" in [each.rule for each in selectors.event_page(staff, late.pk).findings]


def test_it_stands_on_the_to_do_list_of_whoever_edits(staff: User, colleague: User, merchant: User) -> None:
    row = event(staff)
    with as_(colleague):
        assert str(row) in [item.subject.label for item in todo(colleague)]
    with as_(merchant):
        assert not todo(merchant)


def test_a_rolled_back_step_leaves_no_trace(staff: User) -> None:
    row = event(staff)
    with pytest.raises(RuntimeError), transaction.atomic():
        services.take_step(actor=staff, event_id=row.pk, step="publish")
        raise RuntimeError
    assert Event.objects.get(pk=row.pk).announced_on is None
    assert not [line for line in history(events.EVENT_KIND, str(row.pk)).lines if "发布" in line.deed]


def test_the_year_in_figures(staff: User, merchant: User) -> None:
    row = running(staff, country="KZ")
    signup = let_in(staff, signed_up(merchant, row))
    services.decide_deal(actor=staff, deal_id=deal(merchant, signup, proof=PNG).pk, confirm=True)
    found = selectors.figures_of(staff, today().year)
    month = timezone.localdate().month - 1
    assert found.participants[month] == 1 and found.won[month] == Decimal("386000.00")
    assert found.won_by_country == (("AE", Decimal("386000.00"), 1),)
    assert found.participants_by_country == (("KZ", 1),)
    calendar = selectors.calendar_of(staff, today().year, selectors.EventFilter())
    assert calendar.total == 1 and calendar.months[month].entries[0].event == row
    services.take_step(actor=staff, event_id=row.pk, step="cancel", reason="停办")
    assert selectors.figures_of(staff, today().year).won_total == 0
