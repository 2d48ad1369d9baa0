"""What the services of tasks refuse: by role, by state, by who asks; and repeating tasks at the edges of months."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from office_made import PNG, dispute, finished, request, task, today
from trade_people import as_, person
from youju.foundation.audit.selectors import history
from youju.foundation.identity.models import User
from youju.foundation.identity.roles import Role
from youju.foundation.kernel.errors import InputError
from youju.foundation.workflow.selectors import case, todo
from youju.office.tasks import events, selectors, services
from youju.office.tasks.models import Task
from youju.office.tasks.services import Ending, Repeat, TaskWish
from youju.rules.office.tasks.kinds import Every

pytestmark = pytest.mark.django_db
OUTSIDE = (Role.MER, Role.AGT, Role.BRK, Role.CSL, Role.BUY)
NONE = 999_999


@pytest.mark.parametrize("role", [*OUTSIDE, Role.ADM, Role.AUD])
def test_who_has_no_business_with_tasks_does_nothing_to_one(role: Role, staff: User) -> None:
    row, who = task(staff), person(role, username="stranger")
    wish = TaskWish(kind="", title="改", due_on=row.due_on)
    with as_(who):
        for deed in (
            lambda: task(who),
            lambda: services.change_task(actor=who, task_id=row.pk, wish=wish, revision=0),
            lambda: services.hand_over(actor=who, task_id=row.pk, to="", reason="给别人"),
            lambda: services.take_step(actor=who, task_id=row.pk, step="begin"),
            lambda: services.take_step(actor=who, task_id=row.pk, step="cancel", reason="不办"),
        ):
            with pytest.raises((PermissionDenied, InputError)):
                deed()
    row.refresh_from_db()
    assert (row.state, row.title, row.revision) == ("planned", "整理市场采购贸易台账", 0)


@pytest.mark.parametrize("role", [Role.HED, Role.PFO, Role.FIN, Role.STF])
def test_everybody_of_the_centre_plans_does_and_accepts(role: Role, colleague: User) -> None:
    who = person(role, username="of-the-centre")
    with as_(who):
        row = finished(who, task(who))
    with as_(colleague):
        assert services.take_step(actor=colleague, task_id=row.pk, step="accept").state == "accepted"
        other = finished(colleague, task(colleague))
    with as_(who):
        assert services.take_step(actor=who, task_id=other.pk, step="accept").accepted_by == who.username


def test_a_task_that_is_not_there_is_not_there_for_any_deed(staff: User) -> None:
    wish = TaskWish(kind="", title="改", due_on=today())
    for deed in (
        lambda: services.change_task(actor=staff, task_id=NONE, wish=wish, revision=0),
        lambda: services.hand_over(actor=staff, task_id=NONE, to="", reason="给别人"),
        lambda: services.take_step(actor=staff, task_id=NONE, step="begin"),
        lambda: services.add_evidence(actor=staff, task_id=NONE, content=PNG, name="a.png"),
        lambda: services.add_mediation(actor=staff, task_id=NONE, held_on=today(), text="约见", shown=True),
        lambda: services.unmask_contact(actor=staff, task_id=NONE),
        lambda: selectors.one_of(staff, 2**80),
    ):
        with pytest.raises(InputError) as refused:
            deed()
        assert refused.value.status == 404


def test_an_unknown_step_and_one_that_does_not_lead_on(staff: User) -> None:
    row = task(staff)
    with pytest.raises(InputError, match="没有这个步骤"):
        services.take_step(actor=staff, task_id=row.pk, step="explode")
    for step in ("finish", "accept", "return", "withdraw"):
        with pytest.raises((InputError, PermissionDenied)):
            services.take_step(actor=staff, task_id=row.pk, step=step, reason="理由")
    assert Task.objects.get().state == "planned"


def test_what_is_submitted_or_over_is_neither_changed_nor_handed_over(staff: User, colleague: User) -> None:
    row = finished(staff, task(staff))
    wish = TaskWish(kind="", title="改", due_on=row.due_on)
    for _ in range(2):
        with pytest.raises(InputError, match="已经提交或结束") as refused:
            services.change_task(actor=staff, task_id=row.pk, wish=wish, revision=row.revision)
        assert refused.value.status == 409
        with pytest.raises(InputError, match="不等待办理") as refused:
            services.hand_over(actor=staff, task_id=row.pk, to=colleague.username, reason="出差")
        assert refused.value.status == 409
        if row.state == "done":
            row = services.take_step(actor=colleague, task_id=row.pk, step="accept")
    with pytest.raises(InputError, match="不能"):
        services.take_step(actor=staff, task_id=row.pk, step="cancel", reason="太晚")


def test_the_limit_of_what_came_from_outside_is_the_policys(merchant: User, staff: User) -> None:
    row = request(merchant)
    wish = TaskWish(kind="", title=row.title, due_on=row.due_on + timedelta(days=30))
    with pytest.raises(InputError, match="期限由政策规定"):
        services.change_task(actor=staff, task_id=row.pk, wish=wish, revision=0, reason="忙")


def test_a_change_that_changes_nothing_leaves_no_trace(staff: User) -> None:
    row = task(staff)
    before = len(history("tasks.task", str(row.pk)).lines)
    wish = TaskWish(kind="", title=row.title, due_on=row.due_on)
    services.change_task(actor=staff, task_id=row.pk, wish=wish, revision=0)
    row.refresh_from_db()
    assert (row.revision, len(history("tasks.task", str(row.pk)).lines)) == (0, before)


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"section": "XX"}, "科室"),
        ({"tags": ("一|二",)}, "标签"),
        ({"tags": (" ",)}, "标签"),
        ({"acceptor": "nobody"}, "验收人"),
        ({"title": " "}, "事项"),
        ({"due_on": date(2099, 1, 1)}, "期限"),
    ],
)
def test_a_change_is_checked_like_a_plan(staff: User, change: dict[str, object], where: str) -> None:
    row = task(staff)
    usual = {"kind": "", "title": row.title, "due_on": row.due_on} | change
    with pytest.raises(InputError, match=where):
        services.change_task(
            actor=staff, task_id=row.pk, wish=TaskWish(**usual), revision=0, reason="改期"  # type: ignore[arg-type]
        )  # fmt: skip
    row.refresh_from_db()
    assert row.revision == 0


def test_handed_over_it_keeps_its_day_and_waits_for_the_new_one_alone(staff: User, colleague: User) -> None:
    third = person(Role.STF, username="stf-three")
    row = task(staff, person=staff.username)
    services.take_step(actor=staff, task_id=row.pk, step="begin")
    before = case(events.subject_of(row))
    services.hand_over(actor=staff, task_id=row.pk, to=colleague.username, reason="休假")
    after = case(events.subject_of(row))
    assert before is not None and after is not None
    assert (before.state, before.due_on) == (after.state, after.due_on)
    assert (len(todo(staff)), len(todo(colleague)), len(todo(third))) == (0, 1, 0)
    # Whoever it does not wait for can neither finish it nor hand it on.
    with pytest.raises((PermissionDenied, InputError)):
        services.take_step(actor=third, task_id=row.pk, step="finish")
    row = Task.objects.get(pk=row.pk)
    assert (row.person, row.revision) == (colleague.username, 1)


def test_an_account_that_was_closed_gets_nothing(staff: User, colleague: User) -> None:
    colleague.is_active = False
    colleague.save()
    row = task(staff)
    with pytest.raises(InputError, match="没有“stf-two”这个账号"):
        services.hand_over(actor=staff, task_id=row.pk, to=colleague.username, reason="出差")
    with pytest.raises(InputError, match="没有“stf-two”这个账号"):
        task(staff, person=colleague.username)


def test_a_matter_ends_with_a_known_outcome_only(merchant: User, staff: User) -> None:
    row = dispute(merchant)
    services.take_step(actor=staff, task_id=row.pk, step="begin")
    services.add_mediation(actor=staff, task_id=row.pk, held_on=today(), text="约见", shown=True)
    with pytest.raises(InputError, match="没有这个选项"):
        services.take_step(actor=staff, task_id=row.pk, step="finish", ending=Ending("", "perhaps", "不清楚"))
    with pytest.raises(InputError):
        services.add_mediation(
            actor=staff, task_id=row.pk, held_on=today() + timedelta(days=1), text="以后", shown=True
        )


def repeated(staff: User, first: date, every: Every, until: date) -> list[date]:
    wish = TaskWish(kind="work", title="月末对账", due_on=first, repeat=Repeat(every, until))
    return [row.due_on for row in services.plan_tasks(actor=staff, wish=wish).tasks]


def test_the_end_of_each_month_is_the_last_working_day_of_it(staff: User) -> None:
    days = repeated(staff, date(2024, 1, 31), Every.MONTH, date(2024, 6, 30))
    # February of a leap year, then 31 March (a Sunday) → Friday 29th, 30 April, 31 May, 30 June (a Sunday) → 28th.
    assert days == [
        date(2024, 1, 31),
        date(2024, 2, 29),
        date(2024, 3, 29),
        date(2024, 4, 30),
        date(2024, 5, 31),
        date(2024, 6, 28),
    ]
    assert [row.starts_on.day for row in Task.objects.order_by("due_on")] == [1] * 6


def test_a_day_of_a_shorter_month_comes_back_in_the_longer_one(staff: User) -> None:
    days = repeated(staff, date(2023, 1, 31), Every.MONTH, date(2023, 5, 31))
    assert [(day.month, day.day) for day in days] == [(1, 31), (2, 28), (3, 31), (4, 28), (5, 31)]


def test_the_last_day_of_the_span_counts_and_the_day_after_does_not(staff: User) -> None:
    assert len(repeated(staff, date(2023, 3, 15), Every.QUARTER, date(2023, 9, 15))) == 3
    assert len(repeated(staff, date(2023, 3, 15), Every.QUARTER, date(2023, 9, 14))) == 2
    assert len(repeated(staff, date(2024, 2, 29), Every.YEAR, date(2026, 2, 28))) == 3


@pytest.mark.parametrize("table", ["tasks_task", "tasks_reminder"])
def test_raw_sql_lets_nobody_outside_write_what_the_centre_plans(table: str, staff: User) -> None:
    task(staff, due_on=today() + timedelta(days=1))
    services.remind(today=today())
    for role in (*OUTSIDE, Role.ADM):
        with as_(person(role, username=f"raw-{role.value.lower()}")), connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {table}")
            assert cursor.rowcount == 0, role
            cursor.execute(f"SELECT count(*) FROM {table}")
            assert cursor.fetchone() == (0,), role
