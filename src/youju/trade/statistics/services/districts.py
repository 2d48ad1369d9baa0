"""District statistics: written by an import, taken back with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from youju.foundation.audit.services import record_many
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.foundation.kernel.subjects import Subject
from youju.trade.statistics import events, permissions
from youju.trade.statistics.models import DistrictFigure

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

Key = tuple[date, str, str]


@dataclass(frozen=True, slots=True)
class Figure:
    """One month of a district under a mode of trade; ``month`` is the first day, values in CNY and USD."""

    month: date
    district: str
    mode: str
    value_cny: Decimal
    value_usd: Decimal | None = None
    source: str = ""

    @property
    def key(self) -> Key:
        """What it is known by."""
        return (self.month, self.district, self.mode)

    @property
    def name(self) -> str:
        """How the trail names it."""
        return f"{self.month:%Y-%m} {self.district} {self.mode}"


def standing(keys: Sequence[Key]) -> dict[Key, DistrictFigure]:
    """The figures that stand under these keys. One query."""
    rows = DistrictFigure.objects.filter(
        month__in={key[0] for key in keys}, district__in={key[1] for key in keys}
    )
    found = {(row.month, row.district, row.mode): row for row in rows}
    return {key: found[key] for key in keys if key in found}


@transaction.atomic
def store_figures(*, actor: User, rows: Sequence[Figure]) -> list[dict[str, Any]]:
    """Write figures; one that is there is replaced. What was there before, as JSON, for taking it back.

    Raises:
        PermissionDenied: the actor does not import district statistics.
    """
    require(actor, permissions.IMPORT)
    list(DistrictFigure.objects.filter(month__in={row.month for row in rows}).select_for_update())
    before = standing([row.key for row in rows])
    DistrictFigure.objects.bulk_create(
        [
            DistrictFigure(
                month=row.month, district=row.district, mode=row.mode, value_cny=row.value_cny, value_usd=row.value_usd,
                source=row.source, entered_by=actor.username, entered_at=timezone.now(),
            )
            for row in rows
        ],
        update_conflicts=True,
        unique_fields=["month", "district", "mode"],
        update_fields=["value_cny", "value_usd", "source", "entered_by", "entered_at", "is_demo"],
    )  # fmt: skip
    record_many(
        events.DISTRICTS_LOADED,
        [
            (
                Subject(events.DISTRICT_KIND, row.name, row.name),
                _told(before[row.key]) if row.key in before else None,
                {"value_cny": row.value_cny, "value_usd": row.value_usd},
            )
            for row in rows
        ],
    )
    return [
        {
            "month": row.month.isoformat(),
            "district": row.district,
            "mode": row.mode,
            "value_cny": str(row.value_cny),
            "was": _kept(before.get(row.key)),
        }
        for row in rows
    ]


@transaction.atomic
def restore_figures(*, actor: User, kept: Sequence[dict[str, Any]]) -> None:
    """As it was before :func:`store_figures`. Who may take imports back is asked by the imports room.

    Raises:
        InputError: a figure was changed since (409); then nothing is taken back.
    """
    keys = [(date.fromisoformat(each["month"]), each["district"], each["mode"]) for each in kept]
    list(DistrictFigure.objects.filter(month__in={key[0] for key in keys}).select_for_update())
    rows = standing(keys)
    deeds = []
    for each, key in zip(kept, keys, strict=True):
        row, name = rows.get(key), f"{each['month'][:7]} {each['district']} {each['mode']}"
        if row is None or row.value_cny != Decimal(each["value_cny"]):
            raise InputError("这个统计数后来改过", where=name, how="请直接导入正确的统计数", status=409)
        was = each["was"]
        deeds.append(
            (Subject(events.DISTRICT_KIND, name, name), _told(row), was and {"value_cny": was["value_cny"]})
        )
        if was is None:
            row.delete()
            continue
        row.value_cny, row.source = Decimal(was["value_cny"]), was["source"]
        row.value_usd = Decimal(was["value_usd"]) if was["value_usd"] else None
        row.entered_by, row.entered_at = actor.username, timezone.now()
        row.save()
    record_many(events.DISTRICTS_LOADED, deeds)


def _told(row: DistrictFigure) -> dict[str, Any]:
    return {"value_cny": row.value_cny, "value_usd": row.value_usd}


def _kept(row: DistrictFigure | None) -> dict[str, str] | None:
    if row is None:
        return None
    return {"value_cny": str(row.value_cny), "value_usd": str(row.value_usd or ""), "source": row.source}
