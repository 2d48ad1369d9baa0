"""What may go wrong."""

from __future__ import annotations

from typing import Any


class RefusedError(Exception):
    """The server answered 4xx or 5xx.

    Args:
        status: of the answer.
        detail: one Chinese sentence: what, where, how to mend it.
        findings: what rules said, where they are the reason.
    """

    def __init__(self, status: int, detail: str, findings: list[dict[str, Any]] | None = None) -> None:
        super().__init__(f"{status}: {detail}")
        self.status, self.detail, self.findings = status, detail, findings or []


class UnreachableError(Exception):
    """No answer came, also after the retries."""
