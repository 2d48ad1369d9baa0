"""Measured rows as they were frozen: never changed since."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.performance.measures import permissions
from youju.performance.measures.models import Freeze
from youju.performance.measures.selectors.codec import row_from_json
from youju.performance.measures.selectors.values import MeasuredRow

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from youju.foundation.identity.models import User
    from youju.performance.targets.models import TargetSet


@dataclass(frozen=True, slots=True)
class FrozenMeasures:
    """A freezing. ``figures``: (project code, row) → the keys of the frozen figures (``foundation.metrics``) of its value; two
    where two metrics add up, none where the value is attested. ``content_hash``: sha256 over the rows as canonical JSON."""

    number: int
    fiscal_year: int
    target_version: int
    until: date
    purpose: str
    as_of: datetime
    content_hash: str
    frozen_by: str
    frozen_name: str
    frozen_at: datetime
    rows: tuple[MeasuredRow, ...]
    figures: Mapping[tuple[str, int], tuple[int, ...]]


def frozen_measures(*, actor: User, number: int) -> FrozenMeasures:
    """A freezing by its number. Two queries.

    Raises:
        PermissionDenied: the actor may not see measures.
        InputError: there is none (404).
    """
    require(actor, permissions.VIEW)
    found = Freeze.objects.filter(pk=number).first()
    if found is None:
        raise InputError(f"没有第 {number} 号计量冻结", where="冻结号", how="请看计量冻结清单", status=404)
    return frozen_of(found)


def latest_frozen(*, actor: User, target_set: TargetSet, until: date | None = None) -> FrozenMeasures | None:
    """The newest freezing of a document's year, up to a day where one is given.

    Raises:
        PermissionDenied: the actor may not see measures.
    """
    rows = freezes(actor=actor).filter(unit_key=target_set.unit_key, fiscal_year=target_set.fiscal_year)
    found = (rows.filter(until=until) if until else rows).first()
    return frozen_of(found) if found else None


def freezes(*, actor: User) -> QuerySet[Freeze]:
    """All freezings, newest first.

    Raises:
        PermissionDenied: the actor may not see measures.
    """
    require(actor, permissions.VIEW)
    return Freeze.objects.all()


def frozen_of(row: Freeze) -> FrozenMeasures:
    """A stored freezing as plain data."""
    kept = list(row.rows.all())
    rows = tuple(row_from_json(each.data) for each in kept)
    return FrozenMeasures(
        number=row.pk,
        fiscal_year=row.fiscal_year,
        target_version=row.target_version,
        until=row.until,
        purpose=row.purpose,
        as_of=row.as_of,
        content_hash=row.content_hash,
        frozen_by=row.frozen_by,
        frozen_name=row.frozen_name,
        frozen_at=row.frozen_at,
        rows=rows,
        figures={
            (told.project_code, told.row): tuple(each.figures) for told, each in zip(rows, kept, strict=True)
        },
    )
