"""What this room gives to analytics: its tables in PostgreSQL, and the metrics of exports, declarations and active parties."""

from __future__ import annotations

from youju.analytics.metrics import register_metric
from youju.analytics.tables import RELEASED_DECLARATIONS, RELEASED_LINES
from youju.foundation.metrics.linking import register_row_kind
from youju.foundation.metrics.sources import register_source
from youju.trade.declarations.metrics.concentrations import CONCENTRATIONS
from youju.trade.declarations.metrics.declared import DECLARED
from youju.trade.declarations.metrics.exports import EXPORTS
from youju.trade.declarations.metrics.lines import DECLARATION, LINE
from youju.trade.declarations.metrics.linking import link_declarations, link_lines
from youju.trade.declarations.metrics.markets import MARKETS
from youju.trade.declarations.metrics.subjects import SUBJECTS


def declare() -> None:
    """Called once, when the application is set up."""
    register_source(RELEASED_LINES, "declarations_released_lines")
    register_source(RELEASED_DECLARATIONS, "declarations_released_heads")
    register_row_kind(LINE, "放行货物行", link_lines)
    register_row_kind(DECLARATION, "放行报关单", link_declarations)
    for metric in (*EXPORTS, *MARKETS, *CONCENTRATIONS, *DECLARED, *SUBJECTS):
        register_metric(metric)
