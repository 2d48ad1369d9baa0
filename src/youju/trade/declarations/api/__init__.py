"""The declarations room for programs. Routers of fixed words come before those whose first part is a key."""

from __future__ import annotations

from ninja import Router

from youju.trade.declarations.api.declarations import router as declarations
from youju.trade.declarations.api.exchange import router as exchange
from youju.trade.declarations.api.plans import router as plans

router = Router(tags=["declarations"])
router.add_router("", plans)
router.add_router("", exchange)
router.add_router("", declarations)
