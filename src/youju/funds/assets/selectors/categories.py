"""Categories of assets and their useful lives, as the policies of today say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import cast

from django.utils import timezone

from youju.foundation.policies import law_on
from youju.rules.law import table

FIRST = date(2020, 1, 1)
"""House rules begin here: what is older is judged by them all the same."""
_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Category:
    """A category: its code, name, group, months of useful life (0: never depreciated)."""

    code: str
    name: str
    group: str
    months: int


def groups() -> dict[str, str]:
    """The top groups of GB/T 14885: code → name."""
    return {
        code: str(name) for code, name in table(law_on(timezone.localdate()), "funds.assets.groups").items()
    }


def categories(day: date | None = None) -> dict[str, Category]:
    """Every category as the law of a day has it; of today unless said. A day before 2020 is taken for its first."""
    rows = table(law_on(max(day or timezone.localdate(), FIRST)), "funds.assets.categories")
    found = {}
    for code, row in rows.items():
        told = cast("Mapping[str, object]", row)
        found[code] = Category(code, str(told["name"]), code[:3], cast("int", told["years"]) * _MONTHS)
    return found


def category_name(code: str) -> str:
    """The name of a category; its code where the table no longer has it."""
    found = categories().get(code)
    return found.name if found else code
