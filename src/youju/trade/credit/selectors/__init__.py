"""Reading credit."""

from youju.trade.credit.selectors.boards import Board, GradeLine, board
from youju.trade.credit.selectors.certificates import Checked, certificate_of, check_certificate
from youju.trade.credit.selectors.lists import (
    list_for_anybody,
    list_of,
    lists_for_anybody,
    public_lists_of_centre,
)
from youju.trade.credit.selectors.pleas import PleaPage, plea_file, plea_of, plea_page, pleas
from youju.trade.credit.selectors.scores import (
    ItemLine,
    RecordLine,
    ScoreFilter,
    ScorePage,
    grades_of,
    latest_snapshot,
    own_parties,
    score_page,
    scores,
    snapshot_of,
    snapshots,
)
from youju.trade.credit.selectors.today import ScoredToday, scored_on
from youju.trade.credit.selectors.trials import moves, trial_of, trials

__all__ = [
    "Board",
    "Checked",
    "GradeLine",
    "ItemLine",
    "PleaPage",
    "RecordLine",
    "ScoreFilter",
    "ScorePage",
    "ScoredToday",
    "board",
    "certificate_of",
    "check_certificate",
    "grades_of",
    "latest_snapshot",
    "list_for_anybody",
    "list_of",
    "lists_for_anybody",
    "moves",
    "own_parties",
    "plea_file",
    "plea_of",
    "plea_page",
    "pleas",
    "public_lists_of_centre",
    "score_page",
    "scored_on",
    "scores",
    "snapshot_of",
    "snapshots",
    "trial_of",
    "trials",
]
