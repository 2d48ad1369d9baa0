"""Lists of filings, and the page of one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet
from django.utils import timezone

from youju.foundation.identity import selectors as identity
from youju.foundation.identity.permissions import allowed
from youju.foundation.kernel.errors import InputError
from youju.foundation.policies import law_on
from youju.foundation.workflow import selectors as workflow
from youju.rules.law import table, whole
from youju.rules.trade.parties.fields import GROUPS, SECRETS
from youju.rules.trade.parties.lifecycle import DRAFT, PARTY_FLOW, RETURNED, SUBMITTED, SUSPENDED
from youju.rules.trade.parties.roles import PartyRole
from youju.trade.parties import countries, events, permissions
from youju.trade.parties.facts import form_of
from youju.trade.parties.models import Identifier, Market, Paper, Party
from youju.trade.parties.selectors.filing import Shown, fields_of
from youju.trade.parties.selectors.reach import is_writer, own, visible

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

ROLES: list[tuple[str, str]] = [(role.value, role.label) for role in PartyRole]
STATES: list[tuple[str, str]] = [(state.code, state.label) for state in PARTY_FLOW.states]
CHANNELS = {"web": "自助填报", "counter": "窗口", "import": "批量导入", "api": "接口"}
SHOWN_STEPS = ("accept", "approve", "return", "withdraw")


@dataclass(frozen=True, slots=True)
class PaperLine:
    """A paper on the page; ``days`` until it runs out, negative once it has; ``soon`` by the policy."""

    paper: Paper
    label: str
    days: int | None
    soon: bool


@dataclass(frozen=True)
class PartyPage:
    """All that the page of a party shows. ``options`` are the steps of a filing; other steps have pages of their own."""

    party: Party
    groups: Sequence[tuple[str, Sequence[Shown]]]
    identifiers: Sequence[Identifier]
    papers: Sequence[PaperLine]
    case: workflow.CaseView | None
    milestones: Sequence[workflow.Milestone]
    log: Sequence[workflow.StepView]
    options: Sequence[workflow.Available]
    sections: str
    may_edit: bool
    may_discard: bool
    returned: str


def parties(
    user: User,
    *,
    text: str = "",
    role: str = "",
    state: str = "",
    section: str = "",
    country: str = "",
    ends: str = "",
) -> QuerySet[Party]:
    """The filings that the user may see, narrowed.

    Args:
        user: who asks.
        text: words of the name, the number or the credit code.
        role, state, section, country: codes.
        ends: ``soon``: the filing runs out within the days of ``trade.parties.paper_soon_days``; ``over``: it has.
    """
    rows = visible(user).select_related("organisation")
    for word in text.replace("\0", "").split():
        rows = rows.filter(
            Q(name__icontains=word)
            | Q(name_en__icontains=word)
            | Q(number__istartswith=word)
            | Q(credit_code__istartswith=word)
        )
    if role:
        rows = rows.filter(roles__contains=[role])
    if state:
        rows = rows.filter(state=state)
    if section:
        rows = rows.filter(sections__contains=[section])
    if country:
        rows = rows.filter(country=country)
    if ends:
        today = timezone.localdate()
        days = whole(law_on(today), "trade.parties.paper_soon_days")
        until = today + timedelta(days=days)
        rows = (
            rows.filter(valid_to__lt=today)
            if ends == "over"
            else rows.filter(valid_to__gte=today, valid_to__lt=until)
        )
    return rows


def own_filings(user: User) -> list[Party]:
    """The filings of the user's organisation: sent back and drafts first, then the latest."""
    first = {RETURNED: 0, DRAFT: 1, SUBMITTED: 2}
    return sorted(own(user).order_by("-created_at"), key=lambda party: first.get(party.state, 3))


def party(user: User, party_id: int) -> Party:
    """One filing.

    Raises:
        InputError: there is none that the user may see (404).
    """
    found = visible(user).select_related("organisation").filter(pk=party_id).first()
    if found is None:
        raise InputError("没有这个主体", how="请回到列表重新选择", status=404)
    return found


def party_page(user: User, party_id: int) -> PartyPage:
    """The page of one filing.

    Raises:
        InputError: there is none that the user may see (404).
    """
    found = party(user, party_id)
    today = timezone.localdate()
    law = law_on(today)
    subject = events.party_subject(found)
    case = workflow.case(subject)
    log = workflow.log_of(subject) if case else ()
    writer = is_writer(user, found)
    open_ = found.state in (DRAFT, RETURNED)
    # An agent that looks at its principal sees who it is, not whose telephone it has.
    handles = writer or allowed(user, permissions.VIEW) or found.organisation_id == user.organisation_id
    kinds, soon = table(law, "trade.parties.paper_kinds"), whole(law, "trade.parties.paper_soon_days")
    plain = {code: text for code, text in form_of(found).items() if code not in SECRETS}
    options = workflow.available(subject, user) if case and handles else ()
    return PartyPage(
        party=found,
        groups=_groups(
            [each for each in fields_of(tuple(found.roles), plain, law) if each.field.kind != "secret"]
        ),
        identifiers=list(found.identifiers.order_by("kind")) if handles else [],
        papers=[
            _line(paper, str(kinds.get(paper.kind, paper.kind)), today, soon) for paper in found.papers.all()
        ]
        if handles
        else [],
        case=case,
        milestones=[each for each in workflow.milestones(subject) if _on_the_way(each)] if case else (),
        log=log,
        options=[
            each
            for each in options
            if each.code in SHOWN_STEPS and not (each.code == "withdraw" and each.blocked)
        ],
        sections=section_words(found.sections),
        may_edit=writer and open_,
        may_discard=writer and found.state == DRAFT and found.submitted_at is None,
        returned=next((step.reason for step in reversed(log) if step.returns), "")
        if found.state == RETURNED
        else "",
    )


def _on_the_way(each: workflow.Milestone) -> bool:
    """A suspension is no part of the usual way: it is shown while it lasts."""
    return each.status == "now" or each.label != PARTY_FLOW.state(SUSPENDED).label


def _line(paper: Paper, label: str, today: date, soon: int) -> PaperLine:
    days = None if paper.valid_to is None else (paper.valid_to - today).days
    return PaperLine(paper, label, days, days is not None and 0 <= days < soon)


def _groups(fields: Sequence[Shown]) -> list[tuple[str, Sequence[Shown]]]:
    found: list[tuple[str, Sequence[Shown]]] = []
    for code, (title, _) in GROUPS.items():
        rows = [each for each in fields if each.field.group == code and each.text]
        if rows:
            found.append((title, rows))
    return found


def section_words(codes: Sequence[str]) -> str:
    """The names of sections, joined."""
    known = identity.sections()
    return "、".join(known.get(code, code) for code in codes)


def role_words(codes: Sequence[str]) -> str:
    """The names of roles, joined."""
    return "、".join(PartyRole(code).label for code in codes)


def state_label(party: Party) -> str:
    """The state in words."""
    return PARTY_FLOW.state(party.state).label


def country_label(party: Party) -> str:
    """The country in words."""
    return countries.name_of(party.country) or party.country


def markets() -> dict[str, str]:
    """Code → name of the markets."""
    return dict(Market.objects.values_list("code", "name"))
