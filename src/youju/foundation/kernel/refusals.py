"""What rules refuse, as an error that pages and programs can show finding by finding."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from youju.foundation.kernel.errors import InputError
from youju.rules.findings import Finding, stopping


class RefusedError(InputError):
    """The rules stop it: the first finding in a sentence, all of them in ``findings``, for the form to show beside its fields."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = list(findings)
        first = self.findings[0]
        more = f"（另有 {len(self.findings) - 1} 处）" if len(self.findings) > 1 else ""
        super().__init__(
            first.message.rstrip("。") + more, where=first.rule, how=first.suggestion.rstrip("。")
        )

    @classmethod
    def unless_clear(cls, findings: Iterable[Finding]) -> list[Finding]:
        """The findings again where none of them stops: warnings and hints.

        Raises:
            RefusedError: this class, with what stops.
        """
        found = list(findings)
        if hard := stopping(found):
            raise cls(hard)
        return found
