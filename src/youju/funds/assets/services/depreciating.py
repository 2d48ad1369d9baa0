"""The month's depreciation: by the pure rule, once for each asset and month, however often it is asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction
from django.db.models import F, Q
from django.utils import timezone

from youju.foundation.audit.services import record
from youju.foundation.database.copying import copy_rows
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.foundation.kernel.subjects import Subject
from youju.funds.assets import events, permissions
from youju.funds.assets.models import Asset, Run
from youju.rules.funds.assets.depreciation import charges, first_of, month_after
from youju.rules.funds.assets.lifecycle import DISPOSED

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

_COLUMNS = ("asset_id", "month", "amount", "accumulated", "run_id")
_WAVE = 2_000


@transaction.atomic
def ask_depreciation(*, actor: User, month: date) -> Run:
    """Depreciate up to a month that is over, as the monthly job does.

    Raises:
        PermissionDenied: the actor keeps no register.
        InputError: the month is not over yet.
    """
    require(actor, permissions.EDIT)
    if first_of(month) >= first_of(timezone.localdate()):
        raise InputError(f"{month:%Y-%m} 还没有结束", where="月份", how="请选已经结束的月份")
    return depreciate(month=month)


@transaction.atomic
def depreciate(*, month: date) -> Run:
    """Charge every asset for each month up to this one that was not charged yet. Repeated, it writes nothing.

    Who may ask is the caller's business: the monthly job, or ``ask_depreciation``.
    """
    month = first_of(month)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('assets depreciation'))")
    run, _ = Run.objects.get_or_create(month=month)
    rows = (
        Asset.objects.filter(Q(depreciated_to=None) | Q(depreciated_to__lt=month), months__gt=0)
        .filter(acquired_on__lt=month_after(month), depreciated__lt=F("cost"))
        .exclude(state=DISPOSED)
        .order_by("pk")
    )
    count, total = 0, Decimal(0)
    last = 0
    while wave := list(rows.filter(pk__gt=last).select_for_update()[:_WAVE]):
        some, sum_ = _charge(wave, month, run)
        count, total, last = count + some, total + sum_, wave[-1].pk
    if count:
        run.count, run.total, run.made_at = run.count + count, run.total + total, timezone.now()
        run.save()
        subject = Subject(events.MONTH_KIND, f"{month:%Y-%m}", f"{month:%Y-%m} 折旧")
        record(
            events.DEPRECIATED, subject, None, {"month": f"{month:%Y-%m}", "count": count, "amount": total}
        )
    return run


def charge_until_left(asset: Asset, left_on: date) -> None:
    """Charge an asset up to the month before it leaves: its last month takes nothing. The row is locked and saved here.

    Raises:
        InputError: a month in which it is said to have left was charged already.
    """
    last = month_after(first_of(left_on), -1)
    if asset.depreciated_to and asset.depreciated_to > last:
        after = month_after(asset.depreciated_to)
        raise InputError(
            f"已经计提到 {asset.depreciated_to:%Y-%m}", where="处置日期", how=f"请填 {after:%Y-%m} 以后的日期"
        )
    if not asset.months or asset.depreciated >= asset.cost or last < first_of(asset.acquired_on):
        return
    run, _ = Run.objects.get_or_create(month=last)
    count, total = _charge([asset], last, run)
    run.count, run.total = run.count + count, run.total + total
    run.save()


def _charge(rows: Iterable[Asset], month: date, run: Run) -> tuple[int, Decimal]:
    total, count, changed = Decimal(0), 0, []

    def lines() -> Iterator[tuple[Any, ...]]:
        nonlocal total, count
        for row in rows:
            since = month_after(row.depreciated_to) if row.depreciated_to else None
            for each in charges(row.cost, row.months, row.acquired_on, since=since, until=month):
                total, count = total + each.amount, count + 1
                row.depreciated, row.depreciated_to = each.accumulated, each.month
                yield row.pk, each.month, each.amount, each.accumulated, run.pk
            changed.append(row)

    copy_rows("assets_charge", _COLUMNS, lines())
    Asset.objects.bulk_update(changed, ["depreciated", "depreciated_to"], batch_size=500)
    return count, total
