"""The room of subsidies for programs."""

from __future__ import annotations

from ninja import Router

from youju.funds.subsidies.api.claims import router as claims
from youju.funds.subsidies.api.policies import router as policies

router = Router(tags=["subsidies"])
router.add_router("", policies)
router.add_router("", claims)

__all__ = ["router"]
