"""The declarations room for programs. Routers of fixed words come before those whose first part is a key."""

from __future__ import annotations

from ninja import Router

from youju.trade.declarations.api.exchange import router as exchange

router = Router(tags=["declarations"])
router.add_router("", exchange)
