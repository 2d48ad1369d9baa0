"""Which document is meant: the version that a unit's year shows by default, the one being worked on, a numbered one."""

from __future__ import annotations

from youju.foundation.policies import policy_hash
from youju.performance.targets.models import TargetSet
from youju.rules.performance.targets.lifecycle import DROPPED, OPEN

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


def working_set(*, year: int, unit: str) -> TargetSet | None:
    """The version on which a new one builds: the latest that was not dropped."""
    sets = TargetSet.objects.filter(fiscal_year=year, unit_key=unit.replace(NUL, ""))
    return sets.exclude(state=DROPPED).order_by("-version").first()


def open_set(target_set: TargetSet) -> TargetSet | None:
    """The version of the same unit and year that is still on its way, when it is another one than this."""
    same = TargetSet.objects.filter(
        fiscal_year=target_set.fiscal_year, unit_key=target_set.unit_key, state__in=OPEN
    )
    return same.exclude(pk=target_set.pk).first()


def numbered_set(target_set: TargetSet, version: int) -> TargetSet | None:
    """Another version of the same unit and year, by its number."""
    return TargetSet.objects.filter(
        fiscal_year=target_set.fiscal_year, unit_key=target_set.unit_key, version=version
    ).first()


def set_of(target_set_id: int) -> TargetSet | None:
    """A version by its key."""
    return TargetSet.objects.select_related("imported_by", "based_on").filter(pk=target_set_id).first()


def is_stale(target_set: TargetSet) -> bool:
    """Whether the stored findings were made under other policies than today's."""
    return target_set.linted_policy_hash != policy_hash()
