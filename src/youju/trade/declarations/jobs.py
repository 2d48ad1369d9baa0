"""The work of this room that outlives a request."""

from __future__ import annotations

from youju.trade.declarations.jobs_exchange import put_out, run_round, simulate

__all__ = ["put_out", "run_round", "simulate"]
