"""An audit of any target set as it would come out now; nothing is stored."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from youju.foundation.policies import law_on
from youju.performance.measures.selectors import MeasuredRow
from youju.performance.proposals.selectors.results import known_results
from youju.performance.targets.facts import document, lint_day, serves, with_year
from youju.rules.performance.proposals.facts import AuditCase
from youju.rules.performance.proposals.marks import Audited, audit
from youju.rules.performance.proposals.numbers import wants_less
from youju.rules.performance.targets.facts import TargetDocument
from youju.rules.performance.targets.lint import lint

if TYPE_CHECKING:
    from youju.performance.targets.models import TargetSet


def audited(
    target_set: TargetSet,
    *,
    results: Mapping[str, str] | None = None,
    former: list[MeasuredRow] | None = None,
) -> tuple[AuditCase, Audited]:
    """The case and its marks under the law of the set's year.

    Args:
        target_set: which version.
        results: grades of the year before by project code; those that rooms registered where left out.
        former: what the year before came to, by which a target below it is known.
    """
    day = lint_day(target_set.fiscal_year)
    facts = with_year(document(target_set), target_set.fiscal_year)
    law = law_on(day)
    case = AuditCase(
        day=day,
        document=facts,
        findings=tuple(lint(facts, law, serves=serves(target_set))),
        results=results_of_year(target_set.fiscal_year - 1) if results is None else results,
        below=rows_below(facts, former or []),
    )
    return case, audit(case, law)


def results_of_year(year: int) -> dict[str, str]:
    """The grades of a year's self-evaluation by project code, as far as any room knows them."""
    return known_results(year)


def rows_below(facts: TargetDocument, former: list[MeasuredRow]) -> tuple[int, int]:
    """How many rows ask for less than the row of that name reached the year before, of how many that can be compared."""
    reached = {(each.project_code, each.level3.strip()): each for each in former if each.value is not None}
    below = of = 0
    for project in facts.projects:
        for row in project.indicators:
            before = reached.get((project.code, row.level3.strip()))
            if before is None or row.value.number is None or before.unit != row.value.unit:
                continue
            of += 1
            target, value = Decimal(row.value.number), before.value or Decimal(0)
            below += target > value if wants_less(row) else target < value
    return below, of
