"""What is said of an order: the rules of this room, and checks that rooms above have registered."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from youju.foundation.policies import law_on
from youju.rules.findings import Finding
from youju.rules.trade.orders.judging import Judgement, judge
from youju.trade.orders.facts import Known

Check = Callable[[Sequence[Known]], Sequence[Sequence[Finding]]]
"""Wishes with what is known of them → findings of each, ``at`` with ``line`` (or None) and ``field`` as for the rules here."""
_CHECKS: dict[str, Check] = {}


def register_check(code: str, check: Check) -> None:
    """Let a room above have its say before an order is registered; call it in ``AppConfig.ready``.

    Its errors stop the order, its warnings want an explanation, exactly as findings of this room do. It must write nothing, and
    ask the database seldom: registering an order costs two statements.

    Args:
        code: the room; a second check of the code replaces the first.
        check: asked for many wishes at once.
    """
    _CHECKS[code] = check


def said_of(found: Sequence[Known]) -> list[Judgement]:
    """All that is said of each wish, the rules of this room first."""
    own = [judge(each.facts, law_on(each.wish.ordered_on)) for each in found]
    for check in _CHECKS.values():
        own = [
            Judgement((*said.findings, *more)) if more else said
            for said, more in zip(own, check(found), strict=True)
        ]
    return own
