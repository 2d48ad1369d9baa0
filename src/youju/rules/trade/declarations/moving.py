"""Moving an order from one planned declaration to another or to a new one: what it costs, what it breaks, how it is undone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from youju.rules.findings import Finding, Severity
from youju.rules.law import PolicyValue
from youju.rules.trade.declarations.checking import check_plan
from youju.rules.trade.declarations.declaring import declare
from youju.rules.trade.declarations.facts import Declaration, DeclarationPlan, Order, Proof
from youju.rules.trade.declarations.terms import terms_of

Groups: TypeAlias = tuple[tuple[str, ...], ...]
"""Order numbers by declaration; the first group is declaration 1."""
NEW = 0
"""As a target: a declaration of its own."""


class NoMoveError(ValueError):
    """The order cannot go there at all; the sentence says why."""


@dataclass(frozen=True, slots=True)
class Move:
    """A move as it was made. Places count from 0; ``emptied``: the group that it left is gone, ``opened``: it got its own."""

    order: str
    source: int
    place: int
    target: int
    emptied: bool
    opened: bool


@dataclass(frozen=True, slots=True)
class Cost:
    """What a move does. Declarations count from 1, as in the plan before (``target`` of a new one is its number after).

    ``declarations`` and ``lines`` are of the whole plan, before and after; ``before`` and ``after`` are the touched
    declarations; ``findings`` what rules say of them after.
    """

    order: str
    source: int
    target: int
    opened: bool
    emptied: bool
    declarations: tuple[int, int]
    lines: tuple[int, int]
    before: tuple[Declaration, ...]
    after: tuple[Declaration, ...]
    findings: tuple[Finding, ...]

    @property
    def broken(self) -> tuple[Finding, ...]:
        """Hard rules that forbid it."""
        return tuple(each for each in self.findings if each.severity is Severity.ERROR)


def move(groups: Groups, order: str, to: int) -> tuple[Groups, Move]:
    """The groups after a move, and what is needed to undo it.

    Args:
        groups: as they are.
        order: number of the order.
        to: number of the declaration from 1, or ``NEW``.

    Raises:
        NoMoveError: the order is not planned, the target does not exist, or nothing would change.
    """
    source = next((place for place, group in enumerate(groups) if order in group), None)
    if source is None:
        raise NoMoveError(f"方案里没有交易单 {order}")
    if not NEW <= to <= len(groups):
        raise NoMoveError(f"方案里没有第 {to} 票")
    if to == source + 1:
        raise NoMoveError(f"交易单 {order} 已经在第 {to} 票")
    alone = len(groups[source]) == 1
    if to == NEW and alone:
        raise NoMoveError(f"交易单 {order} 已经单独成票")
    made = [list(group) for group in groups]
    place = made[source].index(order)
    del made[source][place]
    target = len(made) if to == NEW else to - 1
    if to == NEW:
        made.append([])
    made[target].append(order)
    done = Move(order, source, place, target, emptied=alone, opened=to == NEW)
    return tuple(tuple(group) for group in made if group), done


def undo(groups: Groups, last: Move) -> Groups:
    """The groups before the last move.

    Raises:
        NoMoveError: they are not as that move left them.
    """
    made = [list(group) for group in groups]
    if last.emptied:
        made.insert(last.source, [])
    if last.target >= len(made) or not made[last.target] or made[last.target][-1] != last.order:
        raise NoMoveError("方案已经不是移动以后的样子")
    made[last.target].pop()
    made[last.source].insert(last.place, last.order)
    return tuple(tuple(group) for group in made if group)


def cost_of(
    groups: Groups,
    order: str,
    to: int,
    *,
    orders: Mapping[str, Order],
    law: Mapping[str, PolicyValue],
    usd_rates: Mapping[str, Decimal] | None = None,
) -> tuple[Groups, Move, Cost]:
    """A move with what it costs and breaks; nothing is refused here for breaking a rule.

    Raises:
        NoMoveError: as ``move``.
    """
    after, done = move(groups, order, to)
    terms = terms_of(law)
    old = [declare(number, [orders[each] for each in group], terms) for number, group in enumerate(groups, 1)]
    new = [declare(number, [orders[each] for each in group], terms) for number, group in enumerate(after, 1)]
    touched = {order, *(groups[done.source]), *(groups[done.target] if not done.opened else ())}
    before = tuple(each for each in old if touched.intersection(each.orders))
    changed = tuple(each for each in new if touched.intersection(each.orders))
    part = DeclarationPlan(changed, (), Proof(len(changed), 0, 0.0))
    found = check_plan(part, _in_order(changed, orders), law, usd_rates)
    target = next(each.number for each in changed if order in each.orders)
    return (
        after,
        done,
        Cost(
            order=order,
            source=done.source + 1,
            target=target if done.opened else to,
            opened=done.opened,
            emptied=done.emptied,
            declarations=(len(groups), len(after)),
            lines=(sum(len(each.lines) for each in old), sum(len(each.lines) for each in new)),
            before=before,
            after=changed,
            findings=tuple(found),
        ),
    )


def _in_order(made: Sequence[Declaration], orders: Mapping[str, Order]) -> list[Order]:
    return [orders[number] for each in made for number in each.orders]
