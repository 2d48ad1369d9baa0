"""Cards as the rules AST-… look at them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Literal

from django.db.models import Sum

from youju.foundation.identity.selectors import still_here
from youju.funds.assets.models import Asset, Disposal, Expensed, Funding, Item, Stocktake
from youju.rules.funds.assets.counting import DIFFERENCES
from youju.rules.funds.assets.facts import AssetFacts, DisposalFacts, StocktakeFacts
from youju.rules.funds.assets.lifecycle import CLOSED, DISPOSED


def facts_of(
    row: Asset,
    moment: Literal["register", "watch"],
    day: date,
    *,
    left: bool | None = None,
    paid: Decimal | None = None,
    overdrawn: Sequence[tuple[str, Decimal, Decimal]] = (),
) -> AssetFacts:
    """A card, saved or not yet. ``left`` and ``paid`` save their queries where the caller knows them."""
    if paid is None:
        paid = row.fundings.aggregate(sum=Sum("amount"))["sum"] if row.pk else None
    if left is None:
        left = bool(row.keeper) and not still_here([row.keeper])
    return AssetFacts(
        moment=moment,
        day=day,
        number=row.number,
        name=row.name,
        category=row.category,
        cost=row.cost,
        acquired_on=row.acquired_on,
        group=row.category[:3],
        months=row.months,
        state=row.state,
        serial=row.serial,
        twin=twin_of(row) if moment == "register" else "",
        paid=paid or Decimal(0),
        overdrawn=tuple(overdrawn),
        keeper=row.keeper_name,
        keeper_left=left,
        depreciated=row.depreciated,
        lent_until=row.lent_until,
        counted_on=row.counted_on,
    )


def twin_of(row: Asset) -> str:
    """The number of another present card with the same maker's number and model; empty: none."""
    if not row.serial:
        return ""
    rows = Asset.objects.filter(serial=row.serial, model=row.model).exclude(state=DISPOSED)
    return rows.exclude(pk=row.pk).values_list("number", flat=True).first() or ""


def used_of(payment_id: int) -> Decimal:
    """What cards and the expensed part make of a payment, CNY."""
    cards = Funding.objects.filter(payment_id=payment_id).aggregate(sum=Sum("amount"))["sum"]
    rest = Expensed.objects.filter(payment_id=payment_id).aggregate(sum=Sum("amount"))["sum"]
    return Decimal(cards or 0) + Decimal(rest or 0)


def disposal_facts(
    row: Disposal, asset: Asset, moment: Literal["request", "step", "complete"], day: date, actor: str = ""
) -> DisposalFacts:
    """A disposal at one moment."""
    return DisposalFacts(
        moment=moment,
        day=day,
        way=row.way,
        acquired_on=asset.acquired_on,
        months=asset.months,
        reason=row.reason,
        hands=(*row.requested_by, *row.reviewed_by, *row.approved_by),
        actor=actor,
        proceeds=row.proceeds,
    )


def stocktake_facts(
    row: Stocktake, moment: Literal["open", "close", "watch"], day: date, *, size: int = 0
) -> StocktakeFacts:
    """A round at one moment."""
    undecided = 0
    if row.pk and moment == "close":
        undecided = Item.objects.filter(stocktake=row, result__in=DIFFERENCES, decision="").count()
    return StocktakeFacts(
        moment=moment,
        day=day,
        number=row.number,
        due_on=row.due_on,
        open=row.state != CLOSED,
        undecided=undecided,
        size=size,
    )
