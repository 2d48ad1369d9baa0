"""Complete packings, plans and declarations for tests, made through the services."""

from __future__ import annotations

from decimal import Decimal

from trade_deals import DAY, Deal, party
from trade_loads import boxed, confirmed, opened
from trade_people import as_, person
from youju.foundation.identity.roles import Role
from youju.trade.declarations import services
from youju.trade.declarations.models import Declaration, Plan
from youju.trade.packing import services as packing
from youju.trade.packing.models import Packing

HEADER = {
    "AgentCode": "1306980001",
    "AgentCodeScc": "91130600000000000A",
    "AgentName": "示例报关行有限公司",
    "TradeCode": "1306980002",
    "TradeCoScc": "91130600000000000B",
    "TradeName": "示例外贸代理有限公司",
    "OwnerCodeScc": "91130600000000000B",
    "OwnerName": "示例外贸代理有限公司",
    "CustomMaster": "0407",
    "IEPort": "0202",
    "DistinatePort": "KEN003",
    "DespPortCode": "120001",
    "GoodsPlace": "白沟市场采购集聚区监管场站",
    "TransMode": "3",
    "WrapType": "22",
    "DistrictCode": "13069",
    "Type": "M",
}
"""What a person adds; the rest is known."""


def order_of(deal: Deal, amount: int, *, pieces: int = 1000, **changes) -> str:
    """A confirmed order of one line worth so many dollars."""
    price = Decimal(amount) / pieces
    line = deal.line(quantity=Decimal(pieces), price=price, packages=10)
    return confirmed(deal, **({"lines": [line]} | changes))


def packed(deal: Deal, *numbers: str, kind: str = "40HQ") -> Packing:
    """A complete packing of whole orders."""
    loaded = opened(deal, *numbers, close=True)
    row, _ = boxed(deal, kind=kind)
    with as_(deal.agent) as user:
        packing.pack_all(actor=user, number=row.number, consolidation=loaded.number)
        return packing.step_packing(actor=user, number=row.number, step="close")


def planned(deal: Deal, row: Packing, **changes) -> Plan:
    """A plan of it for the day of the deal."""
    with as_(deal.agent) as user:
        return services.plan_packing(actor=user, number=row.number, **({"day": DAY} | changes))


def accepted(deal: Deal, plan: Plan) -> list[Declaration]:
    """Its declarations."""
    with as_(deal.agent) as user:
        return services.accept_plan(actor=user, plan_id=plan.pk)


def declared(deal: Deal, *numbers: str) -> list[Declaration]:
    """Declarations of whole orders, two lines of 1,200.00 each unless told otherwise."""
    return accepted(deal, planned(deal, packed(deal, *(numbers or (confirmed(deal),)))))


def entered(deal: Deal, row: Declaration) -> Declaration:
    """With a full header and entered."""
    with as_(deal.agent) as user:
        services.fill_header(actor=user, key=str(row), values=HEADER)
        return services.enter(actor=user, key=str(row))


def broker_of(deal: Deal, number: str = "K1"):
    """A broker on file, as a user."""
    user = person(Role.BRK, f"{number}BRK")
    deal.parties["broker"] = party(user, number, "broker")
    return user
