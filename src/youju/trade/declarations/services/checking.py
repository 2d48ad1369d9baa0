"""What rooms above say of a plan before its declarations are made."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from youju.foundation.kernel.errors import InputError
from youju.foundation.policies import law_on
from youju.rules.findings import Finding, Severity
from youju.rules.law import whole
from youju.rules.trade.declarations.facts import Declaration
from youju.trade.declarations.services.refusing import RefusedDeclaration
from youju.trade.packing.selectors import PlanningLine


@dataclass(frozen=True, slots=True)
class PlanCase:
    """A plan as it would be declared: the packing, the day, the declarations, and the goods by the numbers in their sources."""

    packing: str
    day: date
    declarations: Sequence[Declaration]
    goods: Mapping[int, PlanningLine]


PlanCheck = Callable[[PlanCase], Sequence[Finding]]
_CHECKS: dict[str, PlanCheck] = {}


def register_plan_check(code: str, check: PlanCheck) -> None:
    """Let a room above have its say on a plan; call it in ``AppConfig.ready``.

    Errors stop the plan, warnings want an explanation when it is accepted, hints are shown. It must write nothing.

    Args:
        code: the room; a second check of the code replaces the first.
        check: asked when a plan is worked out and again when it is accepted.
    """
    _CHECKS[code] = check


def said_of_plan(case: PlanCase) -> list[Finding]:
    """All that is said of a plan."""
    return [finding for check in _CHECKS.values() for finding in check(case)]


def refuse_unexplained(found: Sequence[Finding], explanation: str, day: date) -> None:
    """Stop what must not be declared, and what nobody has explained.

    Raises:
        RefusedDeclaration: an error among the findings.
        InputError: a warning, and no explanation long enough (422).
    """
    hard = [each for each in found if each.severity is Severity.ERROR]
    if hard:
        raise RefusedDeclaration(hard)
    soft = [each for each in found if each.severity is Severity.WARNING]
    least = whole(law_on(day), "trade.orders.explanation_length")
    if soft and len(explanation.strip()) < least:
        raise InputError(
            f"有 {len(soft)} 条意见要先说明：{soft[0].message.rstrip('。')}",
            where="说明",
            how=f"请在采用时写明原因，至少 {least} 个字",
            status=422,
        )
