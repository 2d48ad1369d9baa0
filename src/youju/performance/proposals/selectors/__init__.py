"""Reading proposals of next year's targets and audits of targets."""

from youju.performance.proposals.selectors.auditing import (
    AuditPage,
    MarkView,
    audit_of,
    audit_page,
    audits,
    plain_audit,
)
from youju.performance.proposals.selectors.judging import audited, results_of_year
from youju.performance.proposals.selectors.proposing import (
    ProposalPage,
    RowView,
    document_of,
    export_rows,
    plain_proposal,
    proposal_of,
    proposal_page,
    proposals,
)
from youju.performance.proposals.selectors.results import register_results

__all__ = [
    "AuditPage",
    "MarkView",
    "ProposalPage",
    "RowView",
    "audit_of",
    "audit_page",
    "audited",
    "audits",
    "document_of",
    "export_rows",
    "plain_audit",
    "plain_proposal",
    "proposal_of",
    "proposal_page",
    "proposals",
    "register_results",
    "results_of_year",
]
