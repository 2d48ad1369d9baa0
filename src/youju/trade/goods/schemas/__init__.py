"""What the API of the goods room takes and gives."""

from youju.trade.goods.schemas.catalogue import (
    CodeOut,
    ElementOut,
    GoodIn,
    GoodLine,
    GoodOut,
    HitOut,
    LatestDecision,
    PageOut,
    TariffLineOut,
)
from youju.trade.goods.schemas.recognition import (
    DecisionOut,
    RecognitionFinding,
)

__all__ = [
    "CodeOut",
    "DecisionOut",
    "ElementOut",
    "GoodIn",
    "GoodLine",
    "GoodOut",
    "HitOut",
    "LatestDecision",
    "PageOut",
    "RecognitionFinding",
    "TariffLineOut",
]
