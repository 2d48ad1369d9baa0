"""Assets for tests: registered, paid for and counted through the services, as people would."""

from __future__ import annotations

import uuid
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from funds_made import Staff, paid, project
from trade_people import as_
from youju.foundation.identity.models import User
from youju.funds.assets import services
from youju.funds.assets.models import Asset, Stocktake
from youju.funds.assets.services import AssetWish, Counted, CountIn, StocktakeWish
from youju.funds.payments.models import Payment


def today() -> date:
    return timezone.localdate()


def wish(**given: Any) -> AssetWish:
    """A computer that somebody keeps."""
    usual: dict[str, Any] = {
        "name": "台式计算机",
        "category": "A0201",
        "cost": Decimal("5200.00"),
        "acquired_on": today() - timedelta(days=100),
        "section": "ZH",
        "place": "办公楼 301",
        "keeper_name": "何静",
    }
    return AssetWish(**(usual | given))


def asset(actor: User, **given: Any) -> Asset:
    """A registered card."""
    with as_(actor):
        return services.register_asset(actor=actor, wish=wish(**given)).asset


def paid_for_equipment(team: Staff, amount: str = "12000.00") -> Payment:
    """A paid payment of capital kind."""
    return paid(team, project(team, "100000.00"), amount, purpose="购置办公设备")


def opened(actor: User, **given: Any) -> Stocktake:
    """A round over what is there."""
    usual: dict[str, Any] = {"title": "年度盘点", "due_on": today() + timedelta(days=10)}
    with as_(actor):
        return services.open_stocktake(actor=actor, wish=StocktakeWish(**(usual | given)))


def count_in(
    text: str, place: str = "", *, id: uuid.UUID | None = None, at: datetime | None = None
) -> CountIn:
    """One count as a phone sends it."""
    return CountIn(id or uuid.uuid4(), text, at or timezone.now(), place)


def counted(actor: User, row: Stocktake, *counts: CountIn) -> list[Counted]:
    """Counts sent by somebody."""
    with as_(actor):
        return services.upload_counts(actor=actor, stocktake_id=row.pk, counts=counts)
