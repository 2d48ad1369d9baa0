"""What a grade does (等级的作用), as the law of a day says it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from youju.rules.law import PolicyValue, names, table

NO_LEVEL = "none"
"""How the tables by grade name a party that has no level yet."""
SHARE, LANE, PREPAID = (
    "trade.credit.inspection_share",
    "trade.credit.fast_lane_days",
    "trade.credit.prepayment_grades",
)
_HUNDRED = 100


@dataclass(frozen=True, slots=True)
class Effect:
    """One effect in words: what it touches, what it is, whether it helps."""

    title: str
    text: str
    helps: bool


def inspection_share(level: str, law: Mapping[str, PolicyValue]) -> Decimal:
    """The share (0…1) of a party's declarations that is looked at at random; ``level`` empty: none yet."""
    shares = table(law, SHARE)
    return Decimal(str(shares.get(level or NO_LEVEL, shares[NO_LEVEL]))) / _HUNDRED


def fast_lane_days(level: str, law: Mapping[str, PolicyValue]) -> int | None:
    """Working days in which a change or renewal of the filing is decided; ``None``: as for everybody."""
    days = table(law, LANE).get(level)
    return days if isinstance(days, int) else None


def effects_of(level: str, law: Mapping[str, PolicyValue]) -> tuple[Effect, ...]:
    """All effects of a level in words."""
    share, usual = ((inspection_share(each, law) * _HUNDRED).normalize() for each in (level, ""))
    days = fast_lane_days(level, law)
    prepaid = level in names(law, PREPAID)
    lane = f"变更和续期 {days} 个工作日内办结" if days is not None else "按一般期限办理"
    return (
        Effect(
            "随机抽查",
            f"抽查比例 {share:f}%" + ("" if share == usual else f"（一般 {usual:f}%）"),
            share <= usual,
        ),
        Effect("备案快速通道", lane, days is not None),
        Effect("补贴预拨", "政策规定预拨的，可以先付一部分" if prepaid else "决定以后付款", prepaid),
    )
