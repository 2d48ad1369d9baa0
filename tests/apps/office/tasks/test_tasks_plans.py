"""Plans: repeating tasks, numbers, people, the nightly round; the list, the board, the month."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test.utils import CaptureQueriesContext

from office_made import dispute, finished, task, today
from trade_people import as_
from youju.foundation.identity.models import User
from youju.foundation.kernel.errors import InputError
from youju.office.tasks import selectors, services
from youju.office.tasks.models import Plan, Reminder, Task
from youju.office.tasks.selectors import TaskFilter
from youju.office.tasks.services import Repeat, TaskRefusedError, TaskWish
from youju.rules.office.tasks.kinds import Every

pytestmark = pytest.mark.django_db


def test_a_repeating_task_makes_one_for_each_period_with_numbers_of_its_years(staff: User) -> None:
    wish = TaskWish(
        kind="training",
        title="政策宣讲",
        due_on=date(2023, 3, 31),
        person=staff.username,
        tags=("培训",),
        repeat=Repeat(Every.QUARTER, date(2024, 3, 31)),
    )
    made = services.plan_tasks(actor=staff, wish=wish).tasks
    assert [row.due_on for row in made] == [
        date(2023, 3, 31), date(2023, 6, 30), date(2023, 9, 28), date(2023, 12, 29), date(2024, 3, 29),
    ]  # fmt: skip
    assert [row.number for row in made] == [
        "PX2023-00001", "PX2023-00002", "PX2023-00003", "PX2023-00004", "PX2024-00001",
    ]  # fmt: skip
    assert {row.plan_id for row in made} == {Plan.objects.get().pk}
    assert made[1].starts_on == date(2023, 6, 1)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"repeat": Repeat(Every.MONTH)}, "排到哪一天"),
        ({"repeat": Repeat(Every.MONTH, date(2022, 1, 1))}, "排到哪一天"),
        ({"repeat": Repeat(Every.MONTH, date(2040, 1, 1))}, "排得太远"),
        ({"repeat": Repeat(Every.WEEK, date(2024, 12, 31))}, "TSK-010"),
        ({"kind": "dispute"}, "类别"),
        ({"person": "nobody"}, "办理人"),
        ({"section": "XX"}, "科室"),
        ({"tags": ("一|二",)}, "标签"),
        ({"due_on": date(9999, 12, 31)}, "太早或太远"),
        ({"due_on": date(1999, 12, 31)}, "太早或太远"),
        ({"starts_on": date(2023, 4, 1)}, "TSK-001"),
    ],
)
def test_what_cannot_be_planned_is_said_and_nothing_is_kept(
    staff: User, given: dict[str, object], told: str
) -> None:
    words = {"kind": "work", "title": "台账", "due_on": date(2023, 3, 31)} | given
    with pytest.raises(InputError, match=told):
        services.plan_tasks(actor=staff, wish=TaskWish(**words))  # type: ignore[arg-type]
    assert not Task.objects.exists() and not Plan.objects.exists()


def test_an_outsider_plans_nothing(merchant: User) -> None:
    with pytest.raises(PermissionDenied):
        task(merchant)


def test_finance_works_in_the_office_though_it_writes_nothing_of_the_trade(finance: User) -> None:
    with as_(finance):
        row = finished(finance, task(finance, person=finance.username))
    assert row.state == "done"


def test_the_nightly_round_says_each_thing_once(staff: User) -> None:
    late = task(staff, due_on=today() - timedelta(days=3), starts_on=today() - timedelta(days=9))
    task(staff, due_on=today())
    task(staff, due_on=today() + timedelta(days=40))
    assert services.remind(today=today()) == {"soon": 1, "late": 1}
    assert services.remind(today=today()) == {"soon": 0, "late": 0}
    assert Reminder.objects.get(rule="TSK-006").task == late
    wish = TaskWish(kind="", title=late.title, due_on=today() + timedelta(days=1))
    services.change_task(actor=staff, task_id=late.pk, wish=wish, revision=0, reason="资料没到")
    assert services.remind(today=today()) == {"soon": 1, "late": 0}


def test_the_list_is_narrowed_by_everything_that_the_form_offers(staff: User, colleague: User) -> None:
    mine = task(staff, title="统计月报", person=staff.username, tags=("统计",), project="P1", section="ZH")
    late = task(
        colleague, due_on=today() - timedelta(days=1), starts_on=today() - timedelta(days=2), kind="research"
    )

    def numbers(**wish: str) -> list[str]:
        return [row.number for row in selectors.tasks(staff, TaskFilter(**wish))]

    assert set(numbers()) == {mine.number, late.number}
    for wish in (
        {"text": "月报"}, {"tag": "统计"}, {"project": "P1"}, {"section": "ZH"}, {"only": "mine"}, {"person": staff.username},
    ):  # fmt: skip
        assert numbers(**wish) == [mine.number], wish
    assert numbers(only="late") == numbers(kind="research") == [late.number]
    assert numbers(state="accepted") == []


def test_the_board_shows_the_first_of_each_state_and_counts_all(
    staff: User, django_assert_max_num_queries: CaptureQueriesContext
) -> None:
    for place in range(33):
        task(staff, title=f"第 {place} 件", due_on=today() + timedelta(days=place))
    finished(staff, task(staff))
    with django_assert_max_num_queries(8):
        board = selectors.board(staff, TaskFilter())
    assert [(column.state, len(column.cards), column.total) for column in board.columns] == [
        ("planned", 30, 33), ("under_way", 0, 0), ("done", 1, 1), ("accepted", 0, 0),
    ]  # fmt: skip
    assert board.columns[0].cards[0].row.due_on == today()


def test_the_month_has_its_weeks_and_a_few_tasks_a_day(
    staff: User, django_assert_max_num_queries: CaptureQueriesContext
) -> None:
    for _ in range(7):
        task(staff, due_on=date(2023, 6, 30), starts_on=date(2023, 6, 1))
    with django_assert_max_num_queries(3):
        seen = selectors.calendar_of(staff, date(2023, 6, 15), TaskFilter())
    assert (seen.before, seen.after, seen.total) == (date(2023, 5, 1), date(2023, 7, 1), 7)
    days = {day.day: day for week in seen.weeks for day in week}
    assert (len(days[date(2023, 6, 30)].cards), days[date(2023, 6, 30)].total) == (5, 7)
    assert not days[date(2023, 6, 22)].working and days[date(2023, 6, 25)].working
    assert not days[date(2023, 7, 1)].inside


def test_a_page_costs_the_same_however_much_hangs_on_it(
    staff: User, merchant: User, django_assert_max_num_queries: CaptureQueriesContext
) -> None:
    row = dispute(merchant)
    for text in ("约见双方", "对方承认欠款", "签了还款协议"):
        services.add_mediation(actor=staff, task_id=row.pk, held_on=today(), text=text, shown=True)
    with django_assert_max_num_queries(14):
        page = selectors.task_page(staff, row.pk)
    assert len(page.mediations) == 3 and page.may_mediate and page.may_unmask


def test_a_refusal_names_all_that_was_found(staff: User) -> None:
    with pytest.raises(TaskRefusedError) as refused:
        task(staff, due_on=date(2023, 3, 31), starts_on=date(2023, 4, 3), person="stf-zx", acceptor="stf-zx")
    assert [each.rule for each in refused.value.findings] == ["TSK-001", "TSK-002"]
    assert "另有 1 处" in str(refused.value)
