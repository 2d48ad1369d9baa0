"""Units of a report: what may be compared with what, and at what scale."""

from __future__ import annotations

from decimal import Decimal

_SCALES = {"": 1, "百": 10**2, "千": 10**3, "万": 10**4, "百万": 10**6, "千万": 10**7, "亿": 10**8}
_PERSONS, _FIRMS, _TIMES = "persons", "firms", "times"
_GROUPS = {
    "人": _PERSONS, "人次": _PERSONS, "名": _PERSONS, "家": _FIRMS, "户": _FIRMS, "家次": _FIRMS, "户次": _FIRMS,
    "次": _TIMES, "批": _TIMES, "批次": _TIMES, "场": _TIMES, "场次": _TIMES, "期": _TIMES,
}  # fmt: skip
MONEY, DOLLARS, PERCENT, POINTS, MARKS, COUNT, BARE = (
    "money",
    "dollars",
    "percent",
    "points",
    "marks",
    "count",
    "bare",
)


def scaled(unit: str) -> tuple[str, Decimal]:
    """A unit taken apart: ``万元`` → ``("元", 10000)``, ``万人次`` → ``("人次", 10000)``, ``CNY`` → ``("元", 1)``."""
    unit = {"CNY": "元", "USD": "美元", "": ""}.get(unit, unit)
    for prefix in ("千万", "百万", "亿", "万", "千", "百"):
        if unit.startswith(prefix):
            return unit[len(prefix) :], Decimal(_SCALES[prefix])
    return unit, Decimal(1)


def dimension(unit: str) -> str:
    """What sort of unit it is."""
    base, scale = scaled(unit)
    if base == "元":
        return MONEY
    if base == "美元":
        return DOLLARS
    if base in ("%", "‰"):
        return PERCENT
    if base == "个百分点":
        return POINTS
    if base == "分":
        return MARKS
    return BARE if not base and scale == 1 else COUNT


def alike(left: str, right: str) -> bool:
    """Whether counts in two units may mean the same: 家 and 个 do, 家 and 次 do not."""
    one, two = _GROUPS.get(scaled(left)[0]), _GROUPS.get(scaled(right)[0])
    return one is None or two is None or one == two


def magnitude(value: Decimal, unit: str) -> Decimal:
    """A value in the base unit of its dimension."""
    base, scale = scaled(unit)
    return value * scale / (10 if base == "‰" else 1)


def converted(value: Decimal, unit: str, into: str) -> Decimal:
    """A value of one unit in another of the same dimension; a unit of none stays as it is."""
    if BARE in (dimension(unit), dimension(into)):
        return value
    if scaled(unit)[0] == scaled(into)[0]:
        return value * scaled(unit)[1] / scaled(into)[1]
    return magnitude(value, unit) / magnitude(Decimal(1), into)
