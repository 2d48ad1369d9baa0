"""Agency agreements as lists and pages show them: the actor's own, those of the section, or all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db.models import Case, Q, QuerySet, When
from django.utils import timezone

from youju.foundation.documents.selectors import DocumentView, documents
from youju.foundation.identity.reaching import reads_of
from youju.foundation.kernel.errors import InputError
from youju.foundation.policies import law_on
from youju.foundation.workflow import selectors as workflow
from youju.rules.law import whole
from youju.rules.trade.parties.agreement_facts import (
    AGENT,
    PRINCIPAL,
    SIDE_NAMES,
    SIDES,
    AgreementFacts,
    Side,
    Term,
    Terms,
    terms_of,
)
from youju.rules.trade.parties.lifecycle import AGREEMENT_FLOW, DRAFT, IN_FORCE, SIGNING
from youju.trade.parties import events
from youju.trade.parties.models import Agreement, Party, Signature
from youju.trade.parties.selectors.directory import Entry

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

REMIND = "trade.parties.agreement_remind_days"
STATES = [(state.code, state.label) for state in AGREEMENT_FLOW.states]


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that the actor may do with an agreement now; ``reason_required``: in words."""

    code: str
    label: str
    reason_required: bool = False


@dataclass(frozen=True, slots=True)
class AgreementPage:
    """One agreement. ``side``: the actor's, empty for whoever only looks; ``days_left``: to the end, while in force."""

    agreement: Agreement
    terms: Terms
    side: Side | None
    lines: tuple[str, ...]
    signatures: tuple[Signature, ...]
    voided: tuple[Signature, ...]
    deeds: tuple[Deed, ...]
    may_sign: bool
    unsigned: tuple[str, ...]
    documents: tuple[DocumentView, ...]
    days_left: int | None
    ending_soon: bool
    case: workflow.CaseView | None
    milestones: tuple[workflow.Milestone, ...]
    log: tuple[workflow.StepView, ...]

    @property
    def state_label(self) -> str:
        """Where it stands, in words."""
        return state_label(self.agreement)

    @property
    def being_made(self) -> bool:
        """Whether a file of it is being made."""
        return any(each.state == "asked" for each in self.documents)

    @property
    def drafting(self) -> bool:
        """Whether it is a draft, of which there is no paper yet."""
        return self.agreement.state == DRAFT


def state_label(row: Agreement) -> str:
    """The state in words."""
    return AGREEMENT_FLOW.state(row.state).label


def visible(actor: User) -> QuerySet[Agreement]:
    """The agreements that the actor may see: all, those of the sections, or those of the own organisation.

    The first wall; row-level security is the second. A draft is seen by the side that drafts it, not by the other one.
    """
    reach = reads_of(actor)
    rows = Agreement.objects.all()
    if reach == "all":
        return rows
    if reach.startswith("sections:"):
        mine = Party.objects.filter(Q(sections__overlap=actor.sections) | Q(sections=[])).values("pk")
        return rows.filter(Q(principal_id__in=mine) | Q(agent_id__in=mine))
    mine = Party.objects.filter(organisation_id=actor.organisation_id).values("pk")
    as_principal, as_agent = Q(principal_id__in=mine), Q(agent_id__in=mine)
    drafting = Q(drafted_by_side=PRINCIPAL) & as_principal | Q(drafted_by_side=AGENT) & as_agent
    return rows.filter(as_principal | as_agent).filter(~Q(state=DRAFT) | drafting)


def agreements(actor: User, *, text: str = "", state: str = "", ending: bool = False) -> QuerySet[Agreement]:
    """The agreements for a list.

    Args:
        actor: who asks.
        text: words of the number or of a party's name.
        state: a state's code.
        ending: only those in force that end within the days of the reminder.
    """
    rows = visible(actor)
    for word in text.replace("\0", "").split():
        rows = rows.filter(
            Q(number__icontains=word) | Q(principal_name__icontains=word) | Q(agent_name__icontains=word)
        )
    if state:
        rows = rows.filter(state=state)
    if ending:
        today = timezone.localdate()
        rows = rows.filter(state=IN_FORCE, valid_to__lte=today + timedelta(days=remind_days(today)))
    return rows


def agreements_of_party(actor: User, party_id: int, *, most: int = 10) -> tuple[list[Agreement], int]:
    """The latest agreements of a party that the actor may see, and how many there are: those to sign and in force first."""
    rows = visible(actor).filter(Q(principal_id=party_id) | Q(agent_id=party_id))
    alive = Case(When(state=SIGNING, then=0), When(state=IN_FORCE, then=1), default=2)
    found = list(rows.order_by(alive, "-pk")[: most + 1])
    return found[:most], len(found) if len(found) <= most else rows.count()


def agreements_to_sign(actor: User) -> list[Agreement]:
    """Those that wait for the signature of the actor's organisation, the oldest first."""
    mine = Party.objects.filter(organisation_id=actor.organisation_id).values("pk")
    unsigned = Q(principal_id__in=mine, principal_signed_at=None) | Q(agent_id__in=mine, agent_signed_at=None)
    return list(Agreement.objects.filter(unsigned, state=SIGNING).order_by("pk"))


def remind_days(day: date) -> int:
    """How many days before its end an agreement is said to end soon."""
    return whole(law_on(day), REMIND)


def agreement_of(actor: User, agreement_id: int) -> Agreement:
    """One agreement.

    Raises:
        InputError: there is none that the actor may see (404).
    """
    # Larger than any id; the database would refuse the comparison.
    row = visible(actor).filter(pk=agreement_id).first() if agreement_id < 2**63 else None
    if row is None:
        raise InputError("没有这份代理协议", how="请回到协议列表", status=404)
    return row


def side_of(actor: User, row: Agreement) -> Side | None:
    """On which side the actor's organisation stands; ``None``: on neither. One query."""
    own = set(
        Party.objects.filter(
            organisation_id=actor.organisation_id, pk__in=[row.principal_id, row.agent_id]
        ).values_list("pk", flat=True)
    )
    return PRINCIPAL if row.principal_id in own else AGENT if row.agent_id in own else None


def agreement_page(actor: User, agreement_id: int, *, may_sign: bool) -> AgreementPage:
    """All that an agreement's page shows, in a fixed number of queries.

    Args:
        actor: who looks.
        agreement_id: of the agreement.
        may_sign: whether the actor holds the permission to sign at all.

    Raises:
        InputError: there is none that the actor may see (404).
    """
    row = agreement_of(actor, agreement_id)
    side = side_of(actor, row) if may_sign else None
    subject = events.agreement_subject(row)
    given = list(row.signatures.all())
    valid = tuple(each for each in given if each.voided_at is None)
    signed = {each.side for each in valid}
    unsigned = tuple(each for each in SIDES if each not in signed) if row.state == SIGNING else ()
    today = timezone.localdate()
    left = (row.valid_to - today).days if row.state == IN_FORCE else None
    return AgreementPage(
        agreement=row,
        terms=terms_of(row.terms),
        side=side,
        lines=tuple(row.text.split("\n")),
        signatures=valid,
        voided=tuple(each for each in given if each.voided_at is not None),
        deeds=deeds(row, side),
        may_sign=row.state == SIGNING and side is not None and side not in signed,
        unsigned=tuple(SIDE_NAMES[each] for each in unsigned),
        documents=tuple(documents(subject)),
        days_left=left,
        ending_soon=left is not None and left <= remind_days(today),
        case=_case(row, unsigned),
        milestones=workflow.milestones(subject),
        log=workflow.log_of(subject),
    )


def _case(row: Agreement, unsigned: tuple[Side, ...]) -> workflow.CaseView | None:
    """Where it stands, waiting for the parties by their names."""
    case = workflow.case(events.agreement_subject(row))
    names = {PRINCIPAL: row.principal_name, AGENT: row.agent_name}
    return replace(case, waits_for="、".join(names[each] for each in unsigned)) if case and unsigned else case


def deeds(row: Agreement, side: Side | None) -> tuple[Deed, ...]:
    """What a side may do with an agreement besides signing it: who drafted it drops it, the other side refuses it."""
    if side is None:
        return ()
    drafted = side == row.drafted_by_side
    if row.state == DRAFT and drafted:
        return (Deed("offer", "发出签署"), Deed("drop", "作废", True))
    if row.state == SIGNING:
        return (Deed("drop", "作废", True),) if drafted else (Deed("refuse", "拒绝签署", True),)
    if row.state == IN_FORCE:
        return (Deed("end", "提前终止", True),)
    return ()


def between(principal_id: int, agent_id: int, *, besides: int | None = None) -> tuple[Term, ...]:
    """The other agreements of the two that wait for signatures or are in force. One query."""
    rows = Agreement.objects.filter(
        principal_id=principal_id, agent_id=agent_id, state__in=[SIGNING, IN_FORCE]
    )
    if besides is not None:
        rows = rows.exclude(pk=besides)
    return tuple(Term(row.number, row.valid_from, row.valid_to) for row in rows.order_by("valid_from"))


def facts_of(
    row: Agreement, entries: Mapping[int, Entry], *, offered_on: date | None = None
) -> AgreementFacts:
    """An agreement, saved or not yet, as the rules look at it today. One query.

    Args:
        row: the agreement.
        entries: the directory's entries of both parties, by id.
        offered_on: when it was sent out with this text; today, where it is left out.
    """
    return AgreementFacts(
        entries[row.principal_id].facts,
        entries[row.agent_id].facts,
        row.valid_from,
        row.valid_to,
        timezone.localdate(),
        terms_of(row.terms),
        between(row.principal_id, row.agent_id, besides=row.pk),
        offered_on,
    )
