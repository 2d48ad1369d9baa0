"""What people do with proposals and audits. Each is keyword-only, one transaction, and asks for its permission first."""

from youju.performance.proposals.services.adopting import adopt_proposal, drop_proposal
from youju.performance.proposals.services.auditing import conclude_audit, drop_audit, mark_item, open_audit
from youju.performance.proposals.services.papers import hand_out_opinion, request_opinion
from youju.performance.proposals.services.proposing import RowWish, edit_row, make_proposal, store_proposal
from youju.performance.proposals.services.refusing import ProposalRefusedError

__all__ = [
    "ProposalRefusedError",
    "RowWish",
    "adopt_proposal",
    "conclude_audit",
    "drop_audit",
    "drop_proposal",
    "edit_row",
    "hand_out_opinion",
    "make_proposal",
    "mark_item",
    "open_audit",
    "request_opinion",
    "store_proposal",
]
