"""Cards, transfers, disposals and rounds of counting for lists."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.funds.assets import permissions
from youju.funds.assets.models import Asset, Disposal, Funding, Item, Move, Run, Stocktake
from youju.rules.funds.assets.counting import MISSING
from youju.rules.funds.assets.lifecycle import CLOSED, DISPOSED, IN_USE, LENT

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

_LARGEST = 2**63 - 1


@dataclass(frozen=True, slots=True)
class AssetFilter:
    """What narrows the register; ``category`` a code or a group; ``only``: see ``ONLY``."""

    text: str = ""
    category: str = ""
    section: str = ""
    place: str = ""
    state: str = ""
    project: str = ""
    only: str = ""


ONLY = {
    "mine": "我保管的",
    "unkept": "没有保管人的",
    "unpaid": "没有付款来源的",
    "full": "提足折旧仍在用的",
    "late": "借出到期未还的",
    "missing": "盘点没找到的",
}


def assets(actor: User, wish: AssetFilter | None = None) -> QuerySet[Asset]:
    """The register; what was disposed of stands in it only where its state is asked for.

    Raises:
        PermissionDenied: the actor sees no assets.
    """
    require(actor, permissions.VIEW)
    wish, rows = wish or AssetFilter(), Asset.objects.all()
    for word in wish.text.replace("\0", "").split():
        rows = rows.filter(
            Q(number__icontains=word)
            | Q(name__icontains=word)
            | Q(model__icontains=word)
            | Q(serial__icontains=word)
            | Q(keeper_name__icontains=word)
        )
    rows = rows.filter(state=wish.state) if wish.state else rows.exclude(state=DISPOSED)
    if wish.category:
        rows = rows.filter(category__startswith=wish.category)
    for name in ("section", "place", "project"):
        if value := getattr(wish, name).replace("\0", ""):
            rows = rows.filter(**{name: value})
    return rows.filter(_only(wish.only, actor)) if wish.only in ONLY else rows


def _only(word: str, actor: User) -> Q:
    open_rounds = Item.objects.filter(asset=OuterRef("pk"), result=MISSING)
    return {
        "mine": Q(keeper=actor.username),
        "unkept": Q(keeper_name="", state__in=[IN_USE, LENT]),
        "unpaid": ~Q(Exists(Funding.objects.filter(asset=OuterRef("pk")))),
        "full": Q(months__gt=0, depreciated=F("cost"), state=IN_USE),
        "late": Q(state=LENT, lent_until__lt=timezone.localdate()),
        "missing": Q(Exists(open_rounds.exclude(decision="found").exclude(decision="explain"))),
    }[word]


def moves(actor: User, *, state: str = "", text: str = "") -> QuerySet[Move]:
    """Transfers with their assets.

    Raises:
        PermissionDenied: the actor sees no assets.
    """
    require(actor, permissions.VIEW)
    rows = Move.objects.select_related("asset")
    for word in text.replace("\0", "").split():
        rows = rows.filter(
            Q(asset__number__icontains=word)
            | Q(asset__name__icontains=word)
            | Q(to_keeper_name__icontains=word)
        )
    return rows.filter(state=state) if state else rows


def disposals(actor: User, *, state: str = "", way: str = "", text: str = "") -> QuerySet[Disposal]:
    """Disposals with their assets.

    Raises:
        PermissionDenied: the actor sees no assets.
    """
    require(actor, permissions.VIEW)
    rows = Disposal.objects.select_related("asset")
    for word in text.replace("\0", "").split():
        rows = rows.filter(Q(asset__number__icontains=word) | Q(asset__name__icontains=word))
    rows = rows.filter(state=state) if state else rows
    return rows.filter(way=way) if way else rows


def stocktakes(actor: User, *, open_only: bool = False) -> QuerySet[Stocktake]:
    """Rounds of counting.

    Raises:
        PermissionDenied: the actor sees no assets.
    """
    require(actor, permissions.VIEW)
    return Stocktake.objects.exclude(state=CLOSED) if open_only else Stocktake.objects.all()


def items(actor: User, stocktake_id: int, *, result: str = "", text: str = "") -> QuerySet[Item]:
    """The lines of a round with their assets; ``result``: a code, ``-``: not counted, ``open``: differences not decided,
    ``conflict``: counted twice.

    Raises:
        PermissionDenied: the actor sees no assets.
    """
    require(actor, permissions.VIEW)
    rows = Item.objects.filter(stocktake_id=stocktake_id).select_related("asset")
    for word in text.replace("\0", "").split():
        rows = rows.filter(
            Q(number__icontains=word) | Q(asset__name__icontains=word) | Q(place__icontains=word)
        )
    if result == "open":
        return rows.filter(result__in=["missing", "surplus", "misplaced"], decision="")
    if result == "conflict":
        return rows.exclude(conflict="")
    return rows.filter(result="" if result == "-" else result) if result else rows


def runs(actor: User) -> QuerySet[Run]:
    """Months that were depreciated.

    Raises:
        PermissionDenied: the actor sees no assets.
    """
    require(actor, permissions.VIEW)
    return Run.objects.all()


def one_of(actor: User, asset_id: int) -> Asset:
    """A card.

    Raises:
        PermissionDenied: the actor sees no assets.
        InputError: there is none (404).
    """
    require(actor, permissions.VIEW)
    found = Asset.objects.filter(pk=asset_id).first() if asset_id <= _LARGEST else None
    if found is None:
        raise InputError("没有这件资产", how="请回到资产台账", status=404)
    return found


def cards(actor: User) -> QuerySet[Asset]:
    """Every card ever made, disposed ones too.

    Raises:
        PermissionDenied: the actor sees no assets.
    """
    require(actor, permissions.VIEW)
    return Asset.objects.all()


def by_number(actor: User, number: str) -> Asset | None:
    """The card with a number; ``None`` without one.

    Raises:
        PermissionDenied: the actor sees no assets.
    """
    require(actor, permissions.VIEW)
    return Asset.objects.filter(number=number.replace("\0", "").strip().upper()).first()


def move_of(actor: User, move_id: int) -> Move:
    """A transfer with its asset.

    Raises:
        PermissionDenied: the actor sees no assets.
        InputError: there is none (404).
    """
    found = moves(actor).filter(pk=move_id).first() if move_id <= _LARGEST else None
    if found is None:
        raise InputError("没有这次移交", how="请回到移交列表", status=404)
    return found


def disposal_of(actor: User, disposal_id: int) -> Disposal:
    """A disposal with its asset.

    Raises:
        PermissionDenied: the actor sees no assets.
        InputError: there is none (404).
    """
    found = disposals(actor).filter(pk=disposal_id).first() if disposal_id <= _LARGEST else None
    if found is None:
        raise InputError("没有这件处置", how="请回到处置列表", status=404)
    return found


def stocktake_of(actor: User, stocktake_id: int) -> Stocktake:
    """A round of counting.

    Raises:
        PermissionDenied: the actor sees no assets.
        InputError: there is none (404).
    """
    found = stocktakes(actor).filter(pk=stocktake_id).first() if stocktake_id <= _LARGEST else None
    if found is None:
        raise InputError("没有这次盘点", how="请回到盘点列表", status=404)
    return found
