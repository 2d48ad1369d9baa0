"""The packing room for programs."""

from __future__ import annotations

from ninja import Router

from youju.trade.packing.api.consolidations import router as consolidations
from youju.trade.packing.api.packings import router as packings

router = Router(tags=["packing"])
router.add_router("/consolidations", consolidations)
router.add_router("/packings", packings)
