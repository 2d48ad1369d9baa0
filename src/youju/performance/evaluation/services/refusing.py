"""Rules that stop something, said all at once."""

from __future__ import annotations

from youju.foundation.kernel.refusals import RefusedError


class EvaluationRefusedError(RefusedError):
    """The rules stop it: all that they found, for the page to show at the rows."""
