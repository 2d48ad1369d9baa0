"""One plan, engagement, sample, working paper or finding as its page shows it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db.models import Count
from django.utils import timezone

from youju.foundation.documents.selectors import DocumentView, documents
from youju.foundation.files.selectors import Attached, attachments
from youju.foundation.identity.permissions import allowed
from youju.foundation.policies import law_on
from youju.foundation.workflow import selectors as workflow
from youju.funds.internal_audits import events, permissions
from youju.funds.internal_audits.facts import facts_of
from youju.funds.internal_audits.models import Engagement, Finding, Plan, PlanItem, Reply, Sample, SampleItem
from youju.funds.internal_audits.selectors.lists import (
    engagement_of,
    finding_of,
    is_late,
    item_of,
    plan_of,
    sample_of,
)
from youju.funds.internal_audits.selectors.populations import Population, population_of, record_page
from youju.rules.findings import Finding as Said
from youju.rules.funds.internal_audits.judging import judge
from youju.rules.funds.internal_audits.kinds import CONCLUSIONS
from youju.rules.funds.internal_audits.lifecycle import APPROVED, DRAFT, NOTED, PLAN_STATES, RECTIFYING

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


@dataclass(frozen=True, slots=True)
class Way:
    """How far a record has come, and what this user may do with it."""

    case: workflow.CaseView | None
    milestones: tuple[workflow.Milestone, ...]
    log: tuple[workflow.StepView, ...]
    options: tuple[workflow.Available, ...]


@dataclass(frozen=True, slots=True)
class PlanPage:
    """A plan with its projects and their engagements."""

    row: Plan
    state_label: str
    items: tuple[tuple[PlanItem, Engagement | None], ...]
    way: Way
    may_edit: bool
    may_open: bool


@dataclass(frozen=True, slots=True)
class EngagementPage:
    """An engagement with its samples (each with how many items have a conclusion) and its findings."""

    row: Engagement
    samples: tuple[Sample, ...]
    findings: tuple[Finding, ...]
    may_work: bool


@dataclass(frozen=True, slots=True)
class SamplePage:
    """A sample with its strata and items; ``share`` is how much of the population's amount was drawn, in per cent."""

    row: Sample
    source: Population
    strata: tuple[dict[str, Any], ...]
    items: tuple[SampleItem, ...]
    amount: Decimal
    share: Decimal | None
    concluded: int


@dataclass(frozen=True, slots=True)
class ItemPage:
    """The working paper of a sampled item."""

    row: SampleItem
    sample: Sample
    url: str | None
    conclusion: str
    papers: tuple[Attached, ...]
    findings: tuple[Finding, ...]
    may_write: bool


@dataclass(frozen=True, slots=True)
class FindingPage:
    """A finding with its way, replies, evidence by round, what the rules say, and what this user may do."""

    row: Finding
    late: bool
    url: str | None
    way: Way
    replies: tuple[tuple[Reply, tuple[Attached, ...]], ...]
    evidence: tuple[Attached, ...]
    notices: tuple[DocumentView, ...]
    said: tuple[Said, ...]
    may_edit: bool
    may_reply: bool

    @property
    def other_options(self) -> tuple[workflow.Available, ...]:
        """The steps that need no form of their own."""
        own = {"reply", "notify"}
        return tuple(each for each in self.way.options if each.code not in own or each.blocked)

    @property
    def may_notify(self) -> bool:
        """Whether this user may ask for rectification."""
        return any(each.code == "notify" and not each.blocked for each in self.way.options)


def plan_page(actor: User, year: int) -> PlanPage:
    """A plan.

    Raises:
        PermissionDenied: the actor sees no internal supervision.
        InputError: there is none (404).
    """
    row = plan_of(actor, year)
    items = list(row.items.all())
    begun = {each.item_id: each for each in Engagement.objects.filter(item__plan=row)}
    plans = allowed(actor, permissions.PLAN)
    return PlanPage(
        row=row,
        state_label=PLAN_STATES[row.state],
        items=tuple((each, begun.get(each.pk)) for each in items),
        way=_way(events.plan_subject(row), actor),
        may_edit=plans and row.state == DRAFT,
        may_open=row.state == APPROVED and allowed(actor, permissions.FIND),
    )


def engagement_page(actor: User, engagement_id: int) -> EngagementPage:
    """An engagement.

    Raises:
        PermissionDenied: the actor sees no internal supervision.
        InputError: there is none (404).
    """
    row = engagement_of(actor, engagement_id)
    return EngagementPage(
        row=row,
        samples=tuple(row.samples.annotate(drawn=Count("items"))),
        findings=tuple(row.findings.all()),
        may_work=row.ended_on is None and allowed(actor, permissions.FIND),
    )


def sample_page(actor: User, sample_id: int) -> SamplePage:
    """A sample.

    Raises:
        PermissionDenied: the actor sees no internal supervision.
        InputError: there is none (404).
    """
    row = sample_of(actor, sample_id)
    items = tuple(row.items.all())
    amount = sum((each.amount for each in items), Decimal(0))
    return SamplePage(
        row=row,
        source=population_of(row.population),
        strata=tuple(row.strata),
        items=items,
        amount=amount,
        share=(amount * 100 / row.total).quantize(Decimal("0.1")) if row.total else None,
        concluded=sum(1 for each in items if each.conclusion),
    )


def item_page(actor: User, item_id: int) -> ItemPage:
    """A working paper.

    Raises:
        PermissionDenied: the actor sees no internal supervision.
        InputError: there is none (404).
    """
    row = item_of(actor, item_id)
    return ItemPage(
        row=row,
        sample=row.sample,
        url=record_page(row.subject_kind, row.subject_key),
        conclusion=CONCLUSIONS.get(row.conclusion, "还没有检查"),
        papers=tuple(attachments(events.item_subject(row))),
        findings=tuple(row.findings.all()),
        may_write=row.sample.engagement.ended_on is None and allowed(actor, permissions.FIND),
    )


def finding_page(actor: User, number: str) -> FindingPage:
    """A finding. A fixed number of queries.

    Raises:
        PermissionDenied: the actor sees no internal supervision.
        InputError: there is none (404).
    """
    row, today = finding_of(actor, number), timezone.localdate()
    subject = events.finding_subject(row)
    way = _way(subject, actor)
    by_role: dict[str, list[Attached]] = {}
    for each in attachments(subject):
        by_role.setdefault(each.role, []).append(each)
    replies, shown = [], set()
    for reply in row.replies.all():
        # A round's files stand with its last reply; one that was taken back has none of its own.
        replies.append((reply, tuple(by_role.get(evidence_role(reply.round), ()))))
        shown.add(reply.round)
    reply_open = any(each.code == "reply" and not each.blocked for each in way.options)
    return FindingPage(
        row=row,
        late=is_late(row),
        url=record_page(row.subject_kind, row.subject_key),
        way=way,
        replies=tuple(replies),
        evidence=() if row.round in shown else tuple(by_role.get(evidence_role(row.round), ())),
        notices=tuple(documents(subject)),
        said=tuple(judge(facts_of(row, "watch", today), law_on(today))),
        may_edit=row.state == NOTED and allowed(actor, permissions.FIND),
        may_reply=row.state == RECTIFYING and reply_open and answers_for(actor, row.section),
    )


def evidence_role(place: int) -> str:
    """The role under which a round's evidence is attached."""
    return f"reply-{place}"


def answers_for(actor: User, section: str) -> bool:
    """Whether somebody answers for what a section has to put right; finance is the section CW."""
    return allowed(actor, permissions.RECTIFY) and (
        section in actor.sections or (section == "CW" and "FIN" in actor.roles)
    )


def _way(subject: Any, actor: User) -> Way:
    return Way(
        case=workflow.case(subject),
        milestones=workflow.milestones(subject),
        log=workflow.log_of(subject),
        options=workflow.available(subject, actor),
    )
