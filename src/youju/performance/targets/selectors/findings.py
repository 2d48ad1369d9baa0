"""Stored findings: the list, and how many each rule made."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Min, QuerySet

from youju.performance.targets.models import Finding, TargetSet
from youju.performance.targets.selectors.sets import NUL


@dataclass(frozen=True, slots=True)
class RuleCount:
    """How often a rule spoke in a set."""

    rule: str
    severity: str
    count: int


def findings(
    target_set: TargetSet, *, rule: str = "", severity: str = "", project: str = "", text: str = ""
) -> QuerySet[Finding]:
    """The findings of a set that fit the filters, in the order of the rules, each with its project."""
    found = target_set.findings.select_related("project").order_by("order")
    if rule:
        found = found.filter(rule=rule.replace(NUL, ""))
    if severity:
        found = found.filter(severity=severity)
    if project:
        found = found.filter(project__code=project.replace(NUL, ""))
    for word in text.replace(NUL, "").split():
        found = found.filter(message__icontains=word)
    return found


def rule_counts(target_set: TargetSet) -> list[RuleCount]:
    """Each rule that spoke, by id."""
    counted = (
        target_set.findings.order_by()
        .values("rule")
        .annotate(count=Count("pk"), heaviest=Min("severity"))
        .order_by("rule")
    )
    return [RuleCount(each["rule"], each["heaviest"], each["count"]) for each in counted]
