"""Reads of the tracing room."""

from youju.trade.tracing.selectors.chains import ChainLine, ChainRow
from youju.trade.tracing.selectors.finding import KINDS, Origin, SeveralError
from youju.trade.tracing.selectors.overview import STAGES, Link, Node, Overview, Sum
from youju.trade.tracing.selectors.pages import (
    ChainPage,
    Lines,
    Rows,
    chain_page,
    look_up,
)

__all__ = [
    "KINDS",
    "STAGES",
    "ChainLine",
    "ChainPage",
    "ChainRow",
    "Lines",
    "Link",
    "Node",
    "Origin",
    "Overview",
    "Rows",
    "SeveralError",
    "Sum",
    "chain_page",
    "look_up",
]
