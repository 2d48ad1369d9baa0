"""What a form of an order offers: whom and what its asker may name. Nobody learns of a partner by looking through it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone

from youju.foundation.identity.permissions import require
from youju.trade.goods.selectors.tradable import Offered, offered
from youju.trade.orders import permissions
from youju.trade.orders.models import Order
from youju.trade.parties.selectors import acting_parties, acting_party_numbered
from youju.trade.parties.selectors.entrusted import agents_on
from youju.trade.parties.selectors.partners import names_of

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

PARTIES, GOODS, BUYERS, PICKS = 200, 200, 100, 8


@dataclass(frozen=True, slots=True)
class Choices:
    """Merchants, agents and buyers as (filing number, name), and the chosen merchant's recognised goods.

    ``many``: there are more merchants than the list holds, so their numbers are typed.
    """

    merchants: Sequence[tuple[str, str]]
    agents: Sequence[tuple[str, str]]
    buyers: Sequence[tuple[str, str]]
    goods: Sequence[Offered]
    merchant_id: int | None
    many: bool


def choices(*, actor: User, merchant: str) -> Choices:
    """What the form offers: own parties and principals, entrusted agents, the buyers of earlier deals.

    A buyer who is new to the asker is named by the filing number alone; there is no search through all of them.

    Raises:
        PermissionDenied: the actor may not register orders.
    """
    require(actor, permissions.EDIT)
    today = timezone.localdate()
    found = acting_parties(actor, today, limit=PARTIES + 1)
    merchants = [(each.number, each.name) for each in found[:PARTIES]]
    if not merchant and len(merchants) == 1:
        merchant = merchants[0][0]
    chosen = next((each.id for each in found if each.number == merchant), None)
    if chosen is None and merchant:
        named = acting_party_numbered(actor, today, [merchant]).get(merchant)
        chosen = named.id if named else None
    goods = offered(chosen, limit=GOODS) if chosen is not None else []
    agents = [(each.number, each.name) for each in agents_on(today)]
    return Choices(merchants, agents, _buyers(), goods, chosen, len(found) > PARTIES)


def alike(merchant_id: int | None, text: str) -> list[Offered]:
    """The chosen merchant's goods that a text could mean."""
    return offered(merchant_id, text=text, limit=PICKS) if merchant_id is not None and text else []


def _buyers() -> list[tuple[str, str]]:
    # The orders in the asker's reach, the latest first: nobody else's buyers.
    rows = Order.objects.order_by("-pk").values_list("buyer_id", flat=True)[:1000]
    latest = list(dict.fromkeys(rows))[:BUYERS]
    return sorted(names_of(latest).values(), key=lambda each: each[1]) if latest else []
