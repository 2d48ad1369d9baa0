"""Lint a published document of targets: every rule TGT-… over every row, project and the whole."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from youju.rules.findings import Finding
from youju.rules.law import PolicyValue
from youju.rules.performance.targets import checks
from youju.rules.performance.targets.cases import DocumentCase
from youju.rules.performance.targets.facts import TargetDocument
from youju.rules.registry import REGISTRY

FAMILY = "TGT-"
__all__ = ["FAMILY", "checks", "lint"]


def lint(
    document: TargetDocument,
    law: Mapping[str, PolicyValue],
    *,
    serves: Mapping[str, Iterable[int]] | None = None,
) -> list[Finding]:
    """All findings, in document order: department, then project by project, head before rows, by rule id.

    Args:
        document: the facts as read.
        law: the law of the day whose rules apply (``law_on``); a plain mapping gets today's open-ended rules.
        serves: project code → 1-based numbers of the department's sub-goals that it serves; without it the
            rule on unserved sub-goals is silent.

    Raises:
        UnknownPolicyError: the law lacks a value that a rule declares as its parameter.
    """
    as_of = getattr(law, "as_of", None)
    day = as_of if isinstance(as_of, date) else None
    of_row, of_project, of_document = (
        REGISTRY.in_force(day, scope, FAMILY) for scope in ("row", "project", "document")
    )
    case = DocumentCase(document, serves)
    found = [finding for rule in of_document for finding in rule.findings(case, law)]
    for project in case.projects:
        found.extend(finding for rule in of_project for finding in rule.findings(project, law))
        for row in project.rows:
            found.extend(finding for rule in of_row for finding in rule.findings(row, law))
    place = {project.code: number for number, project in reversed(list(enumerate(document.projects)))}
    return sorted(found, key=lambda finding: _place(finding, place))


def _place(finding: Finding, projects: Mapping[str, int]) -> tuple[int, int, str]:
    project, row = finding.at.get("project"), finding.at.get("row")
    return projects.get(str(project), -1), row if isinstance(row, int) else 0, finding.rule
