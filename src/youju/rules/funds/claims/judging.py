"""All rules CLM-… of a kind of case, in the order of their ids."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from youju.rules.findings import Finding, Severity
from youju.rules.funds.claims import checks
from youju.rules.funds.claims.facts import ClaimCase, ListCase, ObjectionCase, ReviewCase
from youju.rules.law import PolicyValue
from youju.rules.registry import REGISTRY

__all__ = ["checks", "errors", "judge_claim", "judge_list", "judge_objection", "judge_review"]
FAMILY = "CLM-"
LawOf = Mapping[str, PolicyValue]


def judge_claim(case: ClaimCase, law: LawOf) -> tuple[Finding, ...]:
    """What keeps an application from being certified or submitted."""
    return _judged("claim", case, case.day, law)


def judge_review(case: ReviewCase, law: LawOf) -> tuple[Finding, ...]:
    """What keeps a reviewer from letting it pass."""
    return _judged("review", case, case.day, law)


def judge_list(case: ListCase, law: LawOf) -> tuple[Finding, ...]:
    """What keeps a list from being decided."""
    return _judged("award_list", case, case.day, law)


def judge_objection(case: ObjectionCase, law: LawOf) -> tuple[Finding, ...]:
    """What an objection lacks."""
    return _judged("objection", case, case.day, law)


def errors(found: Sequence[Finding]) -> list[Finding]:
    """Those that bar."""
    return [each for each in found if each.severity is Severity.ERROR]


def _judged(scope: str, case: object, day: date, law: LawOf) -> tuple[Finding, ...]:
    return tuple(REGISTRY.judge(case, law, day=day, scope=scope, prefix=FAMILY))
