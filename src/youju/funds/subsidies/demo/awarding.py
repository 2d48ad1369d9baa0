"""The demo's awards and their payments: each goes its whole way in the room of payments, out of the project that pays."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from youju.foundation.policies import law_on
from youju.funds.payments.demo.owed import Owed, pay
from youju.funds.payments.facts import Origin, PayeeIn
from youju.funds.projects.selectors import ProjectView, available, by_code
from youju.funds.subsidies.models import Award, AwardRound, RoundLine
from youju.funds.subsidies.services.listing import is_platform
from youju.funds.subsidies.services.paying import ORIGIN, TAG
from youju.rules.funds.claims.lifecycle import BANK_RETURNED, PAID
from youju.rules.funds.subsidies.texts import PolicyText
from youju.rules.law import whole

RETURNED_BECAUSE = "账号与户名不符"
SEED = 2023


def budget_of(text: PolicyText) -> Decimal:
    """What a round may give: the policy's money, but no more than earlier batches left of the project that pays."""
    project = by_code(text.project, text.window.start.year)
    return text.budget if project is None else min(text.budget, available(project.id))


def award(row: AwardRound, told: dict[str, Any], accounts: Mapping[str, str]) -> None:
    """Write the awards of a decided round, and pay them where the table says so.

    Args:
        row: the round, with its lines.
        told: its entry of ``claims.yaml``.
        accounts: the applicant's account in full by number of the application.
    """
    decided_on = row.decided_on
    if decided_on is None:
        raise ValueError(f"{row.number}: a round that is awarded has its day")
    last_day = datetime.fromisoformat(row.text["window"]["to"]).date() - timedelta(days=1)
    lines = list(
        row.lines.filter(live=True, amount__gt=Decimal(0)).select_related("application").order_by("pk")
    )
    project = by_code(row.project, last_day.year)
    paid = _pay(row, project, lines, told["paid"], decided_on, accounts) if "paid" in told and project else {}
    Award.objects.bulk_create(
        Award(
            application=line.application,
            round=row,
            amount=line.amount,
            state=line.application.state,
            decided_on=decided_on,
            belongs_on=last_day,
            platform=is_platform(line.application),
            list_hash=row.list_hash,
            payment=paid.get(line.application.number, ""),
            paid_on=told["paid"] if line.application.state == PAID else None,
            paid_amount=line.amount if line.application.state == PAID else Decimal(0),
            bank_reason=RETURNED_BECAUSE if line.application.state == BANK_RETURNED else "",
        )
        for line in lines
    )


def _pay(  # noqa: PLR0917 - all that a payment is told by
    row: AwardRound,
    project: ProjectView,
    lines: list[RoundLine],
    answered_on: date,
    decided_on: date,
    accounts: Mapping[str, str],
) -> dict[str, str]:
    """The numbers of the payments by number of the application."""
    due = decided_on + timedelta(days=whole(law_on(decided_on), "funds.claims.payment_days"))
    owed = []
    for line in lines:
        each = line.application
        payee = PayeeIn(
            each.account_name, each.credit_code or None, accounts[each.number], each.bank, each.party_id
        )
        owed.append(
            Owed(
                origin=Origin(ORIGIN, each.number),
                project_id=project.id,
                payee=payee,
                amount=line.amount,
                purpose=f"{each.policy_title} {each.number}"[:200],
                tag=TAG,
                explanation=f"按补贴决定 {row.number}（{decided_on}）付款，申请 {each.number}",
                decided_on=decided_on,
                due_on=due,
                answered_on=answered_on,
                returned=RETURNED_BECAUSE if each.state == BANK_RETURNED else "",
            )
        )
    return pay(owed, seed=SEED)
