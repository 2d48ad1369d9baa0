"""A metric's value read against the target of an indicator row: in the target's unit, as a tier, as a degree."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

from youju.rules.law import PolicyValue
from youju.rules.performance.evaluation.directions import direction_of
from youju.rules.performance.evaluation.facts import Row
from youju.rules.performance.evaluation.points import shown
from youju.rules.performance.evaluation.quantities import Pair
from youju.rules.performance.measures.tiers import Tiered, tier_of
from youju.rules.performance.targets.facts import Indicator, Kind
from youju.rules.performance.targets.units import magnitude

LawOf = Mapping[str, PolicyValue]
PLACES = Decimal("0.000001")
_HUNDREDTH = Decimal("0.01")
_UNITS = {"CNY": "元"}
"""Units of the catalogue of metrics as indicator rows write them."""
_PER_CENT = "%"
_MULTIPLIER = "multiplier"


@dataclass(frozen=True, slots=True)
class Read:
    """What a value says of a row.

    ``value`` is in the target's unit, to six places; ``tier`` and ``rate`` (per cent) where the target is no number. ``degree``
    is the share of the target reached, in per cent to the hundredth; ``met`` whether it is reached; both None where there is
    nothing to compare. ``shown`` tells the value as a sentence shows it, ``note`` what was assumed, ``reason`` why there is none.
    """

    value: Decimal | None = None
    tier: str = ""
    rate: Decimal | None = None
    degree: Decimal | None = None
    met: bool | None = None
    less: bool = False
    shown: str = ""
    note: str = ""
    reason: str = ""


def is_quantity(indicator: Indicator) -> bool:
    """Whether the row's target states one number."""
    return indicator.value.kind is Kind.QUANTITATIVE and indicator.value.number is not None


def read(value: Decimal, unit: str, indicator: Indicator, reading: str, law: LawOf) -> Read:
    """Read a metric's value (in the metric's own unit) against a row."""
    if not is_quantity(indicator):
        return _tiered(value, unit, reading, law)
    found = converted(value, unit, indicator.value.unit, law)
    if found is None:
        return Read(reason=f"指标的单位“{shown_unit(unit)}”与目标值的“{indicator.value.unit}”不能换算")
    return against(found, indicator, law, note=note_of(unit, indicator.value.unit, law))


def against(value: Decimal, indicator: Indicator, law: LawOf, *, note: str = "") -> Read:
    """Hold a value in the target's unit against the target."""
    target, actual = Fraction(str(indicator.value.number)), Fraction(value)
    unit = indicator.value.unit or ""
    kind, _ = magnitude("1", indicator.value.unit, law)
    pair = Pair(
        target, actual, indicator.value.operator, unit, kind or _MULTIPLIER, bare=False, converted=False
    )
    row = Row(indicator.level1, indicator.level2, indicator.level3, indicator.raw_value, str(value))
    way = direction_of(row, pair, law)
    degree: Decimal | None = None
    if way.less and actual > 0 and target > 0:
        degree = _hundredths(target / actual * 100)
    elif not way.less and target > 0:
        degree = _hundredths(actual / target * 100)
    met = actual < target if way.less else actual > target
    met = met or (actual == target and not way.strict)
    return Read(value=value, degree=degree, met=met, less=way.less, shown=told(value, unit), note=note)


def converted(value: Decimal, unit: str, target_unit: str | None, law: LawOf) -> Decimal | None:
    """A value in another unit of the same kind, to six places; None where the two cannot be compared.

    Counts of any things are taken as they are (家 for 个), and so is all where the target has no unit: :func:`note_of` says so.
    """
    kind, amount = magnitude(str(value), shown_unit(unit), law)
    if target_unit is None:
        return value.quantize(PLACES, ROUND_HALF_UP)
    other, one = magnitude("1", target_unit, law)
    if kind != other and not (_counts(kind) and _counts(other)):
        return None
    with localcontext() as exact:
        exact.prec = 60
        return (amount / one).quantize(PLACES, ROUND_HALF_UP)


def note_of(unit: str, target_unit: str | None, law: LawOf) -> str:
    """What was assumed when the units are not the same."""
    mine = shown_unit(unit)
    if target_unit is None:
        return f"目标值没有写单位，按“{mine}”计"
    kinds = magnitude("1", mine, law)[0], magnitude("1", target_unit, law)[0]
    return f"目标值的单位是“{target_unit}”，按“{mine}”的个数计" if kinds[0] != kinds[1] else ""


def shown_unit(unit: str) -> str:
    """A metric's unit as indicator rows write it."""
    return _UNITS.get(unit, unit)


def told(value: Decimal, unit: str) -> str:
    """A value with its unit, to the hundredth: ``5.64 亿元``, ``96.79%``."""
    space = "" if unit in {_PER_CENT, ""} else " "
    return f"{shown(Fraction(value))}{space}{unit}"


def _tiered(value: Decimal, unit: str, reading: str, law: LawOf) -> Read:
    found: Tiered | None = tier_of(reading, value, law) if reading else None
    words = told(value, shown_unit(unit))
    if found is None:
        return Read(shown=words, reason="目标值不是一个数，绑定没有写明怎样分档")
    return Read(
        tier=found.code, rate=found.rate, met=found.reached, shown=f"{words}，{found.label}", note=found.why
    )


def is_count(unit: str, law: LawOf) -> bool:
    """Whether a metric's unit counts things."""
    return _counts(magnitude("1", shown_unit(unit), law)[0])


def _counts(kind: str) -> bool:
    return kind.startswith("count:") or kind == "people"


def _hundredths(value: Fraction) -> Decimal:
    with localcontext() as exact:
        exact.prec = 60
        return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(_HUNDREDTH, ROUND_HALF_UP)
