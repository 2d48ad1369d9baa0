"""Tables of the goods room. Private to it: another room asks ``selectors``."""

from youju.trade.goods.models.catalogue import Good
from youju.trade.goods.models.decisions import Campaign, CampaignGood, Decision
from youju.trade.goods.models.tariffs import Element, Heading, TariffLine, TariffVersion
from youju.trade.goods.models.typing import GoodDraft

__all__ = [
    "Campaign",
    "CampaignGood",
    "Decision",
    "Element",
    "Good",
    "GoodDraft",
    "Heading",
    "TariffLine",
    "TariffVersion",
]
