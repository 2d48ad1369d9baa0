"""The parties room for programs: agreements, changes and reminders, filings; one router each."""

from __future__ import annotations

from ninja import Router

from youju.trade.parties.api.agreements import router as agreements
from youju.trade.parties.api.changes import router as changes
from youju.trade.parties.api.filings import router as filings

router = Router(tags=["parties"])
router.add_router("", agreements)
router.add_router("", changes)
router.add_router("", filings)
