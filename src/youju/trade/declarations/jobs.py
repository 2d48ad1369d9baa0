"""The room's jobs, where jobs are looked for. Planning stands in ``services.planning``: what enqueues it lies there."""

from __future__ import annotations

from youju.trade.declarations.jobs_exchange import run_round
from youju.trade.declarations.services.planning import make_plan

__all__ = ["make_plan", "run_round"]
