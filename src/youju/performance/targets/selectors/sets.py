"""Which document is meant: the active version of a unit and year."""

from __future__ import annotations

from youju.foundation.policies import policy_hash
from youju.performance.targets.models import TargetSet

NUL = "\0"
"""PostgreSQL's text knows no NUL; one that comes in an address finds nothing rather than failing."""


def active_sets() -> list[TargetSet]:
    """The active version of every unit and year, latest year first: the choices of the year switch."""
    return list(TargetSet.objects.filter(is_active=True).order_by("-fiscal_year", "unit_key"))


def active_set(*, year: int | None = None, unit: str | None = None) -> TargetSet | None:
    """The active version of a year (``None``: the latest) and unit (``None``: the first by code), or ``None``."""
    sets = TargetSet.objects.filter(is_active=True)
    if year is not None:
        sets = sets.filter(fiscal_year=year)
    if unit is not None:
        sets = sets.filter(unit_key=unit.replace(NUL, ""))
    return sets.order_by("-fiscal_year", "unit_key").first()


def is_stale(target_set: TargetSet) -> bool:
    """Whether the stored findings were made under other policies than today's."""
    return target_set.linted_policy_hash != policy_hash()
