"""Reading report checks; and where other rooms' facts join in."""

from youju.performance.report_checks.selectors.checks import (
    Block,
    CheckPage,
    Piece,
    check_of,
    check_page,
    checks,
    original_of,
    years,
)
from youju.performance.report_checks.selectors.sources import Ask, Source, facts_of, register_source, sources

__all__ = [
    "Ask",
    "Block",
    "CheckPage",
    "Piece",
    "Source",
    "check_of",
    "check_page",
    "checks",
    "facts_of",
    "original_of",
    "register_source",
    "sources",
    "years",
]
