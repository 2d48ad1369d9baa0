"""Filling in an application: begun for a policy, prefilled from the party's own declarations, kept as it is typed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, BinaryIO

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from youju.foundation.audit.encoding import changes
from youju.foundation.audit.services import record
from youju.foundation.files.services import attach, keep, release
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.foundation.kernel.sealing import fingerprint, reseal, seal, unseal
from youju.foundation.workflow.services import start
from youju.funds.subsidies import claim_events, permissions
from youju.funds.subsidies.models import Application, CostLine, Objection
from youju.funds.subsidies.selectors.claims import claim_of, cost_kinds, label_of, last_account
from youju.funds.subsidies.selectors.texts import issued_of, text_of
from youju.funds.subsidies.services.claim_computing import EVIDENCE, keep_computation
from youju.funds.subsidies.services.claim_numbers import next_number
from youju.rules.funds.claims.lifecycle import CLAIM_FLOW, DRAFT, REFUSED, STRUCK, WITHDRAWN
from youju.rules.funds.claims.publishing import masked_account
from youju.trade.parties.selectors.applicants import own_applicants

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

ACCOUNT = re.compile(r"\d{8,32}")
GONE = (WITHDRAWN, REFUSED, STRUCK)
ACCOUNT_PURPOSE = "payments.account"
"""What payments take the fingerprint of an account for: equal accounts are found across rooms."""
_COST_FILE = "cost"


@dataclass(frozen=True, slots=True)
class AccountIn:
    """Whose account, at which bank, its number; an empty number keeps the one that stands."""

    name: str
    bank: str
    number: str = ""


@dataclass(frozen=True, slots=True)
class CostIn:
    """A cost as typed: kind, invoice number, who issued it, day of payment, CNY."""

    kind: str
    invoice: str
    paid_on: date
    amount: Decimal
    seller: str = ""


@transaction.atomic
def begin_claim(*, actor: User, policy: str, party_id: int) -> Application:
    """Begin an application: the policy's text of today is kept with it, the counted records and the account are filled in.

    Args:
        actor: somebody of the party's organisation.
        policy: the code of a policy in force that takes applications today.
        party_id: one of the organisation's own filings.

    Raises:
        PermissionDenied: the actor may not apply, or not for that party.
        InputError: no such policy (404), it takes none today (409), or the party has applied (409, CLM-001).
    """
    require(actor, permissions.APPLY)
    found = issued_of(policy)
    party = next((each for each in own_applicants(actor) if each.pk == party_id), None)
    if party is None:
        raise PermissionDenied("只能为本单位已备案的主体申请。")
    today = timezone.localdate()
    if not found.takes_on(today):
        window = found.text.filing
        raise InputError(
            f"“{found.text.title}”的申报期是 {window.start} 起，{window.end} 前",
            where="SUB-004",
            how="请留意下一期通知",
            status=409,
        )
    there = Application.objects.filter(party_id=party_id, policy_code=policy).exclude(state__in=GONE).first()
    if there is not None:
        raise InputError(
            f"本单位对这项政策已有申请 {there.number}（{label_of(there)}）",
            where="CLM-001",
            how="请打开那份申请继续办理",
            status=409,
        )
    before = last_account(actor, party_id)
    row = Application(
        number=next_number("BT"),
        policy_code=found.code,
        policy_version=found.version,
        policy_title=found.text.title,
        policy_hash=found.hash,
        text=found.plain,
        project=found.text.project,
        party_id=party_id,
        party_name=party.name,
        credit_code=party.credit_code,
        organisation_id=party.organisation_id,
        sections=list(party.sections),
        state=DRAFT,
        account_name=before.account_name if before else party.name,
        bank=before.bank if before else "",
        account_sealed=before.account_sealed if before else "",
        account_masked=before.account_masked if before else "",
        account_fingerprint=before.account_fingerprint if before else "",
        prepared_by=actor.username,
        created_by=actor.username,
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        raise InputError("本单位对这项政策刚刚有了一份申请", how="请刷新页面", status=409) from error
    subject = claim_events.claim_subject(row)
    record(claim_events.BEGUN, subject, None, {"policy": row.policy_title, "party": row.party_name})
    start(flow=CLAIM_FLOW, subject=subject, actor=actor, organisation=actor.organisation.code)
    keep_computation(row, "draft", judged_on=today)
    return row


@transaction.atomic
def save_claim(
    *, actor: User, number: str, account: AccountIn, remark: str = "", revision: int | None = None
) -> Application:
    """Keep what was typed of a draft.

    Args:
        revision: the one that the actor saw; another one now is refused (409). ``None`` takes it over.

    Raises:
        PermissionDenied: it is not the actor's.
        InputError: none (404), no draft any more, or changed meanwhile (409); the account's number is out of form (422).
    """
    row = own_draft(actor, number)
    if revision is not None and row.revision != revision:
        raise InputError(f"申请 {number} 刚被同事改过", how="请刷新页面，看过最新内容再改", status=409)
    before = _typed(row)
    set_account(row, account)
    row.remark = remark.replace("\0", "").strip()[:500]
    after = _typed(row)
    if before == after:
        return row
    row.revision += 1
    row.prepared_by, row.changed_at = actor.username, timezone.now()
    row.save()
    gone, new = changes(before, after)
    record(claim_events.SAVED, claim_events.claim_subject(row), gone, new)
    return row


@transaction.atomic
def refresh_claim(*, actor: User, number: str) -> Application:
    """Count the records and compute the amount anew, as they are now.

    Raises:
        PermissionDenied, InputError: as :func:`save_claim`.
    """
    row = own_draft(actor, number)
    keep_computation(row, "draft", judged_on=timezone.localdate())
    return row


@transaction.atomic
def add_cost(
    *, actor: User, number: str, cost: CostIn, name: str = "", content: BinaryIO | bytes | None = None
) -> CostLine:
    """Add an invoice, with its file where there is one.

    Raises:
        PermissionDenied, InputError: as :func:`save_claim`; the policy covers no such cost, or the file is refused.
    """
    row = own_draft(actor, number)
    kinds = dict(cost_kinds(text_of(row.text)))
    if cost.kind not in kinds:
        raise InputError(
            "这项政策不补贴这种费用",
            where="费用种类",
            how=f"可选：{'、'.join(kinds.values()) or '无'}",
            status=422,
        )
    invoice = re.sub(r"\s", "", cost.invoice.replace("\0", "")).upper()
    if not invoice or cost.amount <= 0:
        raise InputError("发票号码或金额没有填对", where="费用", how="号码照发票填写，金额大于 0", status=422)
    line = CostLine(
        application=row,
        kind=cost.kind,
        invoice=invoice[:24],
        seller=cost.seller.replace("\0", "").strip()[:100],
        paid_on=cost.paid_on,
        amount=cost.amount,
        added_by=actor.username,
    )
    if content is not None:
        kept = keep(content, name=name, purpose="evidence")
        attach(sha256=kept.sha256, subject=claim_events.claim_subject(row), name=kept.name, role=_COST_FILE)
        line.file, line.filename = kept.sha256, kept.name
    line.save(force_insert=True)
    record(
        claim_events.COST_ADDED,
        claim_events.claim_subject(row),
        None,
        {"kind": kinds[cost.kind], "invoice": line.invoice, "amount": line.amount, "paid_on": line.paid_on},
    )
    _touch(row, actor)
    keep_computation(row, "draft", judged_on=timezone.localdate())
    return line


@transaction.atomic
def remove_cost(*, actor: User, number: str, cost_id: int) -> None:
    """Take an invoice out of a draft.

    Raises:
        PermissionDenied, InputError: as :func:`save_claim`; there is none (404).
    """
    row = own_draft(actor, number)
    line = row.costs.filter(pk=cost_id).first()
    if line is None:
        raise InputError("没有这笔费用", how="请刷新页面", status=404)
    line.delete()
    if line.file and not row.costs.filter(file=line.file).exists():
        release(subject=claim_events.claim_subject(row), role=_COST_FILE, sha256=line.file)
    record(
        claim_events.COST_REMOVED,
        claim_events.claim_subject(row),
        {"invoice": line.invoice, "amount": line.amount},
        None,
    )
    _touch(row, actor)
    keep_computation(row, "draft", judged_on=timezone.localdate())


@transaction.atomic
def add_paper(*, actor: User, number: str, code: str, name: str, content: BinaryIO | bytes) -> None:
    """Bring a paper that the policy asks for; a new one takes the place of the old.

    Raises:
        PermissionDenied, InputError: as :func:`save_claim`; the policy asks for no such paper, or the file is refused.
    """
    row = own_draft(actor, number)
    if code not in {each.code for each in text_of(row.text).evidence}:
        raise InputError("这项政策不要这种材料", how="请刷新页面", status=404)
    kept = keep(content, name=name, purpose="evidence")
    subject, role = claim_events.claim_subject(row), f"{EVIDENCE}{code}"
    release(subject=subject, role=role)
    attach(sha256=kept.sha256, subject=subject, name=kept.name, role=role)
    _touch(row, actor)
    keep_computation(row, "draft", judged_on=timezone.localdate())


def own_draft(actor: User, number: str) -> Application:
    """A draft of the actor's organisation, under lock.

    Raises:
        PermissionDenied: the actor may not apply.
        InputError: none of its own (404), or no draft any more (409).
    """
    row = own_claim(actor, number)
    if row.state != DRAFT:
        raise InputError(
            f"申请 {number} {label_of(row)}，不能修改", how="要修改，先点“继续修改”或撤回", status=409
        )
    return row


def own_claim(actor: User, number: str) -> Application:
    """An application of the actor's organisation, under lock.

    Raises:
        PermissionDenied: the actor may not apply.
        InputError: there is none of its own (404).
    """
    require(actor, permissions.APPLY)
    seen = claim_of(actor, number)
    return Application.objects.select_for_update().get(pk=seen.pk)


def set_account(row: Application, account: AccountIn) -> None:
    """Write an account into an application: the number sealed, its last digits shown.

    Raises:
        InputError: the number is out of form (422).
    """
    row.account_name = account.name.replace("\0", "").strip()[:100]
    row.bank = account.bank.replace("\0", "").strip()[:100]
    digits = re.sub(r"[\s-]", "", account.number)
    if not digits:
        return
    if not ACCOUNT.fullmatch(digits):
        raise InputError("收款账号不对", where="账号", how="请填 8 到 32 位数字", status=422)
    found = fingerprint(digits, ACCOUNT_PURPOSE)
    if found != row.account_fingerprint:
        row.account_sealed, row.account_masked = seal(digits), masked_account(digits)
        row.account_fingerprint = found


def _touch(row: Application, actor: User) -> None:
    row.revision += 1
    row.prepared_by, row.changed_at = actor.username, timezone.now()
    row.save(update_fields=["revision", "prepared_by", "changed_at"])


def _typed(row: Application) -> dict[str, str]:
    return {
        "account_name": row.account_name,
        "bank": row.bank,
        "account": row.account_masked,
        "remark": row.remark,
    }


def reseal_accounts() -> int:
    """Seal every account and objector's contact anew with the first key, fingerprints too; how many. For the exchange of keys."""
    count = 0
    for row in Application.objects.select_for_update().exclude(account_sealed="").iterator(chunk_size=500):
        digits = unseal(row.account_sealed)
        row.account_sealed, row.account_fingerprint = seal(digits), fingerprint(digits, ACCOUNT_PURPOSE)
        row.save(update_fields=["account_sealed", "account_fingerprint"])
        count += 1
    for each in Objection.objects.select_for_update().iterator(chunk_size=500):
        each.contact_sealed = reseal(each.contact_sealed)
        each.save(update_fields=["contact_sealed"])
        count += 1
    return count
