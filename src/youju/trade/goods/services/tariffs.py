"""Versions of the tariff: stored whole, each taking over on its first day, taken back while nothing rests on it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import connection, transaction

from youju.foundation.audit.services import record
from youju.foundation.identity.permissions import require
from youju.foundation.imports.staging import copy_rows
from youju.foundation.kernel.context import reaching_all
from youju.foundation.kernel.errors import InputError
from youju.trade.goods import events, permissions
from youju.trade.goods.models import Campaign, Decision, TariffVersion
from youju.trade.goods.spelling import grams, in_version, initials

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

_LINE = (
    "version_id", "code", "name", "unit1", "unit2", "export_duty", "supervision", "inspection", "initials", "grams",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class TariffRow:
    """One line to store; ``export_duty`` in per cent, ``elements`` the declaration elements in order."""

    code: str
    name: str
    unit1: str
    unit2: str = ""
    export_duty: Decimal | None = None
    supervision: str = ""
    inspection: str = ""
    elements: tuple[str, ...] = ()


@transaction.atomic
def store_tariff(
    *,
    actor: User | None,
    name: str,
    valid_from: date,
    rows: Sequence[TariffRow],
    source_name: str = "",
    source_sha256: str = "",
    is_demo: bool = False,
) -> TariffVersion:
    """Store a version whole, by COPY. The version in force the day before ends there; one that follows later bounds it.

    Args:
        actor: who loads it; ``None`` for the demo's loader alone.
        valid_from: its first day.

    Raises:
        InputError: the name or the day is taken (409), no rows.
        PermissionDenied: the actor may not keep the tariff.
    """
    if actor is not None:
        require(actor, permissions.MANAGE_TARIFF)
    _lock()
    if not rows:
        raise InputError("没有一行编码", where=name, how="请检查文件")
    check_place(name, valid_from)
    before = TariffVersion.objects.filter(valid_from__lt=valid_from).order_by("-valid_from").first()
    after = TariffVersion.objects.filter(valid_from__gt=valid_from).order_by("valid_from").first()
    stored = TariffVersion.objects.create(
        name=name,
        valid_from=valid_from,
        valid_to=after.valid_from if after else None,
        lines_count=len(rows),
        source_name=source_name,
        source_sha256=source_sha256,
        loaded_by=actor.username if actor else "",
        is_demo=is_demo,
    )
    if before is not None:
        _bound(before, valid_from)
    copy_rows("goods_tariffline", _LINE, _lines(stored.pk, rows))
    copy_rows(
        "goods_element",
        ("version_id", "code", "names"),
        ((stored.pk, row.code, list(row.elements)) for row in rows if row.elements),
    )
    record(
        events.TARIFF_LOADED,
        events.tariff_subject(stored),
        None,
        {
            "valid_from": stored.valid_from,
            "valid_to": stored.valid_to,
            "lines": stored.lines_count,
            "source": source_name,
            "sha256": source_sha256,
        },
    )
    return stored


@transaction.atomic
def remove_tariff(*, actor: User, version_id: int) -> None:
    """Take a version back; the one before it is in force again for its days.

    Raises:
        InputError: there is none (404), or decisions or campaigns rest on it (409).
        PermissionDenied: the actor may not keep the tariff.
    """
    require(actor, permissions.MANAGE_TARIFF)
    _lock()
    found = TariffVersion.objects.filter(pk=version_id).first()
    if found is None:
        raise InputError("没有这个税则版本", how="请回到版本列表重新选择", status=404)
    refuse_where_used(found)
    before = TariffVersion.objects.filter(valid_from__lt=found.valid_from).order_by("-valid_from").first()
    record(
        events.TARIFF_REMOVED,
        events.tariff_subject(found),
        {"valid_from": found.valid_from, "valid_to": found.valid_to, "lines": found.lines_count},
        None,
    )
    ends = found.valid_to
    found.delete()
    if before is not None:
        _bound(before, ends)


def refuse_where_used(found: TariffVersion) -> None:
    """Raise an ``InputError`` (409) where decisions or campaigns rest on a version."""
    with reaching_all():  # what nobody here may read rests on the version all the same
        resting = Decision.objects.filter(tariff=found).count()
        asked = Campaign.objects.filter(tariff=found).exists()
    if resting:
        raise InputError(
            f"已有 {resting} 项商品认定依据“{found.name}”，不能撤销",
            how="请装入改正后的新版本，从改正之日起接替它",
            status=409,
        )
    if asked:
        raise InputError(f"重新认定依据“{found.name}”，不能撤销", how="请先结束那次重新认定", status=409)


def check_place(name: str, valid_from: date) -> None:
    """Raise an ``InputError`` (409) where a name or a first day is taken."""
    for row in TariffVersion.objects.filter(name=name) | TariffVersion.objects.filter(valid_from=valid_from):
        if row.name == name:
            raise InputError(f"已有叫“{name}”的税则版本", where="版本名称", how="请换一个名称", status=409)
        raise InputError(
            f"已有从 {valid_from} 起施行的版本“{row.name}”",
            where="施行日期",
            how="请换一个日期，或先撤销那一版的导入",
            status=409,
        )


def _bound(version: TariffVersion, ends: date | None) -> None:
    before = version.valid_to
    if before == ends:
        return
    version.valid_to = ends
    version.save(update_fields=["valid_to"])
    verb = events.TARIFF_ENDED if ends else events.TARIFF_REOPENED
    record(verb, events.tariff_subject(version), {"valid_to": before}, {"valid_to": ends})


def _lines(version_id: int, rows: Iterable[TariffRow]) -> Iterable[tuple[object, ...]]:
    for row in rows:
        spelled = initials(row.name)
        yield (
            version_id, row.code, row.name, row.unit1, row.unit2, row.export_duty, row.supervision, row.inspection,
            spelled, in_version(version_id, grams(row.name, spelled)),
        )  # fmt: skip


def _lock() -> None:
    """One at a time: versions bound one another."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('youju.goods.tariff', 0))")
