"""How the rules' refusals reach a page or a program."""

from __future__ import annotations

from collections.abc import Sequence

from youju.foundation.kernel.errors import InputError
from youju.rules.findings import Finding, Severity


class ClaimRefusedError(InputError):
    """The rules found something that bars the deed: all of it, for the page to show."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = list(findings)
        first = self.findings[0]
        more = f"（另有 {len(self.findings) - 1} 处）" if len(self.findings) > 1 else ""
        super().__init__(
            first.message.rstrip("。") + more, where=first.rule, how=first.suggestion.rstrip("。"), status=422
        )


def refuse_errors(findings: Sequence[Finding]) -> None:
    """Raise where an error is among the findings.

    Raises:
        ClaimRefusedError: what they say.
    """
    barring = [each for each in findings if each.severity is Severity.ERROR]
    if barring:
        raise ClaimRefusedError(barring)
