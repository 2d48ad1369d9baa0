"""The balance of a chain, step by step: ordered less returned is what there is; it is consolidated, packed, declared, or left.

Figures are :class:`Amounts`: quantity in the deal unit, packages, weights in kg, volume in m³, amount in the currency.
Nothing is rounded: a difference of the last place is an imbalance.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from youju.rules.trade.packing.amounts import NAMES, Amounts

DECLARED_MEASURES = ("amount", "net_weight", "gross_weight", "packages")
"""What must add up inside a declared line whatever the units of its sources are."""


NOTHING = Amounts()


@dataclass(frozen=True, slots=True)
class Imbalance:
    """More came out of a step than went in. ``more`` and ``less`` are the two figures; ``step`` names the step."""

    step: str
    measure: str
    more: Decimal
    less: Decimal
    sentence: str

    @property
    def difference(self) -> Decimal:
        """How much too much."""
        return self.more - self.less

    def as_json(self) -> dict[str, str]:
        """As the command and the API tell it."""
        return {"step": self.step, "measure": self.measure, "more": str(self.more), "less": str(self.less),
                "difference": str(self.difference), "message": self.sentence}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Balance:
    """One order line, or the sum of many in one unit and one currency."""

    ordered: Amounts
    returned: Amounts = NOTHING
    consolidated: Amounts = NOTHING
    packed: Amounts = NOTHING
    declared: Amounts = NOTHING

    @property
    def there(self) -> Amounts:
        """Ordered less returned."""
        return self.ordered - self.returned

    @property
    def unconsolidated(self) -> Amounts:
        """What is left of it in no consolidation."""
        return self.there - self.consolidated

    @property
    def unpacked(self) -> Amounts:
        """What is consolidated and in no container."""
        return self.consolidated - self.packed

    @property
    def left(self) -> Amounts:
        """What there is and stands in no container."""
        return self.there - self.packed

    @property
    def undeclared(self) -> Amounts:
        """What is packed and in no declaration that counts."""
        return self.packed - self.declared

    def __add__(self, other: Balance) -> Balance:
        """Both together; they are of one unit and one currency."""
        return Balance(
            self.ordered + other.ordered,
            self.returned + other.returned,
            self.consolidated + other.consolidated,
            self.packed + other.packed,
            self.declared + other.declared,
        )


_STEPS = (
    ("returned", "退货", "成交", "returned", "ordered"),
    ("consolidated", "组货", "成交减退货", "consolidated", "there"),
    ("packed", "装箱", "组货", "packed", "consolidated"),
    ("declared", "申报", "装箱", "declared", "packed"),
)


def imbalances(balance: Balance) -> tuple[Imbalance, ...]:
    """Every step of which more came out than went in, measure by measure; empty where the chain holds."""
    found = []
    for step, word, base, out, into in _STEPS:
        for measure, label in NAMES.items():
            more, less = getattr(getattr(balance, out), measure), getattr(getattr(balance, into), measure)
            if more > less:
                told = (
                    f"{word}的{label} {_plain(more)} 多于{base}的 {_plain(less)}，多 {_plain(more - less)}。"
                )
                found.append(Imbalance(step, measure, Decimal(more), Decimal(less), told))
    return tuple(found)


def balanced(balance: Balance) -> bool:
    """Whether what was ordered is found again: returned, left, unpacked, undeclared and declared add up and none is negative."""
    parts = (balance.returned, balance.unconsolidated, balance.unpacked, balance.undeclared, balance.declared)
    whole = sum(parts, Amounts())
    return whole == balance.ordered and not imbalances(balance)


def differences(g_no: int, line: Amounts, sources: Amounts, *, one_unit: bool) -> tuple[Imbalance, ...]:
    """Where a declared line and the sum of its sources differ; the quantity is compared where all sources share its unit."""
    measures = (*DECLARED_MEASURES, "quantity") if one_unit else DECLARED_MEASURES
    found = []
    for measure in measures:
        stated, summed = Decimal(getattr(line, measure)), Decimal(getattr(sources, measure))
        if stated != summed:
            told = f"第 {g_no} 项申报的{NAMES[measure]} {_plain(stated)}，来源各行合计 {_plain(summed)}。"
            found.append(Imbalance("line", measure, max(stated, summed), min(stated, summed), told))
    return tuple(found)


def _plain(value: Decimal | int) -> str:
    text = f"{value:f}" if isinstance(value, Decimal) else str(value)
    return text.rstrip("0").rstrip(".") if "." in text else text
