"""Tasks as a board by state, and as a month."""

from __future__ import annotations

import calendar
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db.models import Count, QuerySet
from django.utils import timezone

from youju.foundation.policies import law_on
from youju.office.tasks.models import Task
from youju.office.tasks.selectors.lists import STATES, TaskFilter, tasks
from youju.rules.law import names, whole
from youju.rules.office.tasks.lifecycle import CANCELLED, OPEN
from youju.rules.workflow import is_working_day

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

_WEEK = 7
_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Card:
    """A task on the board or in a day."""

    row: Task
    late: bool


@dataclass(frozen=True, slots=True)
class Column:
    """One state of the board: the first cards, and how many there are in all."""

    state: str
    label: str
    cards: tuple[Card, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Board:
    """The columns in the order of the flow."""

    columns: tuple[Column, ...]
    most: int


@dataclass(frozen=True, slots=True)
class Day:
    """A day of a month: its first tasks, how many there are in all, whether offices work, whether it is of the month."""

    day: date
    cards: tuple[Card, ...]
    total: int
    working: bool
    inside: bool
    today: bool


@dataclass(frozen=True, slots=True)
class Calendar:
    """A month of weeks that begin on Monday, with its neighbours."""

    first: date
    before: date
    after: date
    weeks: tuple[tuple[Day, ...], ...]
    total: int


def board(actor: User, wish: TaskFilter) -> Board:
    """The tasks by state, the soonest due first; what is over, the latest first. A query for each column, one for the counts."""
    most = whole(law_on(timezone.localdate()), "office.tasks.board_most")
    rows = tasks(actor, wish)
    counts = dict(rows.order_by().values_list("state").annotate(n=Count("pk")))
    columns = tuple(
        Column(
            code,
            label,
            _cards(rows.filter(state=code).order_by(*_order(code))[:most]) if counts.get(code) else (),
            counts.get(code, 0),
        )
        for code, label in STATES.items()
        if code != CANCELLED
    )
    return Board(columns, most)


def calendar_of(actor: User, month: date, wish: TaskFilter) -> Calendar:
    """The tasks of a month by their due day. Two queries."""
    first = month.replace(day=1)
    weeks = calendar.Calendar(firstweekday=0).monthdatescalendar(first.year, first.month)
    rows = tasks(actor, wish).filter(due_on__gte=weeks[0][0], due_on__lte=weeks[-1][-1])
    rows = rows.exclude(state=CANCELLED)
    counts = dict(rows.order_by().values_list("due_on").annotate(n=Count("pk")))
    by_day: dict[date, list[Card]] = defaultdict(list)
    for card in _cards(_few_a_day(rows)):
        by_day[card.row.due_on].append(card)
    today = timezone.localdate()
    fixed = frozenset(names(law_on(today), "foundation.workflow.fixed_holidays"))
    return Calendar(
        first,
        (first - timedelta(days=1)).replace(day=1),
        (first + timedelta(days=31)).replace(day=1),
        tuple(
            tuple(
                Day(
                    day,
                    tuple(by_day[day]),
                    counts.get(day, 0),
                    is_working_day(day, fixed),
                    day.month == first.month,
                    day == today,
                )
                for day in week
            )
            for week in weeks
        ),
        sum(count for day, count in counts.items() if day.month == first.month),
    )


def _few_a_day(rows: QuerySet[Task]) -> QuerySet[Task]:
    """The first few of each day, so that a full month costs no more than an empty one."""
    from django.db.models import F, Window
    from django.db.models.functions import RowNumber

    placed = rows.annotate(
        place=Window(RowNumber(), partition_by=[F("due_on")], order_by=[F("state").desc(), F("pk").asc()])
    )
    return placed.filter(place__lte=_SHOWN).order_by("due_on", "pk")


def _order(state: str) -> Sequence[str]:
    return ("due_on", "pk") if state in (*OPEN, "done") else ("-due_on", "-pk")


def _cards(rows: QuerySet[Task]) -> tuple[Card, ...]:
    today = timezone.localdate()
    return tuple(Card(row, row.state in OPEN and row.due_on < today) for row in rows)
