"""Stored findings: the list, and how many each rule made."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Min, OuterRef, Q, QuerySet, Subquery

from youju.performance.targets.models import Answer, Finding, TargetSet
from youju.performance.targets.selectors.sets import NUL
from youju.rules.findings import Severity
from youju.rules.performance.targets.lifecycle import DRAFT


@dataclass(frozen=True, slots=True)
class RuleCount:
    """How often a rule spoke in a set."""

    rule: str
    severity: str
    count: int


@dataclass(frozen=True, slots=True)
class AnswerPage:
    """A finding, its answer if there is one, and how many of the same rule have none yet."""

    finding: Finding
    answer: Answer | None
    alike: int
    is_draft: bool


def findings(
    target_set: TargetSet,
    *,
    rule: str = "",
    severity: str = "",
    project: str = "",
    text: str = "",
    state: str = "",
) -> QuerySet[Finding]:
    """The findings of a set that fit the filters, in the order of the rules, each with its project.

    ``state`` is ``answered``, or ``open`` for those that must still be mended or answered. ``answer`` on each is the text
    of its answer, or ``None``.
    """
    found = target_set.findings.select_related("project").order_by("order")
    given = Answer.objects.filter(target_set=target_set, fingerprint=OuterRef("fingerprint"))
    found = found.annotate(
        answer=Subquery(given.values("text")[:1]), answered_name=Subquery(given.values("answered_name")[:1])
    )
    if state == "answered":
        found = found.filter(answer__isnull=False)
    elif state == "open":
        found = found.filter(Q(severity=Severity.ERROR) | Q(severity=Severity.WARNING, answer__isnull=True))
    if rule:
        found = found.filter(rule=rule.replace(NUL, ""))
    if severity:
        found = found.filter(severity=severity)
    if project:
        found = found.filter(project__code=project.replace(NUL, ""))
    for word in text.replace(NUL, "").split():
        found = found.filter(message__icontains=word)
    return found


def answer_page(target_set: TargetSet, fingerprint: str) -> AnswerPage | None:
    """The finding with that fingerprint, or ``None`` (any more)."""
    finding = (
        target_set.findings.filter(fingerprint=fingerprint.replace(NUL, ""))
        .exclude(fingerprint="")
        .select_related("project")
        .first()
    )
    if finding is None:
        return None
    answered = target_set.answers.order_by().values("fingerprint")
    same = target_set.findings.filter(rule=finding.rule).exclude(fingerprint__in=answered)
    return AnswerPage(
        finding=finding,
        answer=target_set.answers.filter(fingerprint=finding.fingerprint).first(),
        alike=same.exclude(pk=finding.pk).count(),
        is_draft=target_set.state == DRAFT,
    )


def rule_counts(target_set: TargetSet) -> list[RuleCount]:
    """Each rule that spoke, by id."""
    counted = (
        target_set.findings.order_by()
        .values("rule")
        .annotate(count=Count("pk"), heaviest=Min("severity"))
        .order_by("rule")
    )
    return [RuleCount(each["rule"], each["heaviest"], each["count"]) for each in counted]
