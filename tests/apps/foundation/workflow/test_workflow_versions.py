"""Tables change, years get their notices, and what is under way goes on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from apps.foundation.workflow.conftest import FLOW, HOUSE, LIMIT, paper, send
from youju.foundation.audit import selectors as audit
from youju.foundation.identity.roles import Role
from youju.foundation.kernel.errors import InputError
from youju.foundation.kernel.subjects import Subject
from youju.foundation.workflow import flows, selectors, services
from youju.foundation.workflow.models import Case
from youju.foundation.workflow.services import keeping
from youju.rules.workflow import State, workdays

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

People = dict[str, Any]
Clock = Callable[[int, int, int], None]
NEWER = replace(
    FLOW,
    since=date(2024, 1, 1),
    states=(*FLOW.states[:-1], State("approved", "已核准", final=True)),
    transitions=tuple(
        replace(each, label="核准") if each.code == "approve" else each for each in FLOW.transitions
    ),
)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[Clock]:
    """Sets the day; ten in the morning."""

    def set_day(year: int, month: int, day: int) -> None:
        now = datetime(year, month, day, 10, tzinfo=timezone.get_default_timezone())
        monkeypatch.setattr(timezone, "now", lambda: now)

    yield set_day


@pytest.fixture
def five_days(monkeypatch: pytest.MonkeyPatch) -> None:
    """The limit of the submitted state is five working days."""
    monkeypatch.setattr(keeping, "whole", lambda law, name: 5 if name == LIMIT else 2000)


def step(people: People, transition: str, who: str, key: int = 1) -> Any:
    return services.advance(flow=FLOW, subject=paper(key), transition=transition, actor=people[who])


def test_an_old_case_goes_on_under_its_own_table(people: People, clock: Clock) -> None:
    clock(2023, 5, 4)
    send(people, 1)
    flows.register_flow(NEWER)
    assert flows.flow_on(FLOW.code, date(2024, 1, 1)) == NEWER
    assert flows.flow_on(FLOW.code, date(2023, 12, 31)) == FLOW
    assert flows.flow_on(FLOW.code, date(2022, 1, 1)) == FLOW
    clock(2024, 5, 6)
    send(people, 2)
    for key in (1, 2):
        step(people, "review", "fin", key)
        step(people, "approve", "hed", key)
    assert selectors.case(paper(1)).state_label == "已批准"
    assert selectors.case(paper(2)).state_label == "已核准"
    # Each entry of the trail keeps its own words.
    told = [audit.history("test.paper", key).lines[0].sentence for key in ("1", "2")]
    assert told == ["Hed批准了第1份文件", "Hed核准了第2份文件"]


def test_tables_are_registered_once_each_and_oldest_first() -> None:
    flows.register_flow(FLOW)
    with pytest.raises(ValueError, match="two tables from 2023-01-01"):
        flows.register_flow(replace(NEWER, since=FLOW.since))
    with pytest.raises(ValueError, match="older table first"):
        flows.register_flow(replace(FLOW, since=date(2020, 1, 1)))
    with pytest.raises(ValueError, match=r"flown\.away"):
        flows.register_flow(replace(FLOW, code="test.other", states=(
            State("draft", "草稿", "targets.submit"), *FLOW.states[1:]), transitions=tuple(
            replace(each, permission="flown.away") if each.code == "withdraw" else each
            for each in FLOW.transitions)))  # fmt: skip


def test_a_version_that_the_program_lost_is_shown_by_its_codes_and_not_moved(people: People) -> None:
    send(people, 1)
    Case.objects.update(flow_since=date(2021, 1, 1))
    seen = selectors.case(paper())
    assert (seen.flow_title, seen.state_label) == ("test.paper", "submitted")
    assert [line.label for line in selectors.log_of(paper())] == ["发起", "submit"]
    assert selectors.milestones(paper()) == ()
    assert selectors.available(paper(), people["fin"]) == ()
    assert selectors.todo(people["fin"]) == []
    with pytest.raises(InputError, match="本程序里已没有这一版") as told:
        step(people, "review", "fin")
    assert told.value.status == 409
    assert services.recount_due_days() == 0


def test_only_people_of_the_records_organisation(people: People, make_person: Callable[..., User]) -> None:
    other = make_person("other", Role.FIN, organisation="QT")
    subject = Subject("test.house", "1", "一份内部文件")
    services.start(flow=HOUSE, subject=subject, actor=people["pfo"], organisation="ZX")
    services.advance(flow=HOUSE, subject=subject, transition="submit", actor=people["pfo"])
    assert selectors.todo(other) == []
    (option,) = [each for each in selectors.available(subject, other) if each.code == "review"]
    assert option.blocked == "只能由所属单位的人办理"
    with pytest.raises(PermissionDenied, match="所属单位"):
        services.advance(flow=HOUSE, subject=subject, transition="review", actor=other)
    with pytest.raises(InputError, match="Other不能办理"):
        services.reassign(subject=subject, actor=people["fin"], to=other, reason="x")
    services.advance(flow=HOUSE, subject=subject, transition="review", actor=people["fin"])


@pytest.mark.parametrize(
    ("day", "due"),
    [
        ((2023, 9, 27), date(2023, 10, 10)),  # 国庆: 28 September, 7 (Saturday), 8 (Sunday), 9, 10 October
        ((2023, 1, 19), date(2023, 1, 31)),  # 春节: 20, 28 (Saturday), 29 (Sunday), 30, 31 January
        ((2026, 5, 6), date(2026, 5, 12)),  # 7, 8, 9 (Saturday, made up), 11, 12 May
    ],
)
def test_the_limit_passes_over_holidays_and_counts_days_made_up(
    people: People, clock: Clock, five_days: None, day: tuple[int, int, int], due: date
) -> None:
    clock(*day)
    send(people, 1)
    seen = selectors.case(paper())
    assert (seen.due_on, seen.provisional, seen.late) == (due, False, False)
    clock(due.year, due.month, due.day)
    assert step(people, "review", "fin").state == "reviewed"
    last = selectors.log_of(paper())[-1]
    assert (last.working_days, last.within_limit, last.due_on) == (5, True, due)


def test_one_day_more_is_late(people: People, clock: Clock, five_days: None) -> None:
    clock(2023, 9, 27)
    send(people, 1)
    clock(2023, 10, 11)
    (item,) = selectors.todo(people["fin"])
    assert (item.late, item.when, item.tone) == (True, "已逾期 1 个工作日", "error")
    assert [selectors.days_late(row) for row in selectors.late()] == [1]
    step(people, "review", "fin")
    last = selectors.log_of(paper())[-1]
    assert (last.working_days, last.within_limit) == (6, False)
    counted = selectors.finished_steps(since=date(2023, 10, 11), until=date(2023, 10, 11))
    assert [row.within_limit for row in counted] == [False]


def test_a_day_named_by_the_caller_must_lie_ahead(people: People) -> None:
    today = timezone.localdate()
    with pytest.raises(InputError, match="限办日期已经过去"):
        services.start(flow=FLOW, subject=paper(), actor=people["pfo"], due=today - timedelta(days=1))
    seen = services.start(flow=FLOW, subject=paper(), actor=people["pfo"], due=today)
    assert (seen.due_on, seen.provisional) == (today, False)


@pytest.fixture
def notices(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[int], None]]:
    """Takes the notice of a year away, or gives every one back (0)."""
    published = workdays.known

    def without(year: int) -> None:
        monkeypatch.setattr(workdays, "known", lambda asked: asked != year and published(asked))
        workdays.is_working_day.cache_clear()

    yield without
    workdays.is_working_day.cache_clear()


def test_a_provisional_day_is_counted_anew_once_the_notice_is_known(
    people: People, clock: Clock, five_days: None, notices: Callable[[int], None]
) -> None:
    notices(2023)
    clock(2023, 9, 27)
    send(people, 1)
    before = selectors.case(paper())
    assert (before.due_on, before.provisional) == (
        date(2023, 10, 6),
        True,
    )  # 28, 29 September; 4, 5, 6 October
    assert services.recount_due_days() == 0
    notices(0)
    clock(2023, 9, 28)
    assert services.recount_due_days() == 1
    after = selectors.case(paper())
    assert (after.due_on, after.provisional) == (date(2023, 10, 10), False)
    assert "重新计算了限办日期" in audit.history("test.paper", "1").lines[0].sentence
    assert services.recount_due_days() == 0
