"""The register from a spreadsheet: written as one, taken back as one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.db.models import Q

from youju.foundation.audit.services import record_many
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.funds.assets import events, permissions
from youju.funds.assets.models import Asset, Disposal, Funding, Item, Move
from youju.funds.assets.services.registering import AssetWish, months_of, told
from youju.rules.funds.assets.lifecycle import IDLE, IN_USE

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

_NAMES = (
    "name", "category", "cost", "acquired_on", "model", "serial", "project", "section", "place", "keeper", "keeper_name", "note",
)  # fmt: skip


@transaction.atomic
def store_batch(*, actor: User, batch: str, wishes: Sequence[AssetWish]) -> int:
    """Write cards that a sheet's checks let through; how many. Those without a number get the next ones.

    Raises:
        PermissionDenied: the actor imports no assets.
    """
    require(actor, permissions.IMPORT)
    numbers = _numbers([wish for wish in wishes if not wish.number])
    rows, months = [], {}
    for wish in wishes:
        row = Asset(created_by=actor.username, batch=batch, state=IDLE if wish.idle else IN_USE)
        for name in _NAMES:
            setattr(row, name, getattr(wish, name))
        row.number = wish.number.upper() or next(numbers)
        key = (wish.category, wish.acquired_on.year)
        if key not in months:
            months[key] = months_of(wish.category, wish.acquired_on)
        row.months = months[key]
        rows.append(row)
    made = Asset.objects.bulk_create(rows, batch_size=1_000)
    record_many(events.REGISTERED, [(events.subject_of(row), None, told(row)) for row in made])
    return len(made)


@transaction.atomic
def remove_batch(*, batch: str) -> int:
    """Take a batch's cards away; how many. Who may is asked by the imports room.

    Raises:
        InputError: one of them was used, counted or depreciated (409); then all of them stay.
    """
    rows = list(Asset.objects.select_for_update().filter(batch=batch).order_by("pk"))
    ids = [row.pk for row in rows]
    used = Asset.objects.filter(pk__in=ids).filter(
        Q(revision__gt=0)
        | Q(depreciated_to__isnull=False)
        | Q(pk__in=Funding.objects.filter(asset__in=ids).values("asset"))
        | Q(pk__in=Move.objects.filter(asset__in=ids).values("asset"))
        | Q(pk__in=Disposal.objects.filter(asset__in=ids).values("asset"))
        | Q(pk__in=Item.objects.filter(asset__in=ids).values("asset"))
    )
    if first := used.first():
        raise InputError(
            "这一批的资产已经有人用到", where=first.number, how="计提过折旧、盘点过或移交过的不能撤销，请逐件办理", status=409
        )  # fmt: skip
    subjects = [events.subject_of(row) for row in rows]
    Asset.objects.filter(pk__in=ids).delete()
    record_many(events.REMOVED, [(each, {"batch": batch}, None) for each in subjects])
    return len(rows)


def _numbers(wishes: Sequence[AssetWish]) -> _Numbers:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval('assets_asset_number') FROM generate_series(1, %s)", [len(wishes) * 2 or 1]
        )
        found = [row[0] for row in cursor.fetchall()]
    return _Numbers(wishes, found)


class _Numbers:
    """Numbers for those that have none, in their order; those that imported cards took already are passed over."""

    def __init__(self, wishes: Sequence[AssetWish], serials: Sequence[int]) -> None:
        years = [f"{wish.acquired_on:%Y}" for wish in wishes]
        wanted = {f"ZC{year}{serial:06d}" for year in set(years) for serial in serials}
        self._taken = set(Asset.objects.filter(number__in=wanted).values_list("number", flat=True))
        self._years, self._serials = iter(years), iter(serials)

    def __next__(self) -> str:
        year = next(self._years)
        while (number := f"ZC{year}{next(self._serials):06d}") in self._taken:
            pass
        return number
