"""What an enterprise does with a filled-in application: sign it off, submit it, take it back, mend it, correct its account."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from youju.foundation.audit.services import record
from youju.foundation.identity.permissions import Permission, allowed
from youju.foundation.identity.selectors import colleagues, organisation_codes
from youju.foundation.kernel.errors import InputError
from youju.foundation.policies import law_on
from youju.foundation.workflow.services import advance
from youju.funds.subsidies import claim_events, claim_gates
from youju.funds.subsidies.models import Application, Award
from youju.funds.subsidies.selectors.claims import label_of
from youju.funds.subsidies.services.applying import GONE, AccountIn, own_claim, set_account
from youju.funds.subsidies.services.claim_computing import computed_now, keep_computation
from youju.funds.subsidies.services.refusing import refuse_errors
from youju.rules.findings import Finding
from youju.rules.funds.claims.facts import ClaimCase, InvoiceFact
from youju.rules.funds.claims.judging import judge_claim
from youju.rules.funds.claims.lifecycle import (
    AWARDED,
    BANK_RETURNED,
    CERTIFIED,
    CLAIM_FLOW,
    DRAFT,
    RETURNED,
    SUBMITTED,
    WITHDRAWN,
)
from youju.rules.funds.subsidies.computing import Computation

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


def judged_claim(
    row: Application, computed: Computation, *, certifier: User | None = None
) -> tuple[Finding, ...]:
    """What the policy's own rules and the rules of applying find; a certifier is judged where one signs now."""
    today = timezone.localdate()
    people = 0
    if certifier is not None:
        people = sum(allowed(each, Permission.CLAIMS_OWN) for each in colleagues(actor=certifier))
    others = Application.objects.filter(party_id=row.party_id, policy_code=row.policy_code).exclude(
        state__in=GONE
    )
    case = ClaimCase(
        day=today,
        total=computed.potential,
        party_name=row.party_name,
        account_name=row.account_name,
        has_account=bool(row.account_sealed and row.account_name and row.bank),
        people=people,
        prepared_by=row.prepared_by,
        certifier=certifier.username if certifier is not None else "",
        others=tuple(others.exclude(pk=row.pk).values_list("number", flat=True)),
        invoices=tuple(
            InvoiceFact(str(each.pk), each.invoice, each.amount, bool(each.file)) for each in row.costs.all()
        ),
    )
    return (*computed.missing, *judge_claim(case, law_on(today)))


def findings_of(row: Application) -> tuple[Finding, ...]:
    """What would keep a draft from being signed off now."""
    computed, _ = computed_now(row, judged_on=timezone.localdate())
    return judged_claim(row, computed)


@transaction.atomic
def certify_claim(*, actor: User, number: str, revision: int, expected: str = "") -> Application:
    """Sign an application off for the enterprise: what stands in it is true. Another person than who filled it in, where
    the organisation has one.

    Args:
        revision: of the application as the certifier read it; another one now is refused (409).

    Raises:
        PermissionDenied: it is not the actor's.
        InputError: none (404), no draft, or changed meanwhile (409).
        ClaimRefusedError: what the rules found.
    """
    row = own_claim(actor, number)
    if row.state != DRAFT:
        raise InputError(f"申请 {number} {label_of(row)}，不能签署", how="请刷新页面", status=409)
    if row.revision != revision:
        raise InputError(f"申请 {number} 刚被改过", how="请刷新页面，读过最新内容再签署", status=409)
    computed = keep_computation(row, "draft", judged_on=timezone.localdate())
    refuse_errors(judged_claim(row, computed, certifier=actor))
    row.state = CERTIFIED
    row.certified_by, row.certified_name, row.certified_at = (
        actor.username,
        actor.display_name,
        timezone.now(),
    )
    row.save()
    _advance(row, "certify", actor, expected=expected)
    return row


@transaction.atomic
def submit_claim(*, actor: User, number: str, expected: str = "") -> Application:
    """Hand in an application that was signed off. The amount is computed again, and duplicates are looked for.

    Raises:
        PermissionDenied: it is not the actor's.
        InputError: none (404), not signed off (409).
        ClaimRefusedError: what the rules found by now, such as the end of the filing window.
    """
    row = own_claim(actor, number)
    if row.state != CERTIFIED:
        raise InputError(f"申请 {number} {label_of(row)}，不能提交", how="先由本单位签署", status=409)
    computed = keep_computation(row, "submit", judged_on=timezone.localdate())
    refuse_errors(judged_claim(row, computed))
    row.state, row.submitted_at = SUBMITTED, timezone.now()
    row.save(update_fields=["state", "submitted_at"])
    _advance(row, "submit", actor, expected=expected, waits=False)
    claim_gates.look_for_hits(row.pk)
    return row


_BACK = {"reopen": DRAFT, "withdraw": WITHDRAWN}


@transaction.atomic
def take_claim_step(
    *, actor: User, number: str, step: str, reason: str = "", expected: str = ""
) -> Application:
    """``reopen`` one that was signed off or sent back, or ``withdraw`` one that nobody has taken up yet.

    Raises:
        PermissionDenied: it is not the actor's.
        InputError: none (404), no such step (422), or it does not lead on from here (409).
    """
    row = own_claim(actor, number)
    if step not in _BACK:
        raise InputError(f"没有“{step[:40]}”这个步骤", how="请刷新页面后重试", status=422)
    row.state = _BACK[step]
    if step == "reopen":
        row.certified_by = row.certified_name = ""
        row.certified_at = None
        row.revision += 1
    row.save()
    _advance(row, step, actor, reason=reason, expected=expected)
    return row


@transaction.atomic
def correct_account(*, actor: User, number: str, account: AccountIn, expected: str = "") -> Application:
    """Give another account after the bank has sent the money back; the centre then asks for the payment anew.

    Raises:
        PermissionDenied: it is not the actor's.
        InputError: none (404), the bank has sent nothing back (409), or the account is out of form (422).
    """
    row = own_claim(actor, number)
    if row.state != BANK_RETURNED:
        raise InputError(f"申请 {number} {label_of(row)}，不用更正账户", how="请刷新页面", status=409)
    if not account.name.strip() or not account.bank.strip() or not account.number.strip():
        raise InputError(
            "户名、开户银行和账号都要填写", where="收款账户", how="照开户许可或账户证明填写", status=422
        )
    before = {"account_name": row.account_name, "bank": row.bank, "account": row.account_masked}
    set_account(row, account)
    row.state, row.revision = AWARDED, row.revision + 1
    row.save()
    # What the bank has sent back is asked for anew, as the next attempt.
    award = Award.objects.select_for_update().get(application=row)
    award.state = AWARDED
    award.attempt += 1
    award.save(update_fields=["state", "attempt"])
    record(
        claim_events.ACCOUNT_CORRECTED,
        claim_events.claim_subject(row),
        before,
        {"account_name": row.account_name, "bank": row.bank, "account": row.account_masked},
    )
    _advance(row, "correct", actor, expected=expected, waits=False)
    return row


def codes_of(row: Application) -> tuple[str, ...]:
    """The code of the applicant's organisation, for whom a step of the enterprise waits."""
    return tuple(organisation_codes([row.organisation_id]).values()) if row.organisation_id else ()


def _advance(
    row: Application, step: str, actor: User, *, reason: str = "", expected: str = "", waits: bool = True
) -> None:
    advance(
        flow=CLAIM_FLOW,
        subject=claim_events.claim_subject(row),
        transition=step,
        actor=actor,
        reason=reason,
        expected=expected,
        waits_at=codes_of(row) if waits and row.state in (CERTIFIED, RETURNED, BANK_RETURNED) else None,
    )
