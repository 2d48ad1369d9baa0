"""Tables of the room of proposals."""

from youju.performance.proposals.models.audits import Audit, AuditMark
from youju.performance.proposals.models.proposals import Proposal, ProposedRow

__all__ = ["Audit", "AuditMark", "Proposal", "ProposedRow"]
