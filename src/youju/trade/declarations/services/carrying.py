"""The header with which a declaration begins: what the packing says, and what its agent filled in the last time."""

from __future__ import annotations

from datetime import date

from youju.rules.law import table, text
from youju.trade.declarations.documents.fields import DEFAULTS, DESTINATION, HEAD, fields_of
from youju.trade.declarations.models import Declaration
from youju.trade.declarations.services.refusing import law_of
from youju.trade.packing.selectors import PackedFacts
from youju.trade.parties.countries import alpha_3

OF_BROKER = ("AgentCode", "AgentCodeScc", "AgentName")
"""Who declares: what stays with the same broker, or with the agent that declares by itself."""
STAYING = (
    *OF_BROKER, "TradeCode", "TradeCoScc", "TradeName", "OwnerCodeScc", "OwnerName",
    "CustomMaster", "IEPort", "DespPortCode", "GoodsPlace", "TransMode", "WrapType", "Type", "DistrictCode",
)  # fmt: skip
"""What an agent fills in alike time after time."""
OF_COUNTRY = ("DistinatePort",)
"""What stays while the goods go to the same country."""


def begun_header(packed: PackedFacts, day: date, broker: int | None) -> dict[str, str]:
    """Fields by name that are known before anybody fills anything; each fits its length. ``broker``: its party id."""
    filled = Declaration.objects.filter(agent=packed.agent_id).exclude(header={}).order_by("-pk")
    last = filled.first()
    carried = _carried(last, packed.country) if last else {}
    if last and last.broker_id != broker:
        same = filled.filter(broker=broker).first()
        carried |= {name: same.header.get(name, "") if same else "" for name in OF_BROKER}
    code = alpha_3(packed.country)
    given = carried | {
        "TrafMode": packed.transport_mode,
        "BillNo": packed.bill_of_lading,
        "TradeCountry": code,
        "TradeAreaCode": code,
        DESTINATION: code,
    }
    if packed.port:
        given["IEPort"] = packed.port
    law = law_of(day)
    known = fields_of(law, HEAD)
    given |= {name: text(table(law, DEFAULTS), name) for name in table(law, DEFAULTS) if name not in given}
    return {
        name: value
        for name, value in given.items()
        if value and not (name in known and known[name].fault(value))
    }


def _carried(last: Declaration, country: str) -> dict[str, str]:
    names = (*STAYING, *(OF_COUNTRY if last.country == country else ()))
    return {name: last.header[name] for name in names if last.header.get(name)}
