"""What waits for the staff: filings handed in, by when each is promised, and how many days that leaves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils import timezone

from youju.foundation.workflow import selectors as workflow
from youju.foundation.workflow.calendars import fixed_holidays
from youju.rules.trade.parties.lifecycle import PARTY_FLOW, PARTY_KIND, REVIEWING, SUBMITTED
from youju.rules.workflow import working_days_between
from youju.trade.parties.selectors.parties import role_words, section_words
from youju.trade.parties.selectors.reach import visible

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


@dataclass(frozen=True, slots=True)
class QueueRow:
    """A filing that waits. ``days_left`` in working days: negative once it is late."""

    id: int
    name: str
    roles: str
    sections: str
    state: str
    state_label: str
    channel: str
    submitted_at: datetime | None
    due_on: date | None
    days_left: int | None
    late: bool
    provisional: bool
    assigned: str


def queue(
    user: User, *, text: str = "", role: str = "", state: str = "", only: str = "", channel: str = ""
) -> list[QueueRow]:
    """The filings that wait for the user's sections, what is promised soonest first. Two queries.

    Args:
        user: who asks.
        text: words of the name or the credit code.
        role, state, channel: codes.
        only: ``late``, ``soon`` (today or the next working day), or empty.
    """
    rows = visible(user).filter(state__in=[SUBMITTED, REVIEWING])
    for word in text.replace("\0", "").split():
        rows = rows.filter(name__icontains=word) | rows.filter(credit_code__istartswith=word)
    if role:
        rows = rows.filter(roles__contains=[role])
    if state:
        rows = rows.filter(state=state)
    if channel:
        rows = rows.filter(channel=channel)
    parties = list(rows.only("name", "roles", "sections", "state", "channel", "submitted_at"))
    cases = workflow.states_of(PARTY_KIND, [str(party.pk) for party in parties])
    today, fixed = timezone.localdate(), fixed_holidays()
    days: dict[date, int] = {}
    found = []
    for party in parties:
        case = cases.get(str(party.pk))
        due = case.due_on if case else None
        if due is not None and due not in days:
            days[due] = working_days_between(today, due, fixed)
        left = None if due is None else days[due]
        late = due is not None and due < today
        if (only == "late" and not late) or (only == "soon" and (late or left is None or left > 1)):
            continue
        found.append(
            QueueRow(
                id=party.pk,
                name=party.name,
                roles=role_words(party.roles),
                sections=section_words(party.sections),
                state=party.state,
                state_label=PARTY_FLOW.state(party.state).label,
                channel=party.channel,
                submitted_at=party.submitted_at,
                due_on=due,
                days_left=left,
                late=late,
                provisional=bool(case and case.provisional),
                assigned=case.assigned_to if case else "",
            )
        )
    return sorted(found, key=lambda row: (row.due_on or date.max, row.id))


def queue_counts(rows: list[QueueRow]) -> dict[str, int]:
    """How many wait, how many of them are late or due today or tomorrow."""
    return {
        "all": len(rows),
        "late": sum(1 for row in rows if row.late),
        "soon": sum(1 for row in rows if not row.late and row.days_left is not None and row.days_left <= 1),
    }
