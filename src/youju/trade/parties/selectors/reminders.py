"""What ends soon or has ended, for the party and for its section."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet
from django.utils import timezone

from youju.foundation.policies import law_on
from youju.rules.law import table
from youju.trade.parties import permissions
from youju.trade.parties.models import Reminder

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


@dataclass(frozen=True, slots=True)
class Waiting:
    """The most urgent reminders of a user (party, words), how many there are in all, how many of them have ended."""

    first: tuple[tuple[str, str], ...]
    total: int
    ended: int


def reminder_rows(*, only: str = "", kind: str = "", text: str = "") -> QuerySet[Reminder]:
    """Open reminders that the reader reaches. ``only``: ``ended`` or ``soon``; ``kind``: ``filing`` or ``paper``."""
    rows = Reminder.objects.filter(closed_at=None).select_related("party", "paper")
    today = timezone.localdate()
    if only == "ended":
        rows = rows.filter(due_on__lt=today)
    elif only == "soon":
        rows = rows.filter(due_on__gte=today)
    if kind:
        rows = rows.filter(kind=kind)
    for word in text.replace("\0", "").split():
        rows = rows.filter(Q(party__name__icontains=word) | Q(party__number__icontains=word))
    return rows


def reminders_for(user: User, *, limit: int = 5) -> Waiting:
    """What the home page reminds of: a party's own, or those of a section. Two queries, none for who reads no files."""
    if not permissions.sees_files(user):
        return Waiting((), 0, 0)
    today = timezone.localdate()
    dates = list(reminder_rows().values_list("due_on", flat=True)) if limit else []
    rows = reminder_rows()[:limit] if dates else ()
    first = tuple((row.party.name, reminder_words(row, today)) for row in rows)
    return Waiting(first, len(dates), sum(day < today for day in dates))


def paper_label(reminder: Reminder, today: date) -> str:
    """What the paper of a reminder is called; empty for one of a filing."""
    kind = reminder.paper.kind if reminder.paper else ""
    return str(table(law_on(today), "trade.parties.paper_kinds").get(kind, kind))


def reminder_words(reminder: Reminder, today: date) -> str:
    """What a reminder says."""
    what = f"“{paper_label(reminder, today)}”" if reminder.paper else "备案"
    days = (reminder.due_on - today).days
    if days < 0:
        return f"{what}已于 {reminder.due_on} 到期"
    return f"{what}今天到期" if days == 0 else f"{what}还有 {days} 天到期（{reminder.due_on}）"
