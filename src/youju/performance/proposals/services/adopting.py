"""A proposal becomes next year's draft of targets, through the import of the room of targets: read, accepted, stored, linted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from youju.foundation.audit.services import record
from youju.foundation.identity.permissions import require
from youju.foundation.policies import law_on
from youju.foundation.workflow.services import advance
from youju.performance.proposals import events, permissions
from youju.performance.proposals.facts import proposal_facts
from youju.performance.proposals.models import Proposal
from youju.performance.proposals.selectors.proposing import document_of, proposal_of
from youju.performance.proposals.services.refusing import ProposalRefusedError
from youju.performance.targets.documents import write_document
from youju.performance.targets.services import confirm_import, stage_upload
from youju.rules.performance.proposals.judging import judge
from youju.rules.performance.proposals.lifecycle import PROPOSAL_FLOW

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


@transaction.atomic
def adopt_proposal(*, actor: User, number: str, expected: str = "") -> Proposal:
    """Write the proposal in the official form and take it in as the draft of its year.

    Raises:
        PermissionDenied: the actor prepares no proposals, or imports no targets.
        InputError: none of the kind (404), it was adopted or dropped, or the year's targets are being reviewed (409).
        ProposalRefusedError: a row that cannot be measured, lies below what was reached or was changed without a reason.
    """
    require(actor, permissions.EDIT)
    row = Proposal.objects.select_for_update().get(pk=proposal_of(actor, number).pk)
    today = timezone.localdate()
    law, rows = law_on(today), list(row.rows.all())
    ProposalRefusedError.unless_clear(
        said for each in rows for said in judge(proposal_facts(each, today), law)
    )
    case = advance(
        flow=PROPOSAL_FLOW,
        subject=events.proposal_subject(row),
        transition="adopt",
        actor=actor,
        expected=expected,
    )
    content = write_document(document_of(row, rows), "docx")
    preview = stage_upload(
        actor=actor, filename=f"{row.number} 下年绩效目标建议.docx", content=content, fiscal_year=row.year
    )
    made = confirm_import(actor=actor, preview_id=preview.pk, token=preview.token)
    row.state, row.adopted = case.state, made.pk
    row.save(update_fields=["state", "adopted"])
    record(events.ADOPTED, events.proposal_subject(row), None, {"year": row.year, "version": made.version})
    return row


@transaction.atomic
def drop_proposal(*, actor: User, number: str, reason: str, expected: str = "") -> Proposal:
    """Give a proposal up.

    Raises:
        PermissionDenied: the actor prepares no proposals.
        InputError: none of the kind (404), it is no draft any more (409), no reason.
    """
    require(actor, permissions.EDIT)
    row = Proposal.objects.select_for_update().get(pk=proposal_of(actor, number).pk)
    case = advance(
        flow=PROPOSAL_FLOW, subject=events.proposal_subject(row), transition="drop", actor=actor, reason=reason, expected=expected
    )  # fmt: skip
    row.state = case.state
    row.save(update_fields=["state"])
    return row
