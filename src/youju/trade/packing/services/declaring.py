"""For the declarations room: a packing held while it is declared, and who else takes part in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.rules.trade.packing.lifecycle import CLOSED, PACKING_FLOW
from youju.trade.orders.services.joining import let_take_part as let_see_orders
from youju.trade.packing import permissions
from youju.trade.packing.models import PackedLine
from youju.trade.packing.selectors.declaring import PackedFacts, facts_of
from youju.trade.packing.services import refusing

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


@transaction.atomic
def held_for_declaring(*, actor: User, number: str) -> PackedFacts:
    """A complete packing, held until the caller's transaction ends, so that it is not opened again meanwhile.

    Raises:
        PermissionDenied: the actor may not see packing, or takes no part.
        InputError: there is none that the actor sees (404), or it is not complete (409).
    """
    require(actor, permissions.VIEW)
    row = refusing.held_packing(actor, number)
    if row.state != CLOSED:
        label = PACKING_FLOW.state(row.state).label
        raise InputError(f"装箱单现在是“{label}”", where=row.number, how="装箱完成以后才能报关", status=409)
    return facts_of(row)


@transaction.atomic
def let_take_part(*, actor: User, number: str, organisation: int) -> None:
    """Let the people of an organisation see a packing and the orders in it from now on. The caller asks for permission.

    Raises:
        PermissionDenied: the actor takes no part.
        InputError: there is none that the actor sees (404).
    """
    row = refusing.held_packing(actor, number)
    if organisation not in row.organisations:
        row.organisations = sorted([*row.organisations, organisation])
        row.save(update_fields=["organisations"])
    orders = PackedLine.objects.filter(container__packing=row).values_list("order_line__order", flat=True)
    let_see_orders(orders=list(orders.distinct()), organisation=organisation)
