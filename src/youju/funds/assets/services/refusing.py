"""Rules that stop a deed, said all at once."""

from __future__ import annotations

from datetime import date

from youju.foundation.kernel.refusals import RefusedError
from youju.foundation.policies import law_on
from youju.funds.assets.selectors.categories import FIRST
from youju.rules.findings import Finding
from youju.rules.funds.assets.judging import Facts, judge


class AssetRefusedError(RefusedError):
    """The rules stop it: all that they found, for the form to show beside its fields."""


def checked(facts: Facts, law_day: date | None = None) -> list[Finding]:
    """What the rules say without stopping it: hints and warnings.

    Args:
        facts: what they look at.
        law_day: whose values count (a card: the day of acquisition); of the facts' day unless said.

    Raises:
        AssetRefusedError: something stops it.
    """
    return AssetRefusedError.unless_clear(judge(facts, law_on(max(law_day or facts.day, FIRST))))
