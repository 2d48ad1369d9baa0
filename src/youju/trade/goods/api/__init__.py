"""The goods room for programs: tariff and catalogue, recognition; one router each."""

from __future__ import annotations

from ninja import Router

from youju.trade.goods.api.catalogue import router as catalogue
from youju.trade.goods.api.recognition import router as recognition

router = Router(tags=["goods"])
router.add_router("", catalogue)
router.add_router("", recognition)
