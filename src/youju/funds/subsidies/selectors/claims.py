"""Applications: which somebody sees, the list, one with all that belongs to it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from youju.foundation.files.selectors import attachments
from youju.foundation.identity.permissions import allowed
from youju.foundation.identity.reaching import reads_of
from youju.foundation.kernel.errors import InputError
from youju.foundation.workflow import selectors as workflow
from youju.funds.subsidies import claim_events, permissions
from youju.funds.subsidies.models import (
    Application,
    Award,
    Computation,
    CostLine,
    CountedLine,
    Opinion,
    RoundLine,
)
from youju.funds.subsidies.selectors.duplicates import hits_of
from youju.funds.subsidies.selectors.texts import text_of
from youju.rules.funds.claims.lifecycle import CLAIM_FLOW, DRAFT, OPEN
from youju.rules.funds.subsidies.shapes import COSTS
from youju.rules.funds.subsidies.texts import PolicyText
from youju.rules.workflow import State

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

STATES = [(state.code, state.label) for state in CLAIM_FLOW.states]
_LABELS: dict[str, State] = {state.code: state for state in CLAIM_FLOW.states}
MOST_LINES = 200


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper that the policy asks for, and the file that was brought (``None``: not yet)."""

    code: str
    title: str
    file: Any


@dataclass(frozen=True, slots=True)
class ClaimPage:
    """An application and everything that its page shows."""

    row: Application
    policy: PolicyText
    computations: list[Computation]
    lines: list[CountedLine]
    lines_count: int
    base_count: int
    costs: list[CostLine]
    papers: list[Paper]
    opinions: list[Opinion]
    award: Award | None
    listed: RoundLine | None
    case: workflow.CaseView | None
    milestones: Any
    log: Any
    own: bool
    may_edit: bool
    returned: str
    options: Any = field(default=())
    hits: Any = field(default=())

    @property
    def computation(self) -> Computation | None:
        """The last one."""
        return self.computations[-1] if self.computations else None

    @property
    def state_label(self) -> str:
        """In Chinese."""
        return label_of(self.row)


def label_of(row: Application) -> str:
    """The state of an application in Chinese."""
    return _LABELS[row.state].label


def visible(actor: User) -> QuerySet[Application]:
    """The applications that somebody may see: an organisation's own, staff's sections, all. Drafts are their writer's alone."""
    rows = Application.objects.all()
    if allowed(actor, permissions.VIEW_CLAIMS):
        rows = rows.exclude(state=DRAFT)
        if reads_of(actor) == "all":
            return rows
        return rows.filter(Q(sections=[]) | Q(sections__overlap=list(actor.sections)))
    if allowed(actor, permissions.APPLY):
        return rows.filter(organisation_id=actor.organisation_id)
    return rows.none()


def claims(
    actor: User, *, text: str = "", state: str = "", policy: str = "", waiting: bool = False
) -> QuerySet[Application]:
    """Applications that the actor may see, narrowed.

    Args:
        text: part of the number or of the applicant's name.
        state: a state's code.
        policy: a policy's code.
        waiting: only those that wait for a step of the centre.
    """
    rows = visible(actor)
    if text := text.replace("\0", "").strip():
        rows = rows.filter(Q(number__icontains=text) | Q(party_name__icontains=text))
    if state:
        rows = rows.filter(state=state.replace("\0", " "))
    if policy:
        rows = rows.filter(policy_code=policy.replace("\0", " "))
    if waiting:
        rows = rows.filter(state__in=["submitted", "reviewing", "rechecking", "passed"])
    return rows


def claim_of(actor: User, number: str) -> Application:
    """One application by its number.

    Raises:
        InputError: there is none that the actor may see (404).
    """
    row = visible(actor).filter(number=number.replace("\0", " ")).first()  # no text of PostgreSQL holds a NUL
    if row is None:
        raise InputError("没有这份申请", where=number[:20], how="请回到列表重新选择", status=404)
    return row


def claim_page(actor: User, number: str, *, lines: int = MOST_LINES) -> ClaimPage:
    """One application with all that belongs to it; a fixed number of queries.

    Raises:
        InputError: there is none that the actor may see (404).
    """
    row = claim_of(actor, number)
    subject = claim_events.claim_subject(row)
    policy = text_of(row.text)
    files = {each.role: each for each in attachments(subject)}
    case = workflow.case(subject)
    log = workflow.log_of(subject) if case else ()
    own = row.organisation_id is not None and row.organisation_id == actor.organisation_id
    counted = row.lines.all()
    return ClaimPage(
        row=row,
        policy=policy,
        computations=list(row.computations.order_by("pk")),
        lines=list(counted.filter(part="window")[:lines]),
        lines_count=counted.filter(part="window").count(),
        base_count=counted.filter(part="base").count(),
        costs=list(row.costs.all()),
        papers=[Paper(each.code, each.title, files.get(f"evidence.{each.code}")) for each in policy.evidence],
        opinions=list(row.opinions.all()),
        award=Award.objects.filter(application=row).first(),
        listed=row.round_lines.filter(live=True).select_related("round").first(),
        case=case,
        milestones=workflow.milestones(subject) if case else (),
        log=log,
        own=own and allowed(actor, permissions.APPLY),
        may_edit=own and allowed(actor, permissions.APPLY) and row.state == DRAFT,
        returned=next((step.reason for step in reversed(log) if step.returns and step.reason), "")
        if row.state in OPEN
        else "",
        options=workflow.available(subject, actor) if case else (),
        hits=() if own else hits_of(row.pk),
    )


def cost_kinds(policy: PolicyText) -> list[tuple[str, str]]:
    """The kinds of cost that a policy covers; none where it counts exports alone."""
    kinds = {kind for clause in policy.clauses for kind in getattr(clause.shape, "kinds", ())}
    return [(code, label) for code, label in COSTS.items() if code in kinds]


def last_account(actor: User, party_id: int) -> Application | None:
    """The party's latest application that has an account: what a new one is prefilled with."""
    rows = visible(actor).filter(party_id=party_id).exclude(account_sealed="")
    return rows.order_by("-pk").first()


def today() -> Any:
    """The day of now, by the clock of China."""
    return timezone.localdate()
