"""The work of this room that outlives a request."""

from __future__ import annotations

from youju.trade.declarations.jobs_exchange import run_round

__all__ = ["run_round"]
