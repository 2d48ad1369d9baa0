"""First fit: goods into containers in the order in which both stand, split where a container is full."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal

from youju.rules.trade.packing.amounts import Amounts, part_of
from youju.rules.trade.packing.facts import Capacity

_GRAIN = Decimal("0.00001")


@dataclass(frozen=True, slots=True)
class Placed:
    """What of a line goes into which container; both by the keys that were given."""

    line: int
    container: int
    part: Amounts


def first_fit(
    lines: Sequence[tuple[int, Amounts]], containers: Sequence[tuple[int, Capacity, Amounts]]
) -> tuple[list[Placed], dict[int, Amounts]]:
    """Each line into the first container that still takes all of it, else spread over those with room, whole packages at a time.

    Args:
        lines: key and what is to be packed of it.
        containers: key, capacity, and what stands in it already.

    Returns:
        What goes where, and what found no room by the line's key.
    """
    loads = {key: load for key, _, load in containers}
    placed: list[Placed] = []
    over: dict[int, Amounts] = {}
    for key, wanted in lines:
        whole = next((c for c, most, _ in containers if _fits(loads[c] + wanted, most)), None)
        parts = (
            [Placed(key, whole, wanted)]
            if whole is not None
            else list(_spread(key, wanted, containers, loads))
        )
        left = wanted
        for each in parts:
            loads[each.container] += each.part
            left -= each.part
        placed += parts
        if left.quantity > 0:
            over[key] = left
    return placed, over


def _fits(load: Amounts, most: Capacity) -> bool:
    return load.volume <= most.volume and load.gross_weight <= most.payload


def _spread(
    key: int,
    left: Amounts,
    containers: Sequence[tuple[int, Capacity, Amounts]],
    loads: Mapping[int, Amounts],
) -> Iterator[Placed]:
    for container, most, _ in containers:
        if left.quantity <= 0:
            return
        part = _room(left, most, loads[container])
        if part is not None:
            yield Placed(key, container, part)
            left -= part


def _room(left: Amounts, most: Capacity, load: Amounts) -> Amounts | None:
    if _fits(load + left, most):
        return left
    shares = [
        (room / size, size)
        for room, size in (
            (most.volume - load.volume, left.volume),
            (most.payload - load.gross_weight, left.gross_weight),
        )
        if size > 0
    ]
    share = min((each for each, _ in shares), default=Decimal(1))
    packages = int((left.packages * share).to_integral_value(ROUND_DOWN)) if share > 0 else 0
    # Rounding half up may go over by one grain: then one package less.
    while packages > 0:
        quantity = (left.quantity * packages / left.packages).quantize(_GRAIN, ROUND_DOWN)
        if left.quantity == left.quantity.to_integral_value():
            quantity = quantity.to_integral_value(ROUND_DOWN)  # pieces are not cut
        if quantity <= 0:
            return None
        part = part_of(left, quantity, packages)
        if quantity < left.quantity and _fits(load + part, most):
            return part
        packages -= 1
    return None
