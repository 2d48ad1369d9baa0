"""The further fields of the demo year's messages; codes of customs and districts are invented (999…)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from youju.rules.trade.parties.roles import PartyRole
from youju.trade.declarations.demo.records import MadeDeclaredLine
from youju.trade.orders.demo.partners import Partners
from youju.trade.packing.demo.records import Shipment
from youju.trade.parties.demo.tables import rows

_CUSTOMS = "9999"
_DISTRICT = "13999"
_CARTONS = "22"
_FOB = "3"


def header_of(shipment: Shipment, lines: Sequence[MadeDeclaredLine], partners: Partners) -> dict[str, str]:
    """Element name → text; the agent trades, the broker declares, the first order's buyer takes the goods."""
    batch, packing = shipment.batch, shipment.packing
    assert packing is not None  # noqa: S101 - a declaration is of a packing
    agent = partners.one(PartyRole.AGENT, batch.agent)
    broker = partners.one(PartyRole.BROKER, batch.broker)
    buyer = partners.one(PartyRole.BUYER, lines[0].sources[0].order.buyer)
    country = _alpha3(batch.country)
    return {
        "AgentCode": broker.customs_code,
        "AgentCodeScc": broker.credit_code,
        "AgentName": broker.name,
        "TradeCode": agent.customs_code,
        "TradeCoScc": agent.credit_code,
        "TradeName": agent.name,
        "OwnerCodeScc": agent.credit_code,
        "OwnerName": agent.name,
        "CustomMaster": _CUSTOMS,
        "IEPort": _CUSTOMS,
        "TrafMode": packing.transport_mode,
        "BillNo": packing.bill_of_lading,
        "TradeCountry": country,
        "TradeAreaCode": country,
        "DistinatePort": f"{country}000",
        "DespPortCode": f"CN{packing.port}",
        "GoodsPlace": partners.one(PartyRole.WAREHOUSE, batch.warehouse).name,
        "TransMode": _FOB,
        "WrapType": _CARTONS,
        "OverseasConsigneeEname": buyer.name_en,
        "Type": "Z",
        "CountryOfDestination": country,
        "DistrictCode": _DISTRICT,
    }


@cache
def _countries() -> dict[str, str]:
    return {row["iso2"]: row["iso3"] for row in rows("countries")}


def _alpha3(country: str) -> str:
    return _countries()[country]
