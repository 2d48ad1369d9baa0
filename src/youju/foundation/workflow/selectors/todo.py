"""What waits for somebody: chosen, sorted and counted in the database, so that its cost does not grow with the cases."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db.models import Case as Choice
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Value, When
from django.utils import timezone

from youju.foundation.kernel.subjects import Subject
from youju.foundation.policies import law_on
from youju.foundation.workflow import flows
from youju.foundation.workflow.calendars import fixed_holidays
from youju.foundation.workflow.models import Case, Step
from youju.foundation.workflow.selectors.reach import seen as seen_cases
from youju.foundation.workflow.selectors.views import view
from youju.foundation.workflow.standing_in import Hat, hats
from youju.rules.law import whole
from youju.rules.workflow import working_days_between

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

TODO_MOST = 200


@dataclass(frozen=True, slots=True)
class TodoItem:
    """A record that waits for somebody. ``days_left`` counts working days; negative when late, None without a deadline."""

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

    @property
    def late(self) -> bool:
        """Whether the day has passed, be it by days on which nobody works."""
        return self.due_on is not None and self.due_on < timezone.localdate()

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
        return "今天到期" if self.due_on == timezone.localdate() else f"还有 {self.days_left} 个工作日"


def todo(user: User, *, limit: int = TODO_MOST) -> list[TodoItem]:
    """What waits for the user: by own permissions, assigned, and of those for whom the user stands in; late ones first.

    Records whose every step is barred to the user (two-person control, an assignment to somebody else) are left out.
    Two queries, however many cases there are.
    """
    worn = hats(user)
    claims = [_claim(hat, user) for hat in worn]
    rows = _waiting(worn, claims, user).annotate(
        hat=Choice(*(When(claim, then=Value(place)) for place, claim in enumerate(claims)), default=Value(0))
    )
    today, fixed = timezone.localdate(), fixed_holidays()
    soon = whole(law_on(today), "foundation.workflow.soon_days")
    items = []
    for row in rows.order_by("due_on", "entered_at", "pk")[:limit]:
        seen = view(row)
        left = None if row.due_on is None else working_days_between(today, row.due_on, fixed)
        items.append(
            TodoItem(
                case_id=row.pk,
                subject=seen.subject,
                title=seen.flow_title,
                state_label=seen.state_label,
                url=seen.url,
                since=row.entered_at,
                due_on=row.due_on,
                days_left=left,
                soon=left is not None and not seen.late and left <= soon,
                provisional=row.due_provisional,
                assigned=bool(row.assigned_to),
                on_behalf_of=worn[row.hat].on_behalf_of_name,
            )
        )
    return items


def todo_count(user: User) -> int:
    """How many records wait for the user. Two queries."""
    return todo_counts(user)[0]


def todo_late_count(user: User) -> int:
    """How many of them are late. Two queries."""
    return todo_counts(user)[1]


def todo_counts(user: User) -> tuple[int, int]:
    """How many records wait for the user, and how many of them are late. Two queries."""
    worn = hats(user)
    rows = _waiting(worn, [_claim(hat, user) for hat in worn], user)
    late = Count("pk", filter=Q(due_on__lt=timezone.localdate()))
    found = rows.order_by().aggregate(total=Count("pk"), late=late)
    return found["total"], found["late"]


def _waiting(worn: Iterable[Hat], claims: Iterable[Q], user: User) -> QuerySet[Case]:
    # The held permissions and the assigned say no more than the claims do, but there is an index for them.
    mine = sorted({"", user.username, *(hat.on_behalf_of for hat in worn)})
    held = {permission.value for hat in worn for permission in hat.permissions}
    wanted = Q(pk__in=[])
    for claim in claims:
        wanted |= claim
    return seen_cases(
        Case.objects.filter(wanted, finished_at__isnull=True, waiting_for__in=held, assigned_to__in=mine)
    )


def _claim(hat: Hat, user: User) -> Q:
    """What the user may take a step ahead with under the hat: what ``choosing.choose_hat`` says, for the database."""
    people = [name for name in (user.username, hat.on_behalf_of) if name]
    alike: dict[tuple[frozenset[str], str, bool], Q] = defaultdict(lambda: Q(pk__in=[]))
    for flow in flows.versions():
        for state in flow.states:
            if not state.permission or state.permission not in hat.permissions:
                continue
            for step in flow.ahead(state):
                alike[frozenset(step.not_by), step.own, flow.within] |= Q(
                    flow=flow.code, flow_since=flow.since, state=state.code
                )
    taken = Q(by__in=people) | Q(on_behalf_of__in=people)
    found = Q(pk__in=[])
    for (not_by, own, within), where in alike.items():
        claim = where
        if within:
            claim &= Q(organisation__in=["", hat.organisation])
        if not_by:
            barring = Step.objects.filter(
                taken, case=OuterRef("pk"), round=OuterRef("round"), transition__in=sorted(not_by)
            )
            claim &= Q(~Exists(barring))
        if own:
            later = Step.objects.filter(case=OuterRef("case"), transition=own, number__gt=OuterRef("number"))
            last = Step.objects.filter(taken, ~Exists(later), case=OuterRef("pk"), transition=own)
            claim &= Q(Exists(last))
        found |= claim
    if not alike:
        return found
    here = Q(waits_at=[]) | Q(waits_at__contains=[hat.organisation])
    return found & here & Q(assigned_to__in=["", *people])
