"""How the rules' refusals reach a page or a program."""

from __future__ import annotations

from collections.abc import Sequence

from youju.foundation.kernel.refusals import RefusedError
from youju.rules.findings import Finding


class ClaimRefusedError(RefusedError):
    """The rules found something that bars the deed: all of it, for the page to show."""


def refuse_errors(findings: Sequence[Finding]) -> None:
    """Raise where an error is among the findings.

    Raises:
        ClaimRefusedError: what they say.
    """
    ClaimRefusedError.unless_clear(findings)
