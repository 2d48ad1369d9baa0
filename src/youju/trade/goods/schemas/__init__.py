"""What the API of the goods room takes and gives."""

from youju.trade.goods.schemas.catalogue import (
    CodeOut,
    ElementOut,
    ErrorOut,
    GoodIn,
    GoodLine,
    GoodOut,
    HitOut,
    LatestDecision,
    LineOut,
    PageOut,
)
from youju.trade.goods.schemas.recognition import (
    DecisionOut,
    RecognitionFinding,
    RefusedOut,
)

__all__ = [
    "CodeOut",
    "DecisionOut",
    "ElementOut",
    "ErrorOut",
    "GoodIn",
    "GoodLine",
    "GoodOut",
    "HitOut",
    "LatestDecision",
    "LineOut",
    "PageOut",
    "RecognitionFinding",
    "RefusedOut",
]
