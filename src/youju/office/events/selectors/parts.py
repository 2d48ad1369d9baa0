"""One sign-up, order, firm or application as its page shows it to the centre."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from youju.foundation.files.selectors import Attached, attachments
from youju.foundation.identity.permissions import allowed
from youju.foundation.workflow import selectors as workflow
from youju.office.events import events, permissions
from youju.office.events.models import Application, Deal, Prospect, Signup
from youju.office.events.selectors.lists import application_of, deal_of, prospect_of, signup_of
from youju.rules.office.events.lifecycle import (
    AEO_NEXT,
    AEO_STAGES,
    OPEN,
    PROSPECT_NEXT,
    PROSPECT_STAGES,
    UNDER_WAY,
)

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

Steps = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class SignupPage:
    """A sign-up: its way, what may be done, the orders of the firm."""

    row: Signup
    log: tuple[workflow.StepView, ...]
    options: tuple[workflow.Available, ...]
    deals: tuple[Deal, ...]
    may_edit: bool
    may_unmask: bool
    may_declare: bool


@dataclass(frozen=True, slots=True)
class DealPage:
    """An order won with what proves it."""

    row: Deal
    files: tuple[Attached, ...]
    may_decide: bool
    may_file: bool


@dataclass(frozen=True, slots=True)
class ProspectPage:
    """A firm that is to be won; ``days``: of the stages it came through; ``next``: where it may go."""

    row: Prospect
    days: Steps
    next: Steps
    may_edit: bool
    may_unmask: bool


@dataclass(frozen=True, slots=True)
class ApplicationPage:
    """An AEO application; as :class:`ProspectPage`, with its files."""

    row: Application
    days: Steps
    next: Steps
    files: tuple[Attached, ...]
    may_edit: bool


def signup_page(actor: User, signup_id: int) -> SignupPage:
    """One sign-up. Half a dozen queries.

    Raises:
        InputError: there is none that the actor may see (404).
    """
    row = signup_of(actor, signup_id)
    subject = events.signup_subject(row, row.event.name)
    edits = allowed(actor, permissions.EDIT) and row.event.state in OPEN
    # Taking a sign-up back is the enterprise's own deed; it has a page of its own.
    options = tuple(each for each in workflow.available(subject, actor) if each.code != "withdraw")
    return SignupPage(
        row=row,
        log=workflow.log_of(subject),
        options=options if row.event.state in OPEN else (),
        deals=tuple(row.deals.all()),
        may_edit=edits,
        may_unmask=bool(row.contact) and allowed(actor, permissions.UNMASK),
        may_declare=edits and row.event.state == UNDER_WAY and row.state == "approved",
    )


def deal_page(actor: User, deal_id: int) -> DealPage:
    """One order won. Two queries.

    Raises:
        InputError: there is none that the actor may see (404).
    """
    row = deal_of(actor, deal_id)
    waits = row.state == "declared" and row.event.state == UNDER_WAY
    edits = allowed(actor, permissions.EDIT)
    return DealPage(
        row=row,
        files=tuple(attachments(events.deal_subject(row, row.signup.firm))),
        may_decide=waits and edits and row.declared_by != actor.username,
        may_file=waits,
    )


def prospect_page(actor: User, prospect_id: int) -> ProspectPage:
    """One firm that is to be won. One query.

    Raises:
        PermissionDenied: the actor sees no events.
        InputError: there is none (404).
    """
    row = prospect_of(actor, prospect_id)
    return ProspectPage(
        row=row,
        days=_days(row, PROSPECT_STAGES),
        next=tuple((code, PROSPECT_STAGES[code]) for code in PROSPECT_NEXT[row.stage]),
        may_edit=allowed(actor, permissions.EDIT) and row.event.state in OPEN,
        may_unmask=bool(row.contact) and allowed(actor, permissions.UNMASK),
    )


def application_page(actor: User, application_id: int) -> ApplicationPage:
    """One AEO application. Two queries.

    Raises:
        PermissionDenied: the actor sees no events.
        InputError: there is none (404).
    """
    row = application_of(actor, application_id)
    return ApplicationPage(
        row=row,
        days=_days(row, AEO_STAGES),
        next=tuple((code, AEO_STAGES[code]) for code in AEO_NEXT[row.stage]),
        files=tuple(attachments(events.application_subject(row))),
        may_edit=allowed(actor, permissions.EDIT) and row.event.state in OPEN,
    )


def _days(row: Prospect | Application, stages: dict[str, str]) -> Steps:
    days = [(label, getattr(row, f"{code}_on")) for code, label in stages.items()]
    return tuple(
        (label, day.isoformat())
        for label, day in sorted((pair for pair in days if pair[1]), key=lambda pair: pair[1])
    )
