"""What a policy rewards that it should not: one firm filed as two, exports lifted to the next step. Gains in CNY."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from youju.rules.funds.subsidies.amounts import Counts, earned
from youju.rules.funds.subsidies.cents import NOTHING, cents
from youju.rules.funds.subsidies.shapes import Tiers
from youju.rules.funds.subsidies.texts import PolicyText


@dataclass(frozen=True, slots=True)
class Gain:
    """What a party would gain: of each clause by itself, and in all under the party's cap."""

    clauses: tuple[Decimal, ...]
    total: Decimal


def amounts_of(
    policy: PolicyText, counts: Sequence[Counts], usd: Decimal
) -> tuple[tuple[Decimal, ...], Decimal]:
    """Each clause's amount under its cap, and the total under all, of a party that exported ``usd`` in all."""
    lines = tuple(
        amount if clause.cap is None else min(amount, cents(clause.cap))
        for clause, amount in (
            (clause, earned(clause.shape, each)) for clause, each in zip(policy.clauses, counts, strict=True)
        )
    )
    if usd < policy.eligible.least_usd:
        return tuple(NOTHING for _ in lines), NOTHING
    total = sum(lines, NOTHING)
    return lines, total if policy.party_cap is None else min(total, cents(policy.party_cap))


def split_in_two(policy: PolicyText, counts: Sequence[Counts], usd: Decimal) -> Gain:
    """The party's exports, containers and costs filed half and half by two firms, against by one."""
    one, whole = amounts_of(policy, counts, usd)
    halves = [_half(each) for each in counts]
    rests = [_rest(each, half) for each, half in zip(counts, halves, strict=True)]
    left, left_total = amounts_of(policy, halves, cents(usd / 2))
    right, right_total = amounts_of(policy, rests, usd - cents(usd / 2))
    gains = tuple(a + b - c for a, b, c in zip(left, right, one, strict=True))
    return Gain(gains, left_total + right_total - whole)


def lifted_to_step(policy: PolicyText, counts: Sequence[Counts], usd: Decimal, most: Decimal) -> Gain:
    """Exports raised to the next step of a tier where it lies at most a share ``most`` above, beyond what any growth earns."""
    starts = [
        _next(clause.shape, each.usd, most) if isinstance(clause.shape, Tiers) else None
        for clause, each in zip(policy.clauses, counts, strict=True)
    ]
    if not any(starts):
        return Gain(tuple(NOTHING for _ in starts), NOTHING)
    _, before = amounts_of(policy, counts, usd)
    gains, lifted, more = [], [], Decimal(0)
    for clause, each, start in zip(policy.clauses, counts, starts, strict=True):
        after = each if start is None else replace(each, usd=start)
        gains.append(earned(clause.shape, after) - earned(clause.shape, each))
        lifted.append(after)
        more = max(more, after.usd - each.usd)
    _, total = amounts_of(policy, lifted, usd + more)
    return Gain(tuple(gains), total - before)


def _next(shape: Tiers, usd: Decimal, most: Decimal) -> Decimal | None:
    reach = usd * (1 + most)
    return next((step.start for step in shape.steps if usd < step.start <= reach), None) if usd else None


def _half(counts: Counts) -> Counts:
    return replace(
        counts,
        usd=cents(counts.usd / 2),
        base_usd=cents(counts.base_usd / 2),
        teu=counts.teu / 2,
        cost=cents(counts.cost / 2),
        covered=cents(counts.covered / 2),
    )


def _rest(counts: Counts, half: Counts) -> Counts:
    return replace(
        counts,
        usd=counts.usd - half.usd,
        base_usd=counts.base_usd - half.base_usd,
        teu=counts.teu - half.teu,
        cost=counts.cost - half.cost,
        covered=counts.covered - half.covered,
    )
