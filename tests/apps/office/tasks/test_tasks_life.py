"""The life of a task: planned, begun, proved, accepted by another person; sent back, taken back, handed over, cancelled."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from office_made import PNG, finished, task, today
from trade_people import as_, person
from youju.foundation.audit.selectors import history
from youju.foundation.identity.models import User
from youju.foundation.identity.roles import Role
from youju.foundation.kernel.errors import InputError
from youju.foundation.workflow.selectors import case, todo
from youju.office.tasks import events, services
from youju.office.tasks.models import Task
from youju.office.tasks.services import TaskRefusedError, TaskWish

pytestmark = pytest.mark.django_db


def test_a_task_waits_for_its_doer_alone_and_then_for_another_person(
    staff: User, colleague: User, finance: User
) -> None:
    row = task(staff, person=staff.username)
    assert [each.subject.key for each in todo(staff)] == [str(row.pk)]
    assert todo(colleague) == []
    row = finished(staff, row, note="全部整理完")
    assert (row.state, row.done_by, row.done_note) == ("done", staff.username, "全部整理完")
    assert todo(staff) == []
    assert [each.subject.key for each in todo(colleague)] == [str(row.pk)]
    with as_(finance):
        row = services.take_step(actor=finance, task_id=row.pk, step="accept")
    assert (row.state, row.accepted_on, row.accepted_by) == ("accepted", today(), finance.username)
    assert history("tasks.task", str(row.pk)).lines[0].deed == "验收通过了"


def test_who_submitted_it_cannot_accept_it(staff: User) -> None:
    row = finished(staff, task(staff))
    with pytest.raises((PermissionDenied, TaskRefusedError)):
        services.take_step(actor=staff, task_id=row.pk, step="accept")
    assert Task.objects.get().state == "done"


def test_the_database_refuses_it_as_well(staff: User, colleague: User) -> None:
    row = finished(staff, task(staff, person=staff.username))
    with pytest.raises(IntegrityError, match="two_people"), transaction.atomic():
        Task.objects.filter(pk=row.pk).update(
            state="accepted", accepted_by=staff.username, accepted_on=today()
        )
    with pytest.raises(IntegrityError, match="tasks_task_acceptor"), transaction.atomic():
        Task.objects.filter(pk=row.pk).update(acceptor=staff.username)
    del colleague


def test_without_proof_it_is_not_done(staff: User) -> None:
    row = task(staff)
    services.take_step(actor=staff, task_id=row.pk, step="begin")
    with pytest.raises(TaskRefusedError) as refused:
        services.take_step(actor=staff, task_id=row.pk, step="finish")
    assert [each.rule for each in refused.value.findings] == ["TSK-003"]


def test_sent_back_with_a_reason_and_done_again(staff: User, colleague: User) -> None:
    row = finished(staff, task(staff, person=staff.username))
    with pytest.raises(InputError, match="理由"):
        services.take_step(actor=colleague, task_id=row.pk, step="return")
    row = services.take_step(actor=colleague, task_id=row.pk, step="return", reason="签到表不全")
    assert (row.state, row.done_on, row.done_by) == ("under_way", None, "")
    assert [each.subject.key for each in todo(staff)] == [str(row.pk)]
    services.take_step(actor=staff, task_id=row.pk, step="finish")
    assert services.take_step(actor=colleague, task_id=row.pk, step="accept").state == "accepted"


def test_taken_back_by_who_submitted_it_alone(staff: User, colleague: User) -> None:
    row = finished(staff, task(staff))
    with pytest.raises(PermissionDenied):
        services.take_step(actor=colleague, task_id=row.pk, step="withdraw", reason="看看")
    assert (
        services.take_step(actor=staff, task_id=row.pk, step="withdraw", reason="传错文件").state
        == "under_way"
    )


def test_a_late_task_goes_on_and_a_returned_one_gets_days_of_its_own(staff: User, colleague: User) -> None:
    late = today() - timedelta(days=20)
    row = task(staff, due_on=late, starts_on=late - timedelta(days=5), person=staff.username)
    subject = events.subject_of(row)
    first = case(subject)
    assert first is not None and first.late
    row = finished(staff, row)
    services.take_step(actor=colleague, task_id=row.pk, step="return", reason="不清楚")
    again = case(subject)
    assert again is not None and again.due_on is not None and again.due_on > today()


def test_handed_over_with_a_reason(staff: User, colleague: User) -> None:
    row = task(staff, person=staff.username)
    with pytest.raises(InputError, match="理由"):
        services.hand_over(actor=staff, task_id=row.pk, to=colleague.username, reason=" ")
    services.hand_over(actor=staff, task_id=row.pk, to=colleague.username, reason="出差")
    assert todo(staff) == []
    assert [each.subject.key for each in todo(colleague)] == [str(row.pk)]
    row.refresh_from_db()
    assert (row.person, row.person_name) == (colleague.username, colleague.display_name)
    services.hand_over(actor=colleague, task_id=row.pk, to="", reason="谁都可以办")
    assert len(todo(staff)) == len(todo(colleague)) == 1


def test_not_handed_to_its_acceptor_nor_to_who_may_not_do_it(
    staff: User, colleague: User, merchant: User
) -> None:
    row = task(staff, person=staff.username, acceptor=colleague.username)
    with pytest.raises(InputError, match="验收人"):
        services.hand_over(actor=staff, task_id=row.pk, to=colleague.username, reason="出差")
    with pytest.raises(InputError, match="办理任务"):
        services.hand_over(actor=staff, task_id=row.pk, to=merchant.username, reason="出差")


def test_a_named_acceptor_alone_finds_it_in_the_list(staff: User, colleague: User, finance: User) -> None:
    row = finished(staff, task(staff, person=staff.username, acceptor=finance.username))
    assert todo(colleague) == []
    assert [each.subject.key for each in todo(finance)] == [str(row.pk)]


def test_cancelled_with_a_reason(staff: User) -> None:
    row = task(staff)
    with pytest.raises(InputError, match="理由"):
        services.take_step(actor=staff, task_id=row.pk, step="cancel")
    row = services.take_step(actor=staff, task_id=row.pk, step="cancel", reason="展会停办")
    assert (row.state, row.cancelled_on) == ("cancelled", today())
    with pytest.raises(InputError, match="不能"):
        services.take_step(actor=staff, task_id=row.pk, step="begin")


def test_what_was_seen_meanwhile_is_refused(staff: User) -> None:
    row = task(staff)
    services.take_step(actor=staff, task_id=row.pk, step="begin")
    with pytest.raises(InputError, match="办理中") as refused:
        services.take_step(actor=staff, task_id=row.pk, step="cancel", reason="不办了", expected="planned")
    assert refused.value.status == 409


def test_the_auditor_reads_and_changes_nothing(staff: User) -> None:
    auditor = person(Role.AUD)
    row = task(staff)
    with pytest.raises(PermissionDenied):
        services.take_step(actor=auditor, task_id=row.pk, step="begin")
    with pytest.raises(PermissionDenied):
        task(auditor)


def test_changed_while_open_and_put_off_only_with_a_reason(staff: User) -> None:
    row = task(staff, tags=("创新",))
    later = row.due_on + timedelta(days=7)
    wish = TaskWish(kind="", title="整理台账（修订）", due_on=later, tags=("创新", "台账"))
    with pytest.raises(InputError, match="推迟期限"):
        services.change_task(actor=staff, task_id=row.pk, wish=wish, revision=0)
    services.change_task(actor=staff, task_id=row.pk, wish=wish, revision=0, reason="资料还没到")
    row.refresh_from_db()
    assert (row.title, row.due_on, row.tags, row.revision) == ("整理台账（修订）", later, ["创新", "台账"], 1)
    seen = case(events.subject_of(row))
    assert seen is not None and (seen.due_on, seen.subject.label) == (later, str(row))
    with pytest.raises(InputError, match="刚被改过"):
        services.change_task(actor=staff, task_id=row.pk, wish=wish, revision=0, reason="再推")


def test_evidence_is_not_added_to_what_is_over(staff: User) -> None:
    row = task(staff)
    services.take_step(actor=staff, task_id=row.pk, step="cancel", reason="停办")
    with pytest.raises(InputError, match="已经结束"):
        services.add_evidence(actor=staff, task_id=row.pk, content=PNG, name="照片.png")
