"""Rules that stop a deed, said all at once; and the row that a deed is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from youju.foundation.kernel.errors import InputError
from youju.foundation.kernel.refusals import RefusedError
from youju.foundation.policies import law_on
from youju.performance.measures.selectors.documents import Placed, placed
from youju.rules.findings import Finding
from youju.rules.performance.measures.facts import BindingFacts, SignedFacts
from youju.rules.performance.measures.judging import judge

if TYPE_CHECKING:
    from youju.performance.targets.models import TargetSet


class MeasureRefusedError(RefusedError):
    """The rules stop it: all that they found, for the form to show beside its fields."""


def checked(facts: BindingFacts | SignedFacts) -> list[Finding]:
    """What the rules say without stopping it.

    Raises:
        MeasureRefusedError: something stops it.
    """
    return MeasureRefusedError.unless_clear(judge(facts, law_on(facts.day)))


def row_of(target_set: TargetSet, code: str, number: int) -> Placed:
    """A row of a version by project and place.

    Raises:
        InputError: there is none (404).
    """
    found = next((each for each in placed(target_set, code.replace("\0", "")) if each.row == number), None)
    if found is None:
        raise InputError(
            f"项目 {code[:40]} 没有第 {number} 行", where="指标行", how="请回到项目页面", status=404
        )
    return found
