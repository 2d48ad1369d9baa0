"""What the API of the goods room takes and gives."""

from youju.trade.goods.schemas.catalogue import (
    CodeOut,
    DecisionOut,
    ElementOut,
    ErrorOut,
    GoodIn,
    GoodLine,
    GoodOut,
    HitOut,
    LineOut,
    PageOut,
)
from youju.trade.goods.schemas.recognition import (
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
    "LineOut",
    "PageOut",
    "RecognitionFinding",
    "RefusedOut",
]
