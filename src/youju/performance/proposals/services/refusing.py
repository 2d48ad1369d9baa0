"""Rules that stop something, said all at once."""

from __future__ import annotations

from youju.foundation.kernel.refusals import RefusedError


class ProposalRefusedError(RefusedError):
    """The rules stop it: all that they found, for the form to show beside its fields."""
