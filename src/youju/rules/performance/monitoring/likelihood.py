"""Whether a target will be reached, as far as its forecast says: a suggestion, which a person confirms."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from youju.rules.law import PolicyValue, table
from youju.rules.performance.monitoring.colours import share_of, wants_less
from youju.rules.performance.monitoring.facts import IMPOSSIBLE, LIKELIHOODS, POSSIBLE, SURE, Expected

LIMITS = "performance.monitoring.likelihood"
UNSAID = "没有可比的全年预计，请按实际情况判断。"


def suggest(row: Expected, law: Mapping[str, PolicyValue]) -> tuple[str, str]:
    """The suggested likelihood (a code of ``LIKELIHOODS``, empty where nothing can be compared) and why, in words."""
    share = share_of(row)
    if share is None:
        return "", UNSAID
    limits, kind = table(law, LIMITS), "tier_" if row.number is None else ""
    sure, possible = (Decimal(str(limits[f"{kind}{name}"])) for name in (SURE, POSSIBLE))
    code = SURE if share >= sure else POSSIBLE if share >= possible else IMPOSSIBLE
    if row.number is None:
        said = f"分档的比率是 {_plain(share)}%"
    elif wants_less(row):
        said = f"全年预计 {_plain(row.forecast)}，目标不超过 {_plain(row.number)}，达到程度 {_plain(share)}%"
    else:
        said = f"全年预计 {_plain(row.forecast)}，目标 {_plain(row.number)}，达到程度 {_plain(share)}%"
    return code, f"{said}；{_plain(sure)}% 起为确定能，{_plain(possible)}% 起为有可能：{LIKELIHOODS[code]}。"


def better(one: str, other: str) -> bool:
    """Whether the first likelihood is more hopeful than the second; an empty one compares with nothing."""
    order = list(LIKELIHOODS)
    return bool(one and other) and order.index(one) < order.index(other)


def _plain(value: Decimal | None) -> str:
    return "—" if value is None else f"{value.normalize():f}"
