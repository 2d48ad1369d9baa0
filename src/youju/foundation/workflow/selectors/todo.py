"""What waits for somebody: chosen, sorted and counted in the database, so that its cost does not grow with the cases.

Counts go up to a thousand; what is more than that is said to be more (``counted``)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.utils import timezone

from youju.foundation.kernel.subjects import Subject
from youju.foundation.policies import law_on
from youju.foundation.workflow import flows
from youju.foundation.workflow.calendars import fixed_holidays
from youju.foundation.workflow.models import Case
from youju.foundation.workflow.selectors.waiting import Statement, statement
from youju.foundation.workflow.standing_in import hats
from youju.rules.law import whole
from youju.rules.workflow import working_days_between

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

TODO_MOST = 200
COUNT_MOST = 1000
"""How far is counted; one more stands for "more than that"."""


@dataclass(frozen=True, slots=True)
class TodoItem:
    """A record that waits for somebody. ``days_left`` counts working days; negative when late, None without a
    deadline. ``late``: the day has passed, be it by days on which nobody works.
    """

    case_id: int
    subject: Subject
    title: str
    state_label: str
    url: str | None
    since: datetime
    due_on: date | None
    days_left: int | None
    soon: bool
    provisional: bool
    assigned: bool
    on_behalf_of: str
    late: bool
    today: bool

    @property
    def tone(self) -> str:
        """The tone of the badge: late, due soon, else plain."""
        return "error" if self.late else "warning" if self.soon else "plain"

    @property
    def when(self) -> str:
        """The time left, in words."""
        if self.due_on is None or self.days_left is None:
            return "不限期"
        if self.late:
            return f"已逾期 {-self.days_left} 个工作日" if self.days_left else "已逾期"
        return "今天到期" if self.today else f"还有 {self.days_left} 个工作日"


def todo(user: User, *, limit: int = TODO_MOST) -> list[TodoItem]:
    """What waits for the user: by own permissions, assigned, and of those for whom the user stands in; late ones first.

    Records whose every step is barred to the user (two-person control, an assignment to somebody else) are left out.
    Two queries, however many cases there are.
    """
    worn = hats(user)
    chosen = statement(worn, user.username, limit)
    if chosen is None:
        return []
    today, fixed = timezone.localdate(), fixed_holidays()
    soon = whole(law_on(today), "foundation.workflow.soon_days")
    left: dict[date | None, int | None] = {None: None}
    items = []
    for row in _cases(chosen, limit):
        due = row.due_on
        if due not in left and due is not None:
            left[due] = working_days_between(today, due, fixed)
        flow, late = flows.find(row.flow, row.flow_since), due is not None and due < today
        days = left[due]
        items.append(
            TodoItem(
                case_id=row.pk,
                subject=Subject(row.subject_kind, row.subject_key, row.label),
                title=flow.title if flow else row.flow,
                state_label=flow.state(row.state).label if flow else row.state,
                url=flows.page_of(row.flow, row.subject_key),
                since=row.entered_at,
                due_on=due,
                days_left=days,
                soon=days is not None and not late and days <= soon,
                provisional=row.due_provisional,
                assigned=bool(row.assigned_to),
                on_behalf_of=worn[row.hat].on_behalf_of_name,
                late=late,
                today=due == today,
            )
        )
    return items


def _cases(chosen: Statement, limit: int) -> Iterable[Any]:
    """The first cases of all walks, each with ``hat``."""
    found: Iterable[Any] = Case.objects.raw(
        f"SELECT * FROM ({chosen.sql}) found ORDER BY due_on, entered_at, id LIMIT %s",  # noqa: S608
        [*chosen.params, limit],
    )
    return found


def todo_count(user: User) -> int:
    """How many records wait for the user, as ``todo_counts`` counts. Two queries."""
    return todo_counts(user)[0]


def todo_late_count(user: User) -> int:
    """How many of them are late. Two queries."""
    return todo_counts(user)[1]


def todo_counts(user: User) -> tuple[int, int]:
    """How many records wait for the user, and how many of them are late; more than ``COUNT_MOST`` is ``COUNT_MOST + 1``, so that
    counting costs no more than the page. Two queries.
    """
    most = COUNT_MOST + 1
    chosen = statement(hats(user), user.username, most, days_alone=True)
    if chosen is None:
        return 0, 0
    with connection.cursor() as cursor:
        # The soonest due stand first in every walk, so each holds as many late ones as are told of.
        cursor.execute(
            f"SELECT count(*), count(*) FILTER (WHERE due_on < %s) FROM ({chosen.sql}) found",  # noqa: S608
            [timezone.localdate(), *chosen.params],
        )
        total, late = cursor.fetchone()
    return min(total, most), min(late, most)


def counted(number: int) -> str:
    """A count of ``todo_counts`` in words."""
    return f"{COUNT_MOST:,} 多" if number > COUNT_MOST else f"{number:,}"
