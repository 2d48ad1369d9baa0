"""What the page of a party shows of changes, reminders, stalls, duplicates and merges: for ``parties/_party_changes.html``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone

from youju.foundation.identity.permissions import allowed
from youju.foundation.policies import law_on
from youju.rules.trade.parties.changes import renewal_opens
from youju.rules.trade.parties.lifecycle import APPROVED, CANCELLED, LIVE, PARTY_FLOW, SUBMITTED
from youju.trade.parties import permissions
from youju.trade.parties.file_facts import acting_facts
from youju.trade.parties.models import Merge, Party, Tenancy
from youju.trade.parties.selectors.changes import ChangeLine, handles, history_of
from youju.trade.parties.selectors.duplicates import Hints, duplicate_hints
from youju.trade.parties.selectors.may_act import Standing, judged
from youju.trade.parties.selectors.reminders import reminder_rows, reminder_words
from youju.trade.parties.selectors.stalls import stalls_of

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


@dataclass(frozen=True, slots=True)
class PartyChanges:
    """A section of a party's page. ``steps``: (code, word) of what the user may do with its standing."""

    party: Party
    standing: Standing
    history: tuple[ChangeLine, ...]
    reminders: tuple[str, ...]
    stalls: tuple[Tenancy, ...]
    merges: tuple[Merge, ...]
    hints: Hints | None
    steps: tuple[tuple[str, str], ...]
    may_change: bool
    may_renew: bool
    may_merge: bool


def party_changes(party: Party, user: User) -> PartyChanges:
    """What belongs on the page of a party that the user may see. At most ten queries.

    An agent sees its principal's name and standing; files, requests and reminders are empty for it.
    """
    today = timezone.localdate()
    mine = handles(party)
    history = tuple(history_of(party.pk)) if mine else ()
    waiting = {line.change.kind for line in history if line.change.state == SUBMITTED}
    live = party.merged_into_id is None and party.state in LIVE
    files = mine and allowed(user, permissions.FILE)
    merges = allowed(user, permissions.MERGE)
    opens = renewal_opens(party.valid_to, law_on(today)) if party.valid_to else None
    suspends = allowed(user, permissions.SUSPEND) and party.merged_into_id is None
    return PartyChanges(
        party=party,
        standing=judged(acting_facts(party, today)),
        history=history,
        reminders=tuple(reminder_words(row, today) for row in reminder_rows().filter(party=party))
        if mine
        else (),
        stalls=tuple(stalls_of(party.pk)),
        merges=tuple(
            Merge.objects.filter(Q(kept=party) | Q(merged=party), undone_at=None).select_related(
                "kept", "merged"
            )
        )
        if merges
        else (),
        hints=duplicate_hints(party.pk)
        if merges and mine and party.state != CANCELLED and party.merged_into_id is None
        else None,
        steps=tuple(
            (each.code, each.label)
            for each in PARTY_FLOW.leaving(party.state)
            if each.permission == permissions.SUSPEND.value
        )
        if suspends and mine
        else (),
        may_change=files and live and "change" not in waiting,
        may_renew=files
        and live
        and party.state == APPROVED
        and opens is not None
        and today >= opens
        and "renewal" not in waiting,
        may_merge=merges and mine and live,
    )
