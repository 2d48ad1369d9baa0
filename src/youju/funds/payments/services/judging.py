"""A payment before the rules PAY-…: what is known of it, gathered; errors refuse it, warnings want an explanation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Sum
from django.utils import timezone

from youju.foundation.kernel.errors import InputError
from youju.foundation.kernel.sealing import fingerprints
from youju.foundation.policies import law_on, policy_hash
from youju.funds.payments.facts import PaymentIn
from youju.funds.payments.models import Payment
from youju.funds.payments.selectors.holds import holds_of
from youju.funds.payments.services.accounts import PURPOSE, tidy
from youju.funds.projects.selectors import ProjectView, batch_of, contract_of, project_view, views_of
from youju.rules.findings import Finding, Severity
from youju.rules.funds.payments.facts import BudgetFacts, ContractFacts, HoldFacts, PaymentFacts, Twin
from youju.rules.funds.payments.judging import judge, judge_hold
from youju.rules.funds.payments.lifecycle import GONE, RESERVING
from youju.rules.law import whole

_LIVE = frozenset({*RESERVING, "draft", "paid"})
_PAYING = frozenset({*RESERVING, "paid"})


class RefusedPayment(InputError):  # noqa: N818 - what the user reads is that the payment was refused
    """The rules stop it; ``findings`` say which and why."""

    def __init__(self, findings: Sequence[Finding], *, unexplained: bool = False) -> None:
        first, more = findings[0], len(findings) - 1
        told = first.message.rstrip("。") + (f"（另有 {more} 条）" if more else "")
        how = first.suggestion.rstrip("。") + ("，写在“说明”里" if unexplained else "")
        super().__init__(told, how=how, status=422)
        self.findings = tuple(findings)


@dataclass(frozen=True, slots=True)
class Judged:
    """What the rules said: the warnings that were explained, and by what they were judged."""

    project: ProjectView
    findings: tuple[Finding, ...]
    kept: dict[str, Any]


def check(
    wish: PaymentIn, *, evidence: int = 0, of_record: bool = False, own: Payment | None = None
) -> Judged:
    """Ask the rules of today about a payment. The project's ledger is held by the caller.

    Args:
        wish: what is asked for.
        evidence: how many files come with it.
        of_record: whether it pays another room's decision.
        own: the payment itself where it is asked for again; it does not count against itself.

    Raises:
        InputError: no such project, contract or batch (404).
        RefusedPayment: the rules refuse it, or warn and no explanation was given (422).
    """
    project = project_view(wish.project_id)
    if project is None:
        raise InputError("没有这个资金项目", where="项目", how="请从列表里选择", status=404)
    facts = _facts(wish, project, evidence=evidence, of_record=of_record, own=own)
    law = law_on(facts.day)
    found = judge(facts, law)
    errors = [each for each in found if each.severity is Severity.ERROR]
    if errors:
        raise RefusedPayment(errors)
    if found and not wish.explanation.strip():
        raise RefusedPayment(found, unexplained=True)
    kept = {
        "as_of": facts.day.isoformat(),
        "policy_hash": policy_hash(),
        "findings": [each.as_json() for each in found],
    }
    return Judged(project, found, kept)


def _facts(
    wish: PaymentIn, project: ProjectView, *, evidence: int, of_record: bool, own: Payment | None
) -> PaymentFacts:
    day = timezone.localdate()
    account = tidy(wish.payee.account)
    others = Payment.objects.exclude(pk=own.pk) if own else Payment.objects.all()
    marks = list(fingerprints(account, PURPOSE))
    same_account = others.filter(account_fingerprint__in=marks)
    owners = same_account.exclude(payee_name=wish.payee.name.strip()).exclude(state__in=GONE)
    before = others.filter(payee_name=wish.payee.name.strip(), state="paid")
    # Its own money is set aside already where it comes back from the bank: it does not count against itself.
    mine = own.amount if own and own.state in RESERVING else 0
    return PaymentFacts(
        day=day,
        amount=wish.amount,
        purpose=wish.purpose,
        due_on=wish.due_on,
        payee=wish.payee.name.strip(),
        credit_code=wish.payee.credit_code or "",
        account=account,
        bank=wish.payee.bank,
        project=_budget(project, mine),
        contract=_contract(wish, own),
        evidence=evidence,
        of_record=of_record,
        twins=_twins(same_account.filter(state__in=_LIVE, amount=wish.amount), day),
        owners=tuple(owners.order_by("-pk").values_list("payee_name", flat=True)[:1]),
        accounts_before=before.exists() and not before.filter(account_fingerprint__in=marks).exists(),
        held=holds_of([project.id]).get(project.id, ""),
    )


def refuse_held(rows: Sequence[Payment]) -> None:
    """Stop payments that were judged before and are to go on, where something holds their project. Their ledgers are held.

    Raises:
        RefusedPayment: what holds them (422).
    """
    held = holds_of(sorted({row.project_id for row in rows}))
    if not held:
        return
    day, views = timezone.localdate(), views_of(held)
    law = law_on(day)
    raise RefusedPayment(
        [
            each
            for key, why in held.items()
            for each in judge_hold(HoldFacts(day, _budget(views[key]), why), law)
        ]
    )


def _budget(project: ProjectView, mine: Decimal | int = 0) -> BudgetFacts:
    return BudgetFacts(
        code=project.code,
        year=project.year,
        active=project.active,
        budget=project.budget,
        reserved=project.reserved - mine,
        paid=project.paid,
        plan=project.plan,
    )


def _twins(rows: Any, day: date) -> tuple[Twin, ...]:
    since = day - timedelta(days=whole(law_on(day), "funds.payments.duplicate_days"))
    close = rows.filter(requested_at__date__gte=since).order_by("-pk")[:20]
    return tuple(
        Twin(row.number, row.purpose, abs((day - timezone.localdate(row.requested_at)).days)) for row in close
    )


def _contract(wish: PaymentIn, own: Payment | None) -> ContractFacts | None:
    if wish.batch_id is not None:
        batch = batch_of(wish.batch_id)
        if batch is None or batch.project_id != wish.project_id:
            raise InputError("这个项目没有这个支出批次", where="支出批次", how="请从列表里选择", status=404)
        if batch.state != "open" and (own is None or own.batch_id != wish.batch_id):
            raise InputError("这个支出批次不再收付款", where=batch.number, how="请另开批次", status=409)
    if wish.contract_id is None:
        return None
    contract = contract_of(wish.contract_id)
    if contract is None or contract.project_id != wish.project_id:
        raise InputError("这个项目没有这份合同", where="合同", how="请从列表里选择", status=404)
    others = Payment.objects.filter(contract_id=wish.contract_id, state__in=_PAYING)
    if own:
        others = others.exclude(pk=own.pk)
    used = others.aggregate(sum=Sum("amount"))["sum"] or Decimal(0)
    return ContractFacts(contract.number, contract.supplier, contract.amount, used)
