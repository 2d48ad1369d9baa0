"""Tables of the goods room. Private to it: another room asks ``selectors``."""

from youju.trade.goods.models.catalogue import Good
from youju.trade.goods.models.decisions import Campaign, CampaignGood, Decision
from youju.trade.goods.models.tariffs import Element, Heading, TariffLine, TariffVersion

__all__ = [
    "Campaign",
    "CampaignGood",
    "Decision",
    "Element",
    "Good",
    "Heading",
    "TariffLine",
    "TariffVersion",
]
