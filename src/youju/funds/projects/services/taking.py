"""Taking up approved targets on demand: what was published before projects were kept here, or while their taking up failed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.funds.projects import permissions
from youju.funds.projects.facts import TargetItem
from youju.funds.projects.services.creating import take_up_targets

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


@dataclass(frozen=True, slots=True)
class Approved:
    """The published targets of a year: their tables, and where they are from (``targets.set:12``)."""

    items: Sequence[TargetItem]
    origin: str


Source = Callable[[int], Approved | None]
_sources: dict[str, tuple[Source, Callable[[], Sequence[int]]]] = {}


def register_targets(source: Source, years: Callable[[], Sequence[int]]) -> None:
    """Let the room of targets, which stands above, say what was published of a year, and of which years anything was."""
    _sources["targets"] = source, years


def years_with_targets() -> list[int]:
    """The years of which targets are published, the latest first."""
    return sorted({year for _, years in _sources.values() for year in years()}, reverse=True)


@transaction.atomic
def take_up_year(*, actor: User, year: int) -> tuple[int, int]:
    """Make a project of each table of the published targets of a year that has none yet: (made, there already).

    Raises:
        PermissionDenied: the actor may not manage projects.
        InputError: no targets of the year are published (409).
    """
    require(actor, permissions.MANAGE)
    found = next((each for source, _ in _sources.values() if (each := source(year)) is not None), None)
    if found is None:
        raise InputError(
            f"{year} 年没有已公开的绩效目标", where="年度", how="绩效目标批准公开后再接收", status=409
        )
    return take_up_targets(year=year, items=found.items, actor=actor, origin=found.origin)
