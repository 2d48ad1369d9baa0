"""Next year's targets as the rules PRO-… look at them: what a row reached, what is proposed, an auditor's mark."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Final

from youju.rules.findings import Finding
from youju.rules.performance.targets.facts import Indicator, TargetDocument

GRADES: Final = ("优", "良", "中", "差")


@dataclass(frozen=True, slots=True)
class Reached:
    """What an indicator row came to: this year's value (or forecast) and last year's, in the target's unit.

    ``forecast`` stands in where the year is not over; ``tier_rate`` (0–100) is a qualitative row's.
    """

    value: Decimal | None = None
    forecast: Decimal | None = None
    last_year: Decimal | None = None
    tier_rate: Decimal | None = None
    metric: str = ""

    @property
    def baseline(self) -> Decimal | None:
        """What next year's number is measured against: the greater part of the year that is known."""
        return self.forecast if self.forecast is not None else self.value


@dataclass(frozen=True, slots=True)
class Cure:
    """A change of wording that a finding of the linter asked for: the field, the words before and after."""

    rule: str
    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Proposed:
    """A proposed row: next year's words, the baseline, how the number came about, the cures, what a person must still mend."""

    indicator: Indicator
    baseline: Decimal | None
    last_year: Decimal | None
    method: str
    cures: tuple[Cure, ...] = ()
    left: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class ProposalFacts:
    """A proposed row as it is judged: ``edited`` says that a person changed it, ``reason`` why."""

    day: date
    key: str
    indicator: Indicator
    less: bool
    baseline: Decimal | None = None
    edited: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class MarkFacts:
    """An auditor's mark beside that of the system, both in points of ``full``."""

    day: date
    item: str
    label: str
    full: Decimal
    own: Decimal
    mark: Decimal | None
    reason: str = ""


@dataclass(frozen=True)
class AuditCase:
    """A document of targets under audit.

    Args:
        day: whose law applies.
        document: the facts.
        findings: what the linter says of it.
        results: last year's self-evaluation by project code: a grade of ``GRADES``.
        below: how many rows ask for less than what was reached last year, of how many that can be compared.
    """

    day: date
    document: TargetDocument
    findings: tuple[Finding, ...]
    results: Mapping[str, str] = field(default_factory=dict)
    below: tuple[int, int] = (0, 0)

    @property
    def rows(self) -> int:
        """How many indicator rows there are."""
        return sum(len(each.indicators) for each in self.document.projects)
