"""What a party does in the trade. One party may hold several roles; codes are stored and never renamed."""

from __future__ import annotations

from enum import StrEnum


class PartyRole(StrEnum):
    """A role in a filing (主体类型)."""

    MERCHANT = "merchant"
    AGENT = "agent"
    BUYER = "buyer"
    CONSOLIDATOR = "consolidator"
    BROKER = "broker"
    WAREHOUSE = "warehouse"
    MANUFACTURER = "manufacturer"

    @property
    def label(self) -> str:
        """The Chinese name that pages show."""
        return _NAMES[self]


_NAMES: dict[PartyRole, str] = {
    PartyRole.MERCHANT: "市场经营户",
    PartyRole.AGENT: "外贸代理",
    PartyRole.BUYER: "境外采购商",
    PartyRole.CONSOLIDATOR: "组货人",
    PartyRole.BROKER: "报关行",
    PartyRole.WAREHOUSE: "监管场站",
    PartyRole.MANUFACTURER: "生产企业",
}
