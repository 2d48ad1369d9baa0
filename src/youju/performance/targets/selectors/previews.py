"""A waiting upload beside what is stored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils import timezone

from youju.foundation.policies import law_on
from youju.performance.targets import facts
from youju.performance.targets.models import ImportPreview, TargetSet
from youju.rules.findings import Finding, Severity
from youju.rules.performance.targets.codec import from_json
from youju.rules.performance.targets.diff import Difference, compare
from youju.rules.performance.targets.facts import TargetDocument
from youju.rules.performance.targets.lint import lint

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


@dataclass(frozen=True, slots=True)
class PreviewPage:
    """All that the preview shows: the upload as read, what it changes, and what the rules say about it."""

    preview: ImportPreview
    document: TargetDocument
    difference: Difference
    findings: Sequence[Finding]
    counts: dict[str, int]

    @property
    def placed(self) -> list[dict[str, str]]:
        """The findings as lists show them, each with its place in words."""
        names = {project.code: project.name for project in self.document.projects}
        return [
            {
                "rule": each.rule,
                "severity": each.severity.value,
                "message": each.message,
                "suggestion": each.suggestion,
                "place": _place(each, names),
            }
            for each in self.findings
        ]

    @property
    def indicators(self) -> int:
        """How many indicator rows were read."""
        return sum(len(project.indicators) for project in self.document.projects)


def _place(finding: Finding, names: dict[str, str]) -> str:
    code, row = finding.at.get("project"), finding.at.get("row")
    name = names.get(str(code), "部门整体绩效目标")
    return f"{name}，第 {row} 行" if row else name


def preview_page(*, user: User, preview_id: UUID) -> PreviewPage | None:
    """The user's own upload that waits for a confirmation, or ``None`` when there is none (any more)."""
    preview = (
        ImportPreview.objects.filter(pk=preview_id, user=user, confirmed=None, expires_at__gt=timezone.now())
        .select_related("base")
        .first()
    )
    if preview is None:
        return None
    document = from_json(preview.document)
    stored = None if preview.base is None else facts.document(preview.base)
    dated = facts.with_year(document, preview.fiscal_year)
    found = lint(dated, law_on(facts.lint_day(preview.fiscal_year)))
    return PreviewPage(
        preview=preview,
        document=document,
        difference=compare(stored, document),
        findings=found,
        counts={each.value: sum(one.severity == each for one in found) for each in Severity},
    )


def finished_import(*, user: User, preview_id: UUID) -> TargetSet | None:
    """What the user's confirmed upload led to, or ``None`` when it was never confirmed."""
    preview = (
        ImportPreview.objects.filter(pk=preview_id, user=user, confirmed__isnull=False)
        .select_related("confirmed")
        .first()
    )
    return None if preview is None else preview.confirmed
