"""What a lint rule looks at: a document, one of its projects, or one row, each with its surroundings.

A case also spares rules the arithmetic of text: amounts as ``Decimal`` (blank or unreadable → ``None``) and
the parts of a value.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from functools import cached_property

from youju.rules.findings import Finding
from youju.rules.law import PolicyValue
from youju.rules.performance.targets.codes import ProjectCode
from youju.rules.performance.targets.facts import Indicator, Kind, Project, TargetDocument
from youju.rules.performance.targets.units import magnitude
from youju.rules.performance.targets.values import Parts, split_value


@dataclass(frozen=True)
class RowCase:
    """One indicator row; ``number`` is its 1-based place in the project's table."""

    project: ProjectCase = field(repr=False)
    number: int
    indicator: Indicator

    @cached_property
    def parts(self) -> Parts:
        """The printed value taken apart again, with its residue."""
        return split_value(self.indicator.raw_value)

    @property
    def measured(self) -> bool:
        """Whether the value states one number."""
        value = self.indicator.value
        return value.kind is Kind.QUANTITATIVE and value.number is not None

    def says(self, message: str, suggestion: str, field: str = "raw_value") -> Finding:
        """A finding about a field of this row."""
        return Finding(
            message, suggestion, {"project": self.project.facts.code, "row": self.number, "field": field}
        )


@dataclass(frozen=True)
class ProjectCase:
    """One project table inside its document."""

    document: DocumentCase = field(repr=False)
    facts: Project

    @cached_property
    def rows(self) -> tuple[RowCase, ...]:
        """The rows in printed order."""
        return tuple(RowCase(self, number, row) for number, row in enumerate(self.facts.indicators, 1))

    @cached_property
    def budget(self) -> Decimal | None:
        """The budget in the document's money unit."""
        return amount(self.facts.budget)

    @cached_property
    def plan(self) -> dict[str, Decimal]:
        """The cumulative spending plan without its blanks, by month in calendar order."""
        found = {month: amount(value) for month, value in sorted(self.facts.plan.items())}
        return {month: value for month, value in found.items() if value is not None}

    @cached_property
    def code(self) -> ProjectCode | None:
        """The code taken apart, or ``None`` where its shape is another."""
        try:
            return ProjectCode.parse(self.facts.code)
        except ValueError:
            return None

    def budget_magnitude(self, law: Mapping[str, PolicyValue]) -> tuple[str, Decimal] | None:
        """The budget as kind and base amount (元), to be compared with a cost target in any money unit."""
        if self.budget is None:
            return None
        return magnitude(str(self.budget), self.document.money_unit, law)

    def says(self, message: str, suggestion: str, field: str) -> Finding:
        """A finding about a field of the project's head."""
        return Finding(message, suggestion, {"project": self.facts.code, "row": None, "field": field})


@dataclass(frozen=True)
class DocumentCase:
    """A whole document; ``serves`` maps a project code to the 1-based numbers of the sub-goals it serves."""

    facts: TargetDocument
    serves: Mapping[str, Iterable[int]] | None = None

    @cached_property
    def projects(self) -> tuple[ProjectCase, ...]:
        """The projects in printed order."""
        return tuple(ProjectCase(self, project) for project in self.facts.projects)

    @property
    def money_unit(self) -> str:
        """The unit in which the tables state money, e.g. 万元."""
        return self.facts.document.money_unit

    @cached_property
    def fiscal_year(self) -> int | None:
        """The fiscal year, see :func:`fiscal_year_of`."""
        return fiscal_year_of(self.facts)

    @property
    def rows(self) -> Iterable[RowCase]:
        """Every row of every project."""
        return (row for project in self.projects for row in project.rows)


def fiscal_year_of(document: TargetDocument) -> int | None:
    """The document's fiscal year as stated, else the newest year among its project codes, else ``None``.

    A code is issued with the year's budget, so no document is older than its newest code; carried-over
    projects keep older codes and may well be the majority.
    """
    if document.document.fiscal_year is not None:
        return document.document.fiscal_year
    years = []
    for project in document.projects:
        try:
            years.append(ProjectCode.parse(project.code).year)
        except ValueError:
            continue
    return max(years, default=None)


def amount(text: str | None) -> Decimal | None:
    """An amount as printed, or ``None`` for a blank or for text that is no number."""
    if text is None or not text.strip():
        return None
    try:
        return Decimal(text.replace(",", "").strip())
    except InvalidOperation:
        return None
