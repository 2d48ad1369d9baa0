"""Reminders of what ends soon: made each night, closed once it is mended."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from youju.foundation.audit.services import record_many
from youju.foundation.kernel.context import reaching_all
from youju.foundation.policies import law_on
from youju.rules.law import whole
from youju.rules.trade.parties.lifecycle import LIVE
from youju.trade.parties import events
from youju.trade.parties.models import Paper, Party, Reminder

DAYS = "trade.parties.reminder_days"
_CHUNK = 2_000


@transaction.atomic
def remind(*, today: date) -> dict[str, int]:
    """Make a reminder for each filing and paper that ends within the days of the policy, or has ended; close the others.

    Only what is of a live filing. Repeating it the same day makes nothing twice. Returns how many were made and closed.
    """
    with reaching_all():
        closed = _moot().filter(closed_at=None).update(closed_at=timezone.now())
        until = today + timedelta(days=whole(law_on(today), DAYS))
        wanted = [*_filings(until), *_papers(until)]
        there = {
            _key(each): each
            for each in Reminder.objects.filter(due_on__lte=until).iterator(chunk_size=_CHUNK)
        }
        # Closed when its party was merged or cancelled, and wanted again since that was undone.
        again = [
            there[_key(each)].pk for each in wanted if _key(each) in there and there[_key(each)].closed_at
        ]
        Reminder.objects.filter(pk__in=again).update(closed_at=None)
        fresh = [each for each in wanted if _key(each) not in there]
        Reminder.objects.bulk_create(fresh, batch_size=_CHUNK)
        if fresh:
            record_many(
                events.REMINDED,
                [(events.party_subject(each.party), None, {"due_on": each.due_on}) for each in fresh],
            )
    return {"made": len(fresh), "closed": closed}


def refresh_reminders(party: Party) -> None:
    """Close those of a party that its change has mended; inside the change's transaction."""
    _moot().filter(party=party, closed_at=None).update(closed_at=timezone.now())


def _key(each: Reminder) -> tuple[int, str, int | None, date]:
    return each.party_id, each.kind, each.paper_id, each.due_on


def _moot() -> QuerySet[Reminder]:
    """Reminders of what has been mended: prolonged, replaced by a newer paper, or of a party that is no longer on file."""
    newer = Paper.objects.filter(
        Q(valid_to__gt=OuterRef("due_on")) | Q(valid_to=None),
        party=OuterRef("party"),
        kind=OuterRef("paper__kind"),
    )
    standing = Q(kind="filing", party__valid_to=F("due_on")) | Q(
        ~Exists(newer), kind="paper", paper__valid_to=F("due_on")
    )
    live = Q(party__state__in=LIVE, party__merged_into=None)
    return Reminder.objects.exclude(pk__in=Reminder.objects.filter(live, standing).values("pk"))


def _filings(until: date) -> list[Reminder]:
    rows = Party.objects.filter(state__in=LIVE, merged_into=None, valid_to__lte=until).only(
        "name", "valid_to"
    )
    return [
        Reminder(party=row, kind="filing", due_on=row.valid_to)
        for row in rows.order_by("valid_to", "pk")
        if row.valid_to
    ]


def _papers(until: date) -> list[Reminder]:
    """The papers that end; of several of one kind the one that is good longest counts, the others were replaced by it."""
    rows = (
        Paper.objects.filter(party__state__in=LIVE, party__merged_into=None, valid_to__lte=until)
        .select_related("party")
        .order_by("valid_to", "pk")
    )
    found = list(rows)
    newer = set(
        Paper.objects.filter(party__in={row.party_id for row in found})
        .filter(Q(valid_to__gt=until) | Q(valid_to=None))
        .values_list("party_id", "kind")
    )
    return [
        Reminder(party=row.party, kind="paper", paper=row, due_on=row.valid_to)
        for row in found
        if row.valid_to and (row.party_id, row.kind) not in newer
    ]
