"""Words for the keys of cuts: what a country, a chapter, an agent is called."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from youju.analytics.cuts import OTHER, Dimension
from youju.foundation.policies import law_on
from youju.rules.law import table
from youju.rules.trade.packing.transport import TRANSPORT_MODES
from youju.trade.goods.selectors import code_names
from youju.trade.parties import countries
from youju.trade.parties.selectors.partners import names_of
from youju.trade.statistics.selectors.groups import CATEGORIES, PORTS, REGIONS, group_names

TITLES: dict[Dimension, str] = {
    Dimension.MONTH: "月份",
    Dimension.COUNTRY: "国家（地区）",
    Dimension.REGION: "洲",
    Dimension.CATEGORY: "商品品类",
    Dimension.CHAPTER: "章",
    Dimension.HEADING: "品目",
    Dimension.HS_CODE: "商品编码",
    Dimension.PORT: "出境口岸",
    Dimension.TRANSPORT: "运输方式",
    Dimension.AGENT: "外贸代理",
    Dimension.MERCHANT: "市场经营户",
}
"""What each dimension is called."""
CODED = frozenset({Dimension.CHAPTER, Dimension.HEADING, Dimension.HS_CODE})
"""Dimensions whose code people know as well as its name."""
_PARTIES = frozenset({Dimension.AGENT, Dimension.MERCHANT})
_SHORT = 24


def labels_of(dimension: Dimension, keys: Iterable[str], *, day: date) -> dict[str, str]:
    """Key → words, for every key given; a key without a name stands for itself. At most two queries."""
    wanted = list(keys)
    found = _names(dimension, wanted, day)
    return {key: _told(dimension, key, found.get(key, "")) for key in wanted}


def short(label: str) -> str:
    """A label that fits beside a bar."""
    return label if len(label) <= _SHORT else label[: _SHORT - 1] + "…"


def _names(dimension: Dimension, keys: list[str], day: date) -> Mapping[str, str]:
    named: dict[Dimension, Callable[[], Mapping[str, str]]] = {
        Dimension.COUNTRY: countries.names,
        Dimension.REGION: lambda: group_names(day, REGIONS),
        Dimension.CATEGORY: lambda: group_names(day, CATEGORIES),
        Dimension.TRANSPORT: lambda: TRANSPORT_MODES,
        Dimension.PORT: lambda: group_names(day, PORTS),
    }
    if dimension in named:
        return named[dimension]()
    if dimension in CODED:
        return code_names(keys, day=day)
    if dimension in _PARTIES:
        return {str(key): name for key, (_, name) in names_of(int(key) for key in keys).items()}
    return {}


def _told(dimension: Dimension, key: str, name: str) -> str:
    if key == OTHER and dimension in {Dimension.REGION, Dimension.CATEGORY}:
        return "其他"
    if dimension in CODED:
        return f"{key} {name}".strip()
    if dimension is Dimension.PORT and not name:
        return f"口岸 {key}" if key else "未填"
    return name or key


def choices(day: date) -> dict[str, list[tuple[str, str]]]:
    """What the drop-downs offer: dimension → (value, words)."""
    named = sorted(
        ((code, name) for code, name in countries.names().items() if code != countries.HOME),
        key=lambda pair: pair[1],
    )
    chapters = table(law_on(day), "trade.goods.chapters")
    return {
        "region": [*group_names(day, REGIONS).items(), (OTHER, "其他")],
        "country": named,
        "category": [*group_names(day, CATEGORIES).items(), (OTHER, "其他")],
        "chapter": [(code, short(f"{code} {name}")) for code, name in sorted(chapters.items())],
    }
