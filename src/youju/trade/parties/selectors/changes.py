"""Change requests as pages show them: before and after in plain words, identifiers masked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from youju.foundation.identity.permissions import allowed
from youju.foundation.kernel.context import current
from youju.foundation.kernel.errors import InputError
from youju.foundation.policies import law_on
from youju.foundation.workflow import selectors as workflow
from youju.rules.findings import Finding
from youju.rules.trade.parties.changes import FIELDS, IDENTIFIERS, LABELS, ChangeFacts, judge, renewal_opens
from youju.rules.trade.parties.lifecycle import LIVE, SUBMITTED
from youju.trade.parties import events, permissions
from youju.trade.parties.file_facts import plain_fields, worded
from youju.trade.parties.models import ChangeRequest, Party

if TYPE_CHECKING:
    from datetime import date

    from youju.foundation.identity.models import User


@dataclass(frozen=True, slots=True)
class ChangedCell:
    """One changed field, in words."""

    name: str
    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """A request with what it changes, for a history."""

    change: ChangeRequest
    cells: tuple[ChangedCell, ...]


@dataclass(frozen=True, slots=True)
class ChangePage:
    """A request, what it changes, where it stands, what the user may do, and what stands against granting it."""

    change: ChangeRequest
    cells: tuple[ChangedCell, ...]
    case: workflow.CaseView | None
    milestones: tuple[workflow.Milestone, ...]
    log: tuple[workflow.StepView, ...]
    options: tuple[workflow.Available, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class ChangeStart:
    """What the form of a change begins with: values and masked identifiers as they are now."""

    party: Party
    values: Mapping[str, Any]
    numbers: Mapping[str, str]
    open_change: ChangeRequest | None
    renewal_opens: date | None
    open_renewal: ChangeRequest | None


def change_rows(
    *, state: str = "", kind: str = "", text: str = "", party: int | None = None
) -> QuerySet[ChangeRequest]:
    """The requests that the reader reaches, for a list; newest first."""
    rows = ChangeRequest.objects.select_related("party")
    if state:
        rows = rows.filter(state=state)
    if kind:
        rows = rows.filter(kind=kind)
    if party is not None:
        rows = rows.filter(party=party)
    for word in text.replace("\0", "").split():
        rows = rows.filter(Q(party__name__icontains=word) | Q(party__number__icontains=word))
    return rows


def change_page(change_id: int, user: User) -> ChangePage:
    """One request.

    Raises:
        InputError: there is none that the user may read (404).
    """
    change = change_rows().filter(pk=change_id).first() if permissions.sees_files(user) else None
    if change is None:
        raise InputError("没有这件变更申请，或不由您办理", how="请从变更申请列表重新选择", status=404)
    subject = events.change_subject(change)
    against = (
        against_granting(change, user)
        if change.state == SUBMITTED and allowed(user, permissions.REVIEW)
        else ()
    )
    return ChangePage(
        change,
        cells(change),
        workflow.case(subject),
        workflow.milestones(subject),
        workflow.log_of(subject),
        workflow.available(subject, user),
        against,
    )


def against_granting(change: ChangeRequest, user: User) -> tuple[Finding, ...]:
    """What the rules would say if the user granted it now."""
    today = timezone.localdate()
    party = change.party
    facts = ChangeFacts(
        day=today,
        kind=change.kind,
        deciding=True,
        state=party.state,
        merged=party.merged_into_id is not None,
        valid_to=party.valid_to,
        fields=tuple(change.after) if change.kind == "change" else (),
        revision=party.revision,
        asked_revision=change.party_revision,
        requester=change.requested_by,
        decider=user.username,
    )
    return judge(facts, law_on(today))


def change_start(party_id: int) -> ChangeStart:
    """What a change of a party would start from. Four queries.

    Raises:
        InputError: there is no such party that the reader handles (404).
    """
    party = handled_party(party_id)
    held = {f"{each.kind}.{each.holder}": each.masked for each in party.identifiers.all()}
    waiting = {each.kind: each for each in change_rows(state=SUBMITTED, party=party.pk)}
    opens = renewal_opens(party.valid_to, law_on(timezone.localdate())) if party.valid_to else None
    return ChangeStart(
        party,
        plain_fields(party),
        {name: held.get(name, "") for name in IDENTIFIERS},
        waiting.get("change"),
        opens,
        waiting.get("renewal"),
    )


def handled_party(party_id: int) -> Party:
    """A party whose file the reader handles: of its own organisation or section. An agent sees a principal, not its file.

    Raises:
        InputError: there is none (404).
    """
    party = Party.objects.select_related("merged_into", "organisation").filter(pk=party_id).first()
    if party is None or not handles(party):
        raise InputError("没有这个主体，或不由您办理", how="请从主体列表重新选择", status=404)
    return party


def handles(party: Party) -> bool:
    """What row-level security says of the party's file, for a row that was read already."""
    reach, _, scope = current().reads.partition(":")
    if reach == "own":
        return str(party.organisation_id) == scope
    mine = set(scope.split(",")) & set(party.sections)
    return reach == "all" or (reach == "sections" and (not party.sections or bool(mine)))


def history_of(party_id: int) -> list[ChangeLine]:
    """Every request of a party, newest first, with what it changed. One query."""
    return [ChangeLine(each, cells(each)) for each in change_rows(party=party_id)]


def cells(change: ChangeRequest) -> tuple[ChangedCell, ...]:
    """What a request changes, in the order of the filing."""
    order = [*FIELDS, *IDENTIFIERS, "valid_to"]
    names = sorted(change.after, key=lambda name: order.index(name) if name in order else len(order))
    return tuple(
        ChangedCell(
            name,
            LABELS.get(name, name),
            worded(name, change.before.get(name)),
            worded(name, change.after.get(name)),
        )
        for name in names
    )


def may_change(party: Party) -> bool:
    """Whether changes of the party can be asked at all."""
    return party.state in LIVE and party.merged_into_id is None
