"""Which lines an unmatched receipt is likely for: each suggestion scored, with its reasons in words. People decide."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import cast

from youju.rules.law import PolicyValue, table, whole
from youju.rules.trade.settlement.names import ALIKE, SAME

WEIGHTS = "trade.settlement.match_weights"
LEAST = "trade.settlement.match_least"
TOLERANCE = "trade.settlement.match_tolerance"
NEAR = "trade.settlement.match_near_days"
MOST = 100
LawOf = Mapping[str, PolicyValue]


@dataclass(frozen=True, slots=True)
class Candidate:
    """What a declaration's open lines offer. ``available`` in the receipt's currency at the day's rate.

    ``named``: the receipt's hint or remark names the declaration; ``payee``: the receipt's payee is its merchant or agent.
    """

    key: str
    available: Decimal
    declared: Decimal
    released_on: date
    payer_like: str
    named: bool = False
    payee: bool = False
    same_currency: bool = True


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A declaration with 0–100 points and why."""

    key: str
    points: int
    reasons: tuple[str, ...]


def suggestions(
    amount: Decimal, received_on: date, candidates: Iterable[Candidate], law: LawOf
) -> list[Suggestion]:
    """The likely ones, best first; those below the least score are left out. ``amount``: what of the receipt is open."""
    weights = table(law, WEIGHTS)
    found = []
    for each in candidates:
        reasons = _reasons(amount, received_on, each, law)
        points = min(MOST, sum(cast("int", weights[name]) for name, _ in reasons))
        if points >= whole(law, LEAST):
            found.append(Suggestion(each.key, points, tuple(words for _, words in reasons)))
    return sorted(found, key=lambda each: (-each.points, each.key))


def _reasons(amount: Decimal, received_on: date, each: Candidate, law: LawOf) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    near = amount * whole(law, TOLERANCE) / MOST
    if each.named:
        found.append(("named", "附言里写了这票报关单"))
    if amount in (each.available, each.declared):
        found.append(("amount", "金额与可收额相同"))
    elif abs(amount - each.available) <= near:
        found.append(("near_amount", f"金额与可收额相差不到 {whole(law, TOLERANCE)}%"))
    if each.payer_like == SAME:
        found.append(("payer", "付款人就是采购商"))
    elif each.payer_like == ALIKE:
        found.append(("payer_alike", "付款人名称与采购商相近"))
    if each.payee:
        found.append(("payee", "收款人是这票的经营户或代理"))
    if each.same_currency:
        found.append(("currency", "币种相同"))
    if abs((received_on - each.released_on).days) <= whole(law, NEAR):
        found.append(("day", f"放行前后 {whole(law, NEAR)} 天内"))
    return found
