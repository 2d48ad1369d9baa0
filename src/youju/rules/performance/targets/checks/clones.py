"""Tables that were copied from one another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from youju.rules.findings import Finding, Severity
from youju.rules.law import decimal, whole
from youju.rules.performance.targets.cases import DocumentCase, ProjectCase
from youju.rules.performance.targets.checks.places import FORM_DAY, LawOf
from youju.rules.performance.targets.texts import bare
from youju.rules.registry import rule

SHARE = "performance.targets.clone_share"
ROWS = "performance.targets.clone_rows"


@rule(
    "TGT-027",
    title="各项目的指标表不雷同",
    basis="house#thresholds",
    since=FORM_DAY,
    severity=Severity.WARNING,
    scope="document",
    parameters=(SHARE, ROWS),
)
def tables_are_not_copies(document: DocumentCase, law: LawOf) -> Iterator[Finding]:
    """不同项目的指标表几乎一样，说明指标没有按项目的内容设定。

    Compared by second- and third-level indicators; the later table is named, with the first one it copies.
    """
    tables = [(project, _names(project)) for project in document.projects]
    for place, (project, own) in enumerate(tables):
        if own.total() < whole(law, ROWS):
            continue
        for other, theirs in tables[:place]:
            larger = max(own.total(), theirs.total())
            same = (own & theirs).total()
            if same >= decimal(law, SHARE) * larger:
                yield project.says(
                    f"指标表与项目“{other.facts.name}”（{other.facts.code}）雷同："
                    f"{larger} 行中有 {same} 行指标相同。",
                    "按本项目的内容重设指标；内容确实相同的，考虑合并为一个项目。",
                    "indicators",
                )
                break


def _names(project: ProjectCase) -> Counter[tuple[str, str]]:
    return Counter((bare(row.level2), bare(row.level3)) for row in project.facts.indicators)
