"""What makes a finding the same finding in another version: its rule, its words, its place by content. Pure."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Sequence

from youju.rules.findings import Finding
from youju.rules.performance.targets.facts import TargetDocument


def fingerprints(document: TargetDocument, found: Sequence[Finding]) -> list[str]:
    """One sha256 in hexadecimal for each finding, in their order.

    A row is known by its three levels, not by its number, so that an answer stays with its row when one is put in above it.
    Findings that are equal in all of this are told apart by their order.
    """
    rows = {
        (project.code, number): (row.level1, row.level2, row.level3)
        for project in document.projects
        for number, row in enumerate(project.indicators, 1)
    }
    seen: Counter[str] = Counter()
    marks = []
    for each in found:
        project, row = each.at.get("project"), each.at.get("row")
        place = rows.get((str(project), row)) if isinstance(row, int) else None
        said = json.dumps([each.rule, project, place, each.at.get("field"), each.message], ensure_ascii=False)
        seen[said] += 1
        marks.append(hashlib.sha256(f"{seen[said]} {said}".encode()).hexdigest())
    return marks
