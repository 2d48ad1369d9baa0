"""The register: a card entered, changed, a payment linked to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction
from django.utils import timezone

from youju.foundation.audit.encoding import changes
from youju.foundation.audit.services import record
from youju.foundation.identity.limits import sections
from youju.foundation.identity.permissions import require
from youju.foundation.identity.selectors import colleagues
from youju.foundation.kernel.errors import InputError
from youju.funds.assets import events, permissions
from youju.funds.assets.facts import facts_of
from youju.funds.assets.models import Asset
from youju.funds.assets.selectors.categories import categories
from youju.funds.assets.selectors.lists import one_of
from youju.funds.assets.services.refusing import checked
from youju.rules.findings import Finding
from youju.rules.funds.assets.lifecycle import DISPOSED, IDLE, IN_USE

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

_NAMES = ("name", "category", "model", "serial", "cost", "acquired_on", "project", "note")
_PLACED = ("section", "place", "keeper", "keeper_name")
_FROZEN = ("category", "cost", "acquired_on")


@dataclass(frozen=True, slots=True)
class AssetWish:
    """A card as it is to stand. ``cost`` in CNY; ``number`` empty: the next one; ``keeper`` a username, or a name alone."""

    name: str
    category: str
    cost: Decimal
    acquired_on: date
    number: str = ""
    model: str = ""
    serial: str = ""
    project: str = ""
    section: str = ""
    place: str = ""
    keeper: str = ""
    keeper_name: str = ""
    idle: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Registered:
    """The card, and what the rules said besides."""

    asset: Asset
    findings: Sequence[Finding]


@transaction.atomic
def register_asset(*, actor: User, wish: AssetWish) -> Registered:
    """Enter a card by hand.

    Raises:
        PermissionDenied: the actor keeps no register.
        InputError: the number is there already (409), no such section or keeper.
        AssetRefusedError: what the rules found.
    """
    require(actor, permissions.EDIT)
    row = Asset(created_by=actor.username)
    put(row, wish, actor)
    found = checked(facts_of(row, "register", timezone.localdate(), left=False), row.acquired_on)
    row.save(force_insert=True)
    record(events.REGISTERED, events.subject_of(row), None, told(row))
    return Registered(row, found)


@transaction.atomic
def change_asset(*, actor: User, asset_id: int, wish: AssetWish, revision: int) -> Registered:
    """Put a card right. Where it stands and who keeps it changes by a transfer alone; what was depreciated keeps its cost.

    Raises:
        PermissionDenied: the actor keeps no register.
        InputError: none of the kind (404), it has left, was changed meanwhile, or depreciation stands on what changes (409).
        AssetRefusedError: what the rules found.
    """
    require(actor, permissions.EDIT)
    row = locked(actor, asset_id)
    if row.state == DISPOSED:
        raise InputError(f"资产 {row.number} 已经处置", how="不能再改", status=409)
    if row.revision != revision:
        raise InputError(f"卡片 {row.number} 刚被改过", how="请刷新页面，看过最新内容再改", status=409)
    before = told(row)
    if row.depreciated_to and any(getattr(row, name) != getattr(wish, name) for name in _FROZEN):
        raise InputError(
            "已经计提折旧，类别、原值和取得日期不能再改",
            where=row.number,
            how="登记错了的，按“登记差错”处置后重新登记",
        )
    if wish.cost < sum((each.amount for each in row.fundings.all()), Decimal(0)):
        raise InputError("原值小于已关联的付款金额", where="原值", how="请先核对付款来源")
    for name in _NAMES:
        setattr(row, name, _plain(getattr(wish, name)))
    if not row.depreciated_to:
        row.months = months_of(row.category, row.acquired_on)
    if row.state in (IN_USE, IDLE):
        row.state = IDLE if wish.idle else IN_USE
    found = checked(facts_of(row, "register", timezone.localdate()), row.acquired_on)
    gone, new = changes(before, told(row))
    if gone or new:
        row.revision += 1
        row.save()
        record(events.CHANGED, events.subject_of(row), gone, new)
    return Registered(row, found)


def locked(actor: User, asset_id: int) -> Asset:
    """A card under lock.

    Raises:
        InputError: there is none (404).
    """
    seen = one_of(actor, asset_id)
    return Asset.objects.select_for_update().get(pk=seen.pk)


def put(row: Asset, wish: AssetWish, actor: User) -> None:
    """Write a wish into a new card, with its number and the months of its category.

    Raises:
        InputError: the number is there already (409), no such section or keeper.
    """
    for name in (*_NAMES, *_PLACED):
        setattr(row, name, _plain(getattr(wish, name)))
    row.number = wish.number.strip().upper() or next_number(
        "assets_asset_number", "ZC", f"{row.acquired_on:%Y}"
    )
    row.state = IDLE if wish.idle else IN_USE
    row.months = months_of(row.category, row.acquired_on)
    if Asset.objects.filter(number=row.number).exists():
        raise InputError(f"已有编号为 {row.number} 的资产", where="资产编号", how="请核对编号", status=409)
    row.section = section_of(wish.section)
    if wish.keeper:
        row.keeper, row.keeper_name = keeper_of(wish.keeper, actor)


def section_of(code: str) -> str:
    """A section's code, or nothing.

    Raises:
        InputError: there is no such section.
    """
    if code and code not in sections():
        raise InputError("没有这个科室", where="科室", how="请从列表里选择")
    return code


def keeper_of(username: str, actor: User) -> tuple[str, str]:
    """Username and name of a colleague.

    Raises:
        InputError: there is none.
    """
    found = colleagues(actor=actor).filter(username=username).first()
    if found is None:
        raise InputError("没有这个保管人", where="保管人", how="请从列表里选择")
    return found.username, found.display_name


def months_of(category: str, day: date) -> int:
    """Months of useful life of a category; 0 where it has none (the rule AST-009 says what is unknown)."""
    found = categories(day).get(category)
    return found.months if found else 0


def next_number(series: str, letters: str, stamp: str) -> str:
    """The next number of a series: letters, a stamp, six digits; those that are taken (imported ones) are passed over."""
    with connection.cursor() as cursor:
        while True:
            cursor.execute("SELECT nextval(%s)", [series])
            number = f"{letters}{stamp}{cursor.fetchone()[0]:06d}"
            if series != "assets_asset_number" or not Asset.objects.filter(number=number).exists():
                return number


def told(row: Asset) -> dict[str, Any]:
    """A card for the trail."""
    names = ("number", *_NAMES, "section", "place", "keeper_name", "state")
    return {name: value for name in names if (value := getattr(row, name)) not in ("", None)}


def _plain(value: Any) -> Any:
    return value.strip() if isinstance(value, str) else value
