"""What this room tells of the conduct of parties: filings approved, sent back, suspended; filings and papers that ran out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import F, Q
from django.utils import timezone

from youju.foundation.kernel.conduct import ConductRecord
from youju.foundation.workflow.selectors import steps_between
from youju.rules.trade.parties.lifecycle import PARTY_KIND
from youju.trade.parties import addresses
from youju.trade.parties.models import Reminder

_STEPS = {"approve": "filing.approved", "return": "filing.returned", "suspend": "filing.suspended"}
_ENDED = {"filing": "filing.lapsed", "paper": "filing.paper_lapsed"}
KINDS = frozenset((*_STEPS.values(), *_ENDED.values()))


def conduct(parties: frozenset[int] | None, since: date, until: date) -> Iterator[ConductRecord]:
    """Two queries, whatever the number of parties.

    Of steps the log tells, which never changes. What ran out is told by its reminder: one that was not closed by its day, from
    the day after on (or from when it was made, where that was later), however soon it was mended then.
    """
    for step in steps_between(PARTY_KIND, _STEPS, since, until):
        party = int(step.key)
        if parties is None or party in parties:
            kind = _STEPS[step.transition]
            yield ConductRecord(
                party, step.day, kind, str(step.id), step.label, addresses.party(step.key) or "",
                outcome=step.reason if kind != "filing.approved" else "",
            )  # fmt: skip
    rows = Reminder.objects.filter(due_on__gte=since - timedelta(days=1), due_on__lt=until).filter(
        Q(closed_at=None) | Q(closed_at__date__gt=F("due_on"))
    )
    if parties is not None:
        rows = rows.filter(party_id__in=parties)
    named = ("pk", "party_id", "kind", "due_on", "made_at", "paper__number")
    for pk, party, kind, due, made, number in rows.order_by("due_on", "pk").values_list(*named):
        day = max(due + timedelta(days=1), timezone.localdate(made))
        yield ConductRecord(
            party, day, _ENDED[kind], str(pk), number or "", addresses.party(str(party)) or "", outcome=f"{due} 到期"
        )  # fmt: skip
