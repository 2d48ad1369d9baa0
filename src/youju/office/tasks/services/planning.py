"""Planning tasks: once, or again and again until a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from youju.foundation.audit.services import record_many
from youju.foundation.identity.limits import sections
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.foundation.policies import law_on
from youju.foundation.workflow.services import start_many
from youju.office.tasks import events, permissions
from youju.office.tasks.models import Plan, Task
from youju.office.tasks.services.numbering import next_numbers
from youju.office.tasks.services.people import acceptor, doer
from youju.office.tasks.services.refusing import checked
from youju.rules.findings import Finding
from youju.rules.law import names, whole
from youju.rules.office.tasks.facts import TaskFacts
from youju.rules.office.tasks.kinds import EVERY_NAMES, FROM_OUTSIDE, KIND_NAMES, Every
from youju.rules.office.tasks.lifecycle import TASK_FLOW
from youju.rules.office.tasks.repeating import due_days

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

_SPAN = timedelta(days=366 * 3)
_EARLIEST, _FURTHEST = date(2000, 1, 1), timedelta(days=3660)


@dataclass(frozen=True, slots=True)
class Repeat:
    """How often a task comes again, and the last day that a due day may be."""

    every: Every = Every.ONCE
    until: date | None = None


@dataclass(frozen=True, slots=True)
class TaskWish:
    """A task as it is asked for. People by username, empty: nobody named; days both included."""

    kind: str
    title: str
    due_on: date
    starts_on: date | None = None
    details: str = ""
    tags: tuple[str, ...] = ()
    project: str = ""
    section: str = ""
    person: str = ""
    acceptor: str = ""
    repeat: Repeat = field(default_factory=Repeat)


@dataclass(frozen=True, slots=True)
class Planned:
    """The tasks that were made, in order, and what the rules said besides."""

    tasks: Sequence[Task]
    findings: Sequence[Finding]


@transaction.atomic
def plan_tasks(*, actor: User, wish: TaskWish) -> Planned:
    """Plan a task, or several where it repeats: each is due on its own day and waits for its doer.

    Raises:
        PermissionDenied: the actor plans no tasks.
        InputError: an unknown kind, section or person.
        TaskRefusedError: what the rules found.
    """
    require(actor, permissions.PLAN)
    if wish.kind not in KIND_NAMES or wish.kind in FROM_OUTSIDE:
        raise InputError("没有这个任务类别", where="类别", how="请从列表里选择")
    known(wish)
    days = days_of(wish)
    findings = checked(facts_of_wish(wish, len(days), actor), timezone.localdate())
    plan = None
    if wish.repeat.every is not Every.ONCE:
        plan = plan_of(actor, wish)
        plan.save(force_insert=True)
    return Planned(write_tasks(actor=actor, wishes=[(wish, days, plan)]), findings)


def plan_of(actor: User, wish: TaskWish) -> Plan:
    """What makes the tasks of a wish that repeats, not yet saved."""
    until = wish.repeat.until or wish.due_on
    return Plan(
        title=wish.title,
        every=wish.repeat.every.value,
        first_due=wish.due_on,
        until=until,
        created_by=actor.username,
    )


def days_of(wish: TaskWish) -> tuple[date, ...]:
    """The due days that a wish asks for.

    Raises:
        InputError: it repeats without an end, for years on end, or ends before it begins.
    """
    every, until = wish.repeat.every, wish.repeat.until
    if every is Every.ONCE:
        return (wish.due_on,)
    if until is None or until < wish.due_on:
        raise InputError("重复的任务要写排到哪一天", where="排到哪一天", how="不早于第一次的期限")
    if until - wish.due_on > _SPAN:
        raise InputError("排得太远", where="排到哪一天", how="请先排三年以内的")
    fixed = frozenset(names(law_on(timezone.localdate()), "foundation.workflow.fixed_holidays"))
    # A little more than the rule lets through is enough for it to speak.
    most = whole(law_on(timezone.localdate()), "office.tasks.most_repeats")
    return due_days(wish.due_on, every, until, fixed)[: most + 1]


def facts_of_wish(wish: TaskWish, repeats: int, actor: User) -> TaskFacts:
    """A wish as the rules look at it."""
    return TaskFacts(
        moment="plan",
        day=timezone.localdate(),
        kind=wish.kind,
        title=wish.title,
        starts_on=wish.starts_on or min(wish.due_on, timezone.localdate()),
        due_on=wish.due_on,
        person=wish.person,
        acceptor=wish.acceptor,
        actor=actor.username,
        repeats=repeats,
    )


def write_tasks(
    *, actor: User, wishes: Sequence[tuple[TaskWish, Sequence[date], Plan | None]], batch: str = ""
) -> list[Task]:
    """Write checked wishes with their due days, their cases and entries of the trail, in a handful of statements.

    Raises:
        InputError: an unknown section or person.
    """
    people = {name: doer(name) for name in {wish.person for wish, _, _ in wishes}}
    accepting = {name: acceptor(name) for name in {wish.acceptor for wish, _, _ in wishes}}
    rows: list[Task] = []
    for wish, days, plan in wishes:
        known(wish)
        rows += [
            _row(
                replace(wish, due_on=day),
                day,
                plan,
                batch,
                actor,
                (people[wish.person], accepting[wish.acceptor]),
            )
            for day in days
        ]
    _number(rows)
    made = Task.objects.bulk_create(rows, batch_size=1_000)
    subjects = [events.subject_of(row) for row in made]
    start_many(
        flow=TASK_FLOW,
        subjects=subjects,
        actor=actor,
        organisations={str(row.pk): actor.organisation.code for row in made},
        due={str(row.pk): row.due_on for row in made},
        assigned={str(row.pk): user for row in made if (user := people[row.person]) is not None},
    )
    record_many(
        events.PLANNED,
        [(subject, None, told(row)) for subject, row in zip(subjects, made, strict=True)],
    )
    return made


def known(wish: TaskWish) -> None:
    """Check what is neither rule nor person.

    Raises:
        InputError: no title, an unknown section or repeat, or a tag that cannot be kept.
    """
    if not wish.title.strip():
        raise InputError("没有写事项", where="事项", how="请写一句话")
    today = timezone.localdate()
    # Days are counted one by one up to a limit: none lies so far ahead that counting takes long.
    if not _EARLIEST <= wish.due_on <= today + _FURTHEST:
        raise InputError("期限太早或太远", where="期限", how=f"应在 {_EARLIEST} 至十年以内")
    if wish.section and wish.section not in sections():
        raise InputError("没有这个科室", where="科室", how="请从列表里选择")
    if wish.repeat.every.value not in EVERY_NAMES:
        raise InputError("没有这个周期", where="周期", how="请从列表里选择")
    for tag in wish.tags:
        if not tag.strip() or len(tag) > 20 or "|" in tag:
            raise InputError(f"标签“{tag[:30]}”不能用", where="标签", how="至多 20 个字，不含竖线")


def told(row: Task) -> dict[str, Any]:
    """A task for the trail."""
    names_ = (
        "number", "kind", "title", "details", "tags", "project", "section", "person", "acceptor", "starts_on", "due_on",
    )  # fmt: skip
    return {name: value for name in names_ if (value := getattr(row, name)) not in ("", [], None)}


def _row(  # noqa: PLR0917 - one task of a wish
    wish: TaskWish,
    day: date,
    plan: Plan | None,
    batch: str,
    actor: User,
    people: tuple[User | None, User | None],
) -> Task:
    today = timezone.localdate()
    starts = wish.starts_on or min(day, today)
    if plan is not None:
        starts = max(min(starts, day), day.replace(day=1)) if wish.starts_on else day.replace(day=1)
    person, accepts = people
    return Task(
        kind=wish.kind,
        title=wish.title,
        details=wish.details,
        tags=list(dict.fromkeys(tag.strip() for tag in wish.tags)),
        project=wish.project,
        section=wish.section,
        person=wish.person,
        person_name=person.display_name if person else "",
        acceptor=wish.acceptor,
        acceptor_name=accepts.display_name if accepts else "",
        received_on=today,
        starts_on=min(starts, day),
        due_on=day,
        plan=plan,
        batch=batch,
        created_by=actor.username,
    )


def _number(rows: Sequence[Task]) -> None:
    """Number each by its kind and the year of its day."""
    for key in sorted({(row.kind, row.due_on.year) for row in rows}):
        alike = [row for row in rows if (row.kind, row.due_on.year) == key]
        for row, number in zip(alike, next_numbers(*key, len(alike)), strict=True):
            row.number = number
