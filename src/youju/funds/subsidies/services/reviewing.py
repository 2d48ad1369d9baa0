"""The centre's opinions: taking an application up, the first review, finance's re-check, and who keeps out of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from youju.foundation.audit.services import record, record_read
from youju.foundation.files.selectors import Kept, attachments
from youju.foundation.identity.permissions import Permission, allowed, require
from youju.foundation.kernel.errors import InputError
from youju.foundation.policies import law_on
from youju.foundation.workflow.services import advance
from youju.funds.subsidies import claim_events, claim_gates, permissions
from youju.funds.subsidies.models import Application, Opinion
from youju.funds.subsidies.selectors.claims import claim_of, label_of
from youju.funds.subsidies.selectors.duplicates import blocking_hits
from youju.funds.subsidies.services.certifying import codes_of
from youju.funds.subsidies.services.claim_computing import keep_computation
from youju.funds.subsidies.services.refusing import refuse_errors
from youju.rules.funds.claims.facts import ReviewCase
from youju.rules.funds.claims.judging import judge_review
from youju.rules.funds.claims.lifecycle import (
    CLAIM_FLOW,
    PASSED,
    RECHECKING,
    REFUSED,
    RETURNED,
    REVIEWING,
    SUBMITTED,
)

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

NO_CONFLICT = "本人与申请人没有利害关系"
REVIEW_STEPS = {
    "accept": (SUBMITTED, REVIEWING, "review", ""),
    "pass": (REVIEWING, RECHECKING, "review", "pass"),
    "return": (None, RETURNED, "review", "return"),
    "refuse": (REVIEWING, REFUSED, "review", "refuse"),
    "confirm": (RECHECKING, PASSED, "recheck", "pass"),
    "send_back": (RECHECKING, REVIEWING, "recheck", "send_back"),
}
"""Step → from (``None``: as the flow says), to, stage, verdict."""
_NEEDS: dict[str, Permission] = {"review": permissions.REVIEW_CLAIMS, "recheck": permissions.RECHECK}


@transaction.atomic
def review_claim(
    *, actor: User, number: str, step: str, reason: str = "", no_conflict: bool = False, expected: str = ""
) -> Application:
    """Take one step of the review: ``accept``, ``pass``, ``return``, ``refuse``; for finance ``confirm``, ``send_back``.

    Whoever gives an opinion declares in the same deed that there is no conflict of interest; the declaration is kept with it.
    Before it may pass the amount is computed anew and every hit at duplicates must have been judged.

    Args:
        no_conflict: the declaration.
        expected: the state that the actor saw; another one now is refused (409).

    Raises:
        PermissionDenied: the actor may not, has taken an earlier step, or has declared a conflict (CLM-008).
        InputError: none that the actor may see (404), no such step (422), or it does not lead on from here (409).
        ClaimRefusedError: what the rules found.
    """
    if step not in REVIEW_STEPS:
        raise InputError(f"没有“{step[:40]}”这个步骤", how="请刷新页面后重试", status=422)
    _, target, stage, verdict = REVIEW_STEPS[step]
    require(actor, _NEEDS[stage])
    row = _locked(actor, number)
    bar_conflict(actor, row)
    if verdict:
        _judge(actor, row, stage, step=step, no_conflict=no_conflict)
    row.state = target
    row.save(update_fields=["state"])
    advance(
        flow=CLAIM_FLOW,
        subject=claim_events.claim_subject(row),
        transition=step,
        actor=actor,
        reason=reason,
        expected=expected,
        waits_at=codes_of(row) if target == RETURNED else None,
    )
    if verdict:
        opinion = Opinion.objects.create(
            application=row,
            stage=stage,
            verdict=verdict,
            username=actor.username,
            display_name=actor.display_name,
            declaration=NO_CONFLICT,
            reason=reason.strip()[:2000],
            amount=row.amount,
        )
        record(
            claim_events.OPINION_GIVEN,
            claim_events.claim_subject(row),
            None,
            {"stage": stage, "verdict": opinion.verdict, "declaration": NO_CONFLICT, "amount": row.amount},
            reason=opinion.reason,
        )
    return row


@transaction.atomic
def declare_conflict(*, actor: User, number: str, reason: str) -> Opinion:
    """Say that one has an interest in an application: from now on one takes no step with it.

    Raises:
        PermissionDenied: the actor reviews nothing.
        InputError: none that the actor may see (404), nothing said (422), or said before (409).
    """
    if not allowed(actor, permissions.REVIEW_CLAIMS) and not allowed(actor, permissions.RECHECK):
        raise PermissionDenied("只有审核人员需要声明回避。")
    row = _locked(actor, number)
    told = reason.replace("\0", "").strip()[:300]
    if not told:
        raise InputError("回避须写明理由", where="理由", how="例如“申请人的法定代表人是本人亲属”", status=422)
    if row.opinions.filter(username=actor.username, conflict=True).exists():
        raise InputError("您已声明回避", how="请转给同事办理", status=409)
    opinion = Opinion.objects.create(
        application=row,
        stage="recheck" if row.state == RECHECKING else "review",
        verdict="conflict",
        username=actor.username,
        display_name=actor.display_name,
        conflict=True,
        declaration=told,
    )
    record(
        claim_events.CONFLICT_DECLARED,
        claim_events.claim_subject(row),
        None,
        {"conflict": True, "declaration": told},
    )
    return opinion


def bar_conflict(actor: User, row: Application) -> None:
    """Stop who has declared a conflict, or belongs to the applicant's own organisation.

    Raises:
        PermissionDenied: CLM-008.
    """
    declared = row.opinions.filter(username=actor.username, conflict=True).exists()
    if declared or (row.organisation_id is not None and row.organisation_id == actor.organisation_id):
        raise PermissionDenied("您与这份申请的申请人有利害关系，不能办理；请转给另一位同事（CLM-008）。")


@transaction.atomic
def read_claim_file(*, actor: User, number: str, sha256: str) -> tuple[str, Kept]:
    """A file of an application, for who may see the application; who looked is on the trail.

    Raises:
        InputError: no such application or file that the actor may see (404).
    """
    row = claim_of(actor, number)
    found = next((e for e in attachments(claim_events.claim_subject(row)) if e.kept.sha256 == sha256), None)
    if found is None:
        raise InputError("没有这份材料", how="请刷新页面", status=404)
    record_read(claim_events.FILE_READ, claim_events.claim_subject(row), fields=[found.name])
    return found.name, found.kept


def _judge(actor: User, row: Application, stage: str, *, step: str, no_conflict: bool) -> None:
    submitted = row.computations.filter(stage="submit").order_by("-pk").first()
    if step in ("pass", "confirm"):
        keep_computation(row, stage)
        claim_gates.look_for_hits(row.pk)
    conflicts = row.opinions.filter(conflict=True).values_list("username", flat=True)
    case = ReviewCase(
        day=timezone.localdate(),
        reviewer=actor.username,
        conflicts=frozenset(conflicts),
        declared=no_conflict,
        same_body=row.organisation_id is not None and row.organisation_id == actor.organisation_id,
        open_hits=len(blocking_hits(row.pk)) if step in ("pass", "confirm") else 0,
        submitted=submitted.total if submitted else row.amount,
        recomputed=row.amount,
    )
    refuse_errors(judge_review(case, law_on(case.day)))


def _locked(actor: User, number: str) -> Application:
    seen = claim_of(actor, number)
    row = Application.objects.select_for_update().get(pk=seen.pk)
    if not row.submitted_at:
        raise InputError(f"申请 {number} {label_of(row)}，还没有提交", how="请等待申请人提交", status=409)
    return row
