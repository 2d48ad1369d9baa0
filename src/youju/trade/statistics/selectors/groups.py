"""The house's regions and categories of the day, as cuts and labels take them."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import cast

from youju.analytics.cuts import Groups
from youju.foundation.policies import law_on
from youju.rules.law import Table, table

REGIONS, CATEGORIES, PORTS = (
    "trade.statistics.regions",
    "trade.statistics.categories",
    "trade.statistics.ports",
)


@lru_cache(maxsize=8)
def groups_on(day: date) -> Groups:
    """Regions and categories in force on a day."""
    return Groups(_members(day, REGIONS, "countries"), _members(day, CATEGORIES, "prefixes"))


@lru_cache(maxsize=16)
def group_names(day: date, policy: str) -> dict[str, str]:
    """Key → name of the regions or categories, in the order of the policy."""
    return {key: str(cast("Table", row)["name"]) for key, row in table(law_on(day), policy).items()}


def _members(day: date, policy: str, what: str) -> dict[str, tuple[str, ...]]:
    rows = table(law_on(day), policy)
    return {key: cast("tuple[str, ...]", cast("Table", row)[what]) for key, row in rows.items()}
