"""Reads of the room of risk."""

from youju.trade.risk.selectors.board import Board, RuleCount, RuleView, board, rule_counts, rules_page
from youju.trade.risk.selectors.confirmed import (
    ConfirmedHit,
    confirmed_hits,
    confirmed_hits_of,
    open_hits,
    settled_between,
)
from youju.trade.risk.selectors.graphs import Graph, MarkNode, PartyNode, components, graph
from youju.trade.risk.selectors.hits import (
    Evidence,
    HitPage,
    hit_page,
    hits,
    hits_about,
    own_hits,
    rule_choices,
    waiting,
)
from youju.trade.risk.selectors.lanes import (
    PeerView,
    draw_of,
    draws,
    lane_of_declaration,
    lanes,
    peer_history,
    peer_view,
    peers,
    scans,
    trials,
)
from youju.trade.risk.selectors.officers import officer_choices

__all__ = [
    "Board",
    "ConfirmedHit",
    "Evidence",
    "Graph",
    "HitPage",
    "MarkNode",
    "PartyNode",
    "PeerView",
    "RuleCount",
    "RuleView",
    "board",
    "components",
    "confirmed_hits",
    "confirmed_hits_of",
    "draw_of",
    "draws",
    "graph",
    "hit_page",
    "hits",
    "hits_about",
    "lane_of_declaration",
    "lanes",
    "officer_choices",
    "open_hits",
    "own_hits",
    "peer_history",
    "peer_view",
    "peers",
    "rule_choices",
    "rule_counts",
    "rules_page",
    "scans",
    "settled_between",
    "trials",
    "waiting",
]
