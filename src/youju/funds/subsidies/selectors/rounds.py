"""Rounds of awards: the list, one with its lines and versions, what the public sees, objections."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q, QuerySet, Sum
from django.utils import timezone

from youju.foundation.identity.permissions import allowed, require
from youju.foundation.kernel.context import acting
from youju.foundation.kernel.errors import InputError
from youju.foundation.workflow import selectors as workflow
from youju.funds.subsidies import claim_events, permissions
from youju.funds.subsidies.models import Application, Award, AwardRound, ListVersion, Objection, RoundLine
from youju.funds.subsidies.selectors.claims import visible
from youju.rules.findings import Finding
from youju.rules.funds.claims.facts import ListCase
from youju.rules.funds.claims.judging import judge_list
from youju.rules.funds.claims.lifecycle import (
    CLEARED,
    GATHERING,
    OBJECTION_FLOW,
    PASSED,
    RECEIVED,
    ROUND_FLOW,
    SHOWN,
)
from youju.rules.funds.claims.publishing import ListedLine, list_hash, plain_list, public_code, public_name

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

ROUND_STATES = [(state.code, state.label) for state in ROUND_FLOW.states]
OBJECTION_STATES = [(state.code, state.label) for state in OBJECTION_FLOW.states]


@dataclass(frozen=True, slots=True)
class RoundPage:
    """A round and everything that its page shows. Money in CNY."""

    row: AwardRound
    lines: list[RoundLine]
    gone: list[RoundLine]
    versions: list[ListVersion]
    objections: list[Objection]
    awards: dict[int, Award]
    waiting: list[Application]
    findings: tuple[Finding, ...]
    case: workflow.CaseView | None
    milestones: Any
    log: Any
    total: Decimal
    computed: Decimal
    paid: Decimal

    @property
    def state_label(self) -> str:
        """In Chinese."""
        return round_label(self.row)

    @property
    def reduced(self) -> bool:
        """Whether the budget did not suffice."""
        return self.total < self.computed


def round_label(row: AwardRound) -> str:
    """The state of a round in Chinese."""
    return ROUND_FLOW.state(row.state).label


def objection_label(row: Objection) -> str:
    """The state of an objection in Chinese."""
    return OBJECTION_FLOW.state(row.state).label


def rounds(actor: User, *, text: str = "", state: str = "", policy: str = "") -> QuerySet[AwardRound]:
    """Rounds with the number of their lines and the sum of what they give (``lines_count``, ``total``).

    Raises:
        PermissionDenied: the actor may not see them.
    """
    require(actor, permissions.VIEW_CLAIMS)
    rows = AwardRound.objects.annotate(
        lines_count=Count("lines", filter=Q(lines__live=True)),
        total=Sum("lines__amount", filter=Q(lines__live=True)),
    )
    if text := text.replace("\0", "").strip():
        rows = rows.filter(Q(number__icontains=text) | Q(policy_title__icontains=text))
    if state:
        rows = rows.filter(state=state)
    return rows.filter(policy_code=policy) if policy else rows


def round_of(actor: User, number: str) -> AwardRound:
    """One round.

    Raises:
        PermissionDenied: the actor may not see rounds.
        InputError: there is none (404).
    """
    require(actor, permissions.VIEW_CLAIMS)
    row = AwardRound.objects.filter(number=number.replace("\0", " ")).first()
    if row is None:
        raise InputError("没有这个批次", where=number[:20], how="请回到列表重新选择", status=404)
    return row


def round_page(actor: User, number: str) -> RoundPage:
    """One round with all that belongs to it; a fixed number of queries.

    Raises:
        PermissionDenied, InputError: as :func:`round_of`.
    """
    row = round_of(actor, number)
    lines = list(row.lines.select_related("application").order_by("pk"))
    live = [each for each in lines if each.live]
    subject = claim_events.round_subject(row)
    case = workflow.case(subject)
    awards = {each.application_id: each for each in row.awards.all()}
    waiting: list[Application] = []
    if row.state == GATHERING and allowed(actor, permissions.PUBLICISE):
        waiting = list(
            visible(actor)
            .filter(state=PASSED, policy_code=row.policy_code, policy_hash=row.policy_hash)
            .order_by("submitted_at", "pk")
        )
    return RoundPage(
        row=row,
        lines=live,
        gone=[each for each in lines if not each.live],
        versions=list(row.versions.order_by("-version")),
        objections=list(row.objections.order_by("-received_at")),
        awards=awards,
        waiting=waiting,
        findings=judge_list(list_case(row), {}) if row.state in (SHOWN, CLEARED) else (),
        case=case,
        milestones=workflow.milestones(subject) if case else (),
        log=workflow.log_of(subject) if case else (),
        total=sum((each.amount for each in live), Decimal(0)),
        computed=sum((each.computed for each in live), Decimal(0)),
        paid=sum((each.paid_amount for each in awards.values()), Decimal(0)),
    )


def list_of(row: AwardRound) -> dict[str, Any]:
    """The list of a round as it stands now, as it would be published: largest awards first, then by number."""
    live = row.lines.filter(live=True).select_related("application")
    ordered = sorted(live, key=lambda each: (-each.amount, each.application.number))
    return plain_list(
        number=row.number,
        version=row.version,
        policy=row.policy_code,
        title=row.policy_title,
        policy_hash=row.policy_hash,
        lines=[
            ListedLine(
                place,
                each.application.number,
                public_name(each.application.party_name),
                public_code(each.application.credit_code),
                each.computed,
                each.amount,
            )
            for place, each in enumerate(ordered, 1)
        ],
    )


def list_case(row: AwardRound) -> ListCase:
    """What the rules look at before a list is cleared or decided."""
    lines = row.lines.filter(live=True).values_list("application__number", "amount")
    open_ = row.objections.filter(state=RECEIVED).order_by("number").values_list("number", flat=True)
    return ListCase(
        day=timezone.localdate(),
        until=row.shown_until,
        open_objections=tuple(open_),
        frozen=row.list_hash,
        found=list_hash(list_of(row)),
        granted=dict(lines),
        budget=row.budget,
    )


def public_lists() -> Sequence[ListVersion]:
    """Every list that was made public, newest first: the last version of each round. Whoever asks, nothing private is in it."""
    rows = ListVersion.objects.select_related("round").order_by("-published_at", "-pk")
    newest: dict[int, ListVersion] = {}
    for each in rows[:500]:
        there = newest.get(each.round_id)
        if there is None or there.version < each.version:
            newest[each.round_id] = each
    return sorted(newest.values(), key=lambda each: (each.shown_until, each.pk), reverse=True)


def public_list(number: str, version: int = 0) -> tuple[ListVersion, Sequence[ListVersion]]:
    """A public list (its newest version, or a named one) and all versions of its round, newest first.

    Raises:
        InputError: there is none (404).
    """
    rows = list(
        ListVersion.objects.filter(round__number=number.replace("\0", " "))
        .select_related("round")
        .order_by("-version")
    )
    found = next((each for each in rows if not version or each.version == version), None)
    if found is None:
        raise InputError("没有这份名单", where=number[:20], how="请回到公示页面", status=404)
    return found, rows


def objections(actor: User, *, state: str = "", text: str = "") -> QuerySet[Objection]:
    """Objections, for the centre.

    Raises:
        PermissionDenied: the actor may not see them.
    """
    require(actor, permissions.VIEW_CLAIMS)
    rows = Objection.objects.select_related("round")
    if state:
        rows = rows.filter(state=state)
    if text := text.replace("\0", "").strip():
        rows = rows.filter(
            Q(number__icontains=text) | Q(name__icontains=text) | Q(round__number__icontains=text)
        )
    return rows


def objection_of(actor: User, number: str) -> Objection:
    """One objection.

    Raises:
        PermissionDenied: the actor may not see them.
        InputError: there is none (404).
    """
    row = objections(actor).filter(number=number.replace("\0", " ")).first()
    if row is None:
        raise InputError("没有这条异议", where=number[:20], how="请回到列表重新选择", status=404)
    return row


def objected_line(row: Objection) -> dict[str, Any] | None:
    """The line of the public list that an objection names; ``None`` where it is against the whole list."""
    version = ListVersion.objects.filter(round_id=row.round_id, version=row.version).first()
    lines = version.content["lines"] if version and row.line else []
    return next((each for each in lines if each["place"] == row.line), None)


def objection_answer(key: uuid.UUID) -> tuple[str, str, str] | None:
    """For the objector, who alone holds the key: number, state in Chinese and reply; ``None`` for an unknown key."""
    # No reach is needed to read what one was told; nothing of who objected is given.
    with acting(reads="all"):
        row = Objection.objects.filter(pk=key).first()
        return (row.number, objection_label(row), row.reply) if row else None
