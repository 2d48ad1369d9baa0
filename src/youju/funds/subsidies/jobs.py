"""The room's jobs, where jobs are looked for; what enqueues them stands beside them in ``services``."""

from __future__ import annotations

from youju.funds.subsidies.services.backtest import run_backtest

__all__ = ["run_backtest"]
