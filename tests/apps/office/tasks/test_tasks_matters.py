"""Requests and disputes: brought by enterprises, seen by nobody else, mediated, answered within a limit."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import ProgrammingError, connection, transaction

from office_made import PNG, dispute, request, today
from trade_people import as_, person
from youju.foundation.audit.selectors import history
from youju.foundation.identity.models import User
from youju.foundation.identity.roles import Role
from youju.foundation.kernel.errors import InputError
from youju.foundation.workflow.selectors import todo
from youju.office.tasks import events, selectors, services
from youju.office.tasks.models import Matter, Mediation, Task
from youju.office.tasks.services import Ending, MatterWish, TaskRefusedError

pytestmark = pytest.mark.django_db


def test_brought_with_a_number_and_a_limit_and_waiting_for_the_centre(merchant: User, staff: User) -> None:
    with as_(merchant):
        row = request(merchant)
        assert todo(merchant) == []
    assert row.number.startswith("SQ") and row.received_on == today() and row.due_on > today()
    assert [each.subject.key for each in todo(staff)] == [str(row.pk)]
    matter = Matter.objects.get()
    assert (matter.applicant, matter.topic) == (merchant.organisation.name, "booking")


def test_the_contact_is_sealed_and_looking_at_it_stands_on_the_trail(merchant: User, staff: User) -> None:
    row = dispute(merchant)
    assert "1540000" not in Matter.objects.get().contact
    assert services.unmask_contact(actor=staff, task_id=row.pk) == ("许红", "15400000001")
    assert history("tasks.task", str(row.pk)).lines[0].deed == events.UNMASKED.sentence
    with pytest.raises(PermissionDenied):
        services.unmask_contact(actor=person(Role.AUD), task_id=row.pk)
    assert services.reseal_contacts() == 1
    assert services.unmask_contact(actor=staff, task_id=row.pk)[0] == "许红"


def test_an_enterprise_sees_its_own_alone(merchant: User, agent: User, staff: User) -> None:
    with as_(merchant):
        row = dispute(merchant)
    with as_(agent):
        other = request(agent)
        assert [each.pk for each in selectors.own(agent)] == [other.pk]
        with pytest.raises(InputError, match="没有"):
            selectors.own_page(agent, row.pk)
    with as_(staff):
        assert selectors.tasks(staff).count() == 2


@pytest.mark.parametrize("model", [Task, Matter, Mediation])
def test_the_database_shows_an_enterprise_no_row_of_another(
    model: type[Task], merchant: User, agent: User, staff: User
) -> None:
    row = dispute(merchant)
    services.add_mediation(actor=staff, task_id=row.pk, held_on=today(), text="约见", shown=True)
    with as_(merchant):
        assert model._default_manager.count() == 1
    with as_(agent):
        assert model._default_manager.count() == 0
    with as_(person(Role.ADM)):
        assert model._default_manager.count() == 0


def test_nor_what_the_centre_plans_for_itself_nor_what_is_not_to_be_shown(
    merchant: User, staff: User
) -> None:
    services.plan_tasks(
        actor=staff, wish=services.TaskWish(kind="work", title="内部工作", due_on=today() + timedelta(days=3))
    )
    row = dispute(merchant)
    services.add_mediation(actor=staff, task_id=row.pk, held_on=today(), text="内部研究", shown=False)
    services.add_mediation(actor=staff, task_id=row.pk, held_on=today(), text="约见双方", shown=True)
    with as_(merchant):
        assert Task.objects.count() == 1
        assert [each.text for each in Mediation.objects.all()] == ["约见双方"]
        told = [each.text for each in selectors.own_page(merchant, row.pk).progress]
    assert told == ["已提出，等待办理", "调解：约见双方"]


def test_an_enterprise_can_neither_write_for_another_nor_mediate(merchant: User, agent: User) -> None:
    row = dispute(merchant)
    with as_(agent):
        assert Task.objects.filter(pk=row.pk).update(title="改掉") == 0
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            Task.objects.create(
                number="JF2023-99999",
                kind="dispute",
                title="冒名",
                received_on=today(),
                starts_on=today(),
                due_on=today(),
                organisation=merchant.organisation_id,
            )
    with as_(merchant), pytest.raises(PermissionDenied):
        services.add_mediation(actor=merchant, task_id=row.pk, held_on=today(), text="自己写", shown=True)
    with as_(merchant), pytest.raises(PermissionDenied):
        services.take_step(actor=merchant, task_id=row.pk, step="begin")


def test_a_dispute_is_closed_after_a_mediation_and_with_an_answer(
    merchant: User, staff: User, colleague: User
) -> None:
    row = dispute(merchant)
    services.take_step(actor=staff, task_id=row.pk, step="begin")
    with pytest.raises(TaskRefusedError) as refused:
        services.take_step(actor=staff, task_id=row.pk, step="finish", ending=Ending())
    assert [each.rule for each in refused.value.findings] == ["TSK-008", "TSK-009"]
    services.add_mediation(actor=staff, task_id=row.pk, held_on=today(), text="对方同意付款", shown=True)
    services.take_step(actor=staff, task_id=row.pk, step="finish", ending=Ending("", "met", "对方三日内付清"))
    with as_(merchant):
        assert selectors.own_page(merchant, row.pk).matter.result == ""
    services.take_step(actor=colleague, task_id=row.pk, step="accept")
    with as_(merchant):
        page = selectors.own_page(merchant, row.pk)
    assert (page.matter.outcome, page.matter.result) == ("已解决", "对方三日内付清")
    assert [each.text for each in page.progress][-1] in ("已办结", "调解：对方同意付款")


@pytest.mark.parametrize(
    ("make", "given", "told"),
    [
        (dispute, {"other_side": ""}, "对方"),
        (dispute, {"other_side": "单位O-MER"}, "同一家"),
        (dispute, {"topic": "booking"}, "事由"),
        (request, {"contact_phone": " "}, "联系人"),
        (request, {"kind": "work"}, "事由"),
    ],
)
def test_what_cannot_be_brought_is_said(
    merchant: User, make: Callable[..., Task], given: dict[str, str], told: str
) -> None:
    with pytest.raises(InputError, match=told):
        make(merchant, **given)
    assert not Task.objects.exists()


def test_staff_write_down_what_came_by_telephone(staff: User, merchant: User) -> None:
    wish = MatterWish(
        "request", "集卡排队", "truck", "排队两天", "老王", "15400000002", applicant="某货代公司"
    )
    row = services.receive_matter(actor=staff, wish=wish)
    assert row.organisation is None and Matter.objects.get().applicant == "某货代公司"
    with as_(merchant):
        assert not Task.objects.exists()
    with pytest.raises(PermissionDenied):
        services.receive_matter(actor=merchant, wish=wish)


def test_files_of_an_enterprise_stand_apart_from_evidence(merchant: User, agent: User, staff: User) -> None:
    with as_(merchant):
        row = dispute(merchant)
        given = services.add_evidence(actor=merchant, task_id=row.pk, content=PNG, name="合同.png")
    services.add_evidence(actor=staff, task_id=row.pk, content=PNG, name="调解书.png")
    page = selectors.task_page(staff, row.pk)
    assert ([each.name for each in page.given], [each.name for each in page.evidence]) == (
        ["合同.png"],
        ["调解书.png"],
    )
    with as_(merchant):
        assert [each.id for each in selectors.own_page(merchant, row.pk).files] == [given.id]
    with as_(agent), pytest.raises(InputError):
        services.hand_out_file(actor=agent, task_id=row.pk, file_id=given.id)


def test_the_mediation_day_lies_between_receipt_and_today(merchant: User, staff: User) -> None:
    row = dispute(merchant)
    for held_on in (today() - timedelta(days=1), today() + timedelta(days=1)):
        with pytest.raises(InputError, match="调解日期"):
            services.add_mediation(actor=staff, task_id=row.pk, held_on=held_on, text="约见", shown=True)
    with pytest.raises(InputError, match="纠纷投诉才有调解"):
        services.add_mediation(
            actor=staff, task_id=request(merchant).pk, held_on=today(), text="约见", shown=True
        )


def test_every_table_of_the_room_with_rows_of_parties_is_guarded() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relname LIKE 'tasks\\_%' AND relkind = 'r' AND relrowsecurity"
        )
        guarded = {name for (name,) in cursor.fetchall()}
    assert guarded == {"tasks_task", "tasks_matter", "tasks_mediation", "tasks_reminder"}
