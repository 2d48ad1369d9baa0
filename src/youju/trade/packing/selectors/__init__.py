"""Reads of the packing room."""

from youju.trade.packing.selectors.candidates import Candidate, candidates
from youju.trade.packing.selectors.declaring import PackedFacts, packed_facts
from youju.trade.packing.selectors.lists import consolidations, packings
from youju.trade.packing.selectors.opening import own_agent
from youju.trade.packing.selectors.pages import (
    ConsolidationPage,
    PackingPage,
    consolidation_page,
    packing_page,
)
from youju.trade.packing.selectors.planning import PlanningLine, lines_for_planning

__all__ = [
    "Candidate",
    "ConsolidationPage",
    "PackedFacts",
    "PackingPage",
    "PlanningLine",
    "candidates",
    "consolidation_page",
    "consolidations",
    "lines_for_planning",
    "own_agent",
    "packed_facts",
    "packing_page",
    "packings",
]
