"""The finding: what a rule says about one place in the input."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding weighs: an error must be mended, a warning answered, a hint considered."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


@dataclass(frozen=True, slots=True)
class Finding:
    """One statement of one rule about one place.

    A rule function returns ``Finding(message=…, suggestion=…, at={…})``; the registry stamps ``rule`` and
    ``severity`` on it, so that neither can disagree with the rule's declaration. ``at`` names the place in
    the vocabulary of the facts, for targets ``{"project": code, "row": 1-based or None, "field": name}``.
    """

    message: str
    suggestion: str
    at: Mapping[str, str | int | None] = field(default_factory=dict)
    rule: str = ""
    severity: Severity = Severity.WARNING

    @property
    def told(self) -> str:
        """What it says and how to mend it, with the rule's id behind it: for a field, a cell, a line."""
        return f"{self.message}{self.suggestion}（{self.rule}）"

    def as_json(self) -> dict[str, str | int | None]:
        """The shape that ``targets lint`` prints: rule, severity, the place, message, suggestion."""
        return {
            "rule": self.rule,
            "severity": self.severity.value,
            **self.at,
            "message": self.message,
            "suggestion": self.suggestion,
        }


def stopping(findings: Iterable[Finding]) -> list[Finding]:
    """The errors among findings: what has to be mended before anything is stored."""
    return [each for each in findings if each.severity is Severity.ERROR]
