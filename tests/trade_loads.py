"""Confirmed orders, consolidations and packings for tests, made through the services."""

from __future__ import annotations

from datetime import date

from trade_deals import DAY, Deal, party
from trade_people import as_, person
from youju.foundation.identity.roles import Role
from youju.trade.orders import services as orders
from youju.trade.packing import services
from youju.trade.packing.facts import ConsolidationWish, PackingWish, PartWish
from youju.trade.packing.models import Consolidation, Container, Packing

BOXES = ("CSQU3054383", "MSKU0000006", "TEMU6079348")


def confirmed(deal: Deal, **changes) -> str:
    """The number of an order that merchant and agent have confirmed; two lines of 100 unless told otherwise."""
    wish = deal.wish(**({"lines": [deal.line(), deal.line(1)]} | changes))
    with as_(deal.merchant) as user:
        number = orders.register_order(actor=user, wish=wish).number
    if wish.agent:
        with as_(deal.agent) as user:
            orders.confirm_order(actor=user, number=number)
    return number


def gatherer(deal: Deal):
    """A consolidator on file, as a user; its party stands in ``deal.parties``."""
    prefix = deal.parties["merchant"].number.removesuffix("M1")
    user = person(Role.CSL, f"{prefix}CSL")
    deal.parties["consolidator"] = party(user, f"{prefix}C1", "consolidator")
    return user


def opened(deal: Deal, *numbers: str, close: bool = False, **changes) -> Consolidation:
    """A consolidation by the agent with whole orders in it."""
    wish = ConsolidationWish(**({"agent": deal.parties["agent"].number, "country": "KE"} | changes))
    with as_(deal.agent) as user:
        row = services.open_consolidation(actor=user, wish=wish)
        if numbers:
            wishes = [PartWish(number) for number in numbers]
            row = services.add_lines(actor=user, number=row.number, wishes=wishes)
        if close:
            row = services.step_consolidation(actor=user, number=row.number, step="close")
    return row


def boxed(
    deal: Deal, *boxes: str, kind: str = "20GP", packed_on: date = DAY
) -> tuple[Packing, list[Container]]:
    """A packing by the agent with empty containers."""
    wish = PackingWish(agent=deal.parties["agent"].number, country="KE", packed_on=packed_on)
    with as_(deal.agent) as user:
        row = services.open_packing(actor=user, wish=wish)
        made = [
            services.add_container(actor=user, number=row.number, container=box, kind=kind)
            for box in boxes or BOXES[:1]
        ]
    row.refresh_from_db()
    return row, made
