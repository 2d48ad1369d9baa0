"""Where the scan gets its tables from, and how it is run: the one place of this room that knows an engine."""

from youju.trade.risk.metrics.reading import copied, register_rows
from youju.trade.risk.metrics.running import Run, components_now, run, trial

__all__ = ["Run", "components_now", "copied", "register_rows", "run", "trial"]
