"""Reads of policies: lists, one version's page, what is in force on a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet
from django.utils import timezone

from youju.foundation.identity.permissions import allowed, require
from youju.funds.subsidies import permissions
from youju.funds.subsidies.models import BackTest, Policy
from youju.funds.subsidies.selectors.policies_judging import findings_of
from youju.rules.findings import Finding
from youju.rules.funds.subsidies.comparing import Difference, differences
from youju.rules.funds.subsidies.policy_lifecycle import DRAFT, IN_FORCE, ISSUED, OPEN, POLICY_FLOW
from youju.rules.funds.subsidies.reader import PolicyTextError
from youju.rules.funds.subsidies.reading import read_policy
from youju.rules.funds.subsidies.texts import PolicyText

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


@dataclass(frozen=True, slots=True)
class InForce:
    """A policy in force: its version's key, and the text."""

    id: int
    number: int
    text: PolicyText


@dataclass(frozen=True, slots=True)
class PolicyPage:
    """A version as its page shows it; ``text`` is ``None`` while it cannot be read, then ``fault`` says why."""

    row: Policy
    text: PolicyText | None
    fault: str
    findings: Sequence[Finding]
    versions: Sequence[Policy]
    back_tests: Sequence[BackTest]
    comparable: Sequence[Policy]
    may_edit: bool
    may_begin: bool
    may_test: bool


def policies(*, actor: User, text: str = "", state: str = "", project: str = "") -> QuerySet[Policy]:
    """Versions in the actor's reach, unsorted: who applies sees what was issued, the centre drafts as well.

    Raises:
        PermissionDenied: the actor does not read policies.
    """
    require(actor, permissions.VIEW)
    rows = Policy.objects.all() if permissions.sees_drafts(actor) else Policy.objects.filter(state__in=ISSUED)
    if text:
        rows = rows.filter(Q(code__icontains=text) | Q(title__icontains=text))
    if state:
        rows = rows.filter(state=state)
    return rows.filter(project=project) if project else rows


def policy_row(*, actor: User, policy_id: int) -> Policy | None:
    """One version in the actor's reach."""
    return policies(actor=actor).filter(pk=policy_id).first()


def policy_page(*, actor: User, policy_id: int) -> PolicyPage | None:
    """One version with its standing; ``None`` where there is none in the actor's reach."""
    row = policies(actor=actor).filter(pk=policy_id).select_related("made_from").first()
    if row is None:
        return None
    text, fault = read_or_fault(row)
    centre = permissions.sees_drafts(actor)
    versions = list(policies(actor=actor).filter(code=row.code).order_by("-number"))
    return PolicyPage(
        row=row,
        text=text,
        fault=fault,
        findings=_findings(text, row) if text and centre else (),
        versions=versions,
        back_tests=list(row.back_tests.order_by("-pk")[:20]) if centre else (),
        comparable=_comparable(row, versions) if centre else (),
        may_edit=row.state == DRAFT and allowed(actor, permissions.DRAFT),
        may_begin=allowed(actor, permissions.DRAFT) and not any(each.state in OPEN for each in versions),
        may_test=centre and text is not None,
    )


def _findings(text: PolicyText, row: Policy) -> tuple[Finding, ...]:
    return findings_of(text, today=timezone.localdate(), promised=row.state not in OPEN)


def _comparable(row: Policy, versions: Sequence[Policy]) -> list[Policy]:
    """What a back-test may compare a version with: its other versions, and the policies in force."""
    others = Policy.objects.filter(state=IN_FORCE).exclude(code=row.code).order_by("code")
    return [each for each in versions if each.pk != row.pk and each.budget] + list(others)


def read_or_fault(row: Policy) -> tuple[PolicyText | None, str]:
    """A row's text, or why it cannot be read."""
    try:
        return read_policy(row.text), ""
    except PolicyTextError as error:
        return None, f"{error}。"


def difference_of(
    *, actor: User, policy_id: int, other_id: int
) -> tuple[Policy, Policy, tuple[Difference, ...]] | None:
    """What changed from another version or policy to this one, clause by clause; ``None`` where one cannot be read."""
    row, other = (policy_row(actor=actor, policy_id=each) for each in (policy_id, other_id))
    if row is None or other is None:
        return None
    after, before = read_or_fault(row)[0], read_or_fault(other)[0]
    if after is None or before is None:
        return None
    return row, other, differences(before, after)


def policies_in_force(*, filing_on: date | None = None) -> list[InForce]:
    """What is in force, by code; with a day, what takes applications on it. Whoever asks."""
    rows = Policy.objects.filter(state=IN_FORCE).order_by("code")
    if filing_on is not None:
        rows = rows.filter(filing_from__lte=filing_on, filing_to__gt=filing_on)
    return [InForce(row.pk, row.number, read_policy(row.text)) for row in rows]


def policy_in_force(code: str) -> InForce | None:
    """One of them by code."""
    row = Policy.objects.filter(state=IN_FORCE, code=code).first()
    return InForce(row.pk, row.number, read_policy(row.text)) if row else None


def policy_text(policy_id: int) -> PolicyText:
    """The text of an issued version, whatever became of it since; ``Policy.DoesNotExist`` where there is none."""
    return read_policy(Policy.objects.get(pk=policy_id).text)


def state_label(row: Policy) -> str:
    """The state in words."""
    return POLICY_FLOW.state(row.state).label
