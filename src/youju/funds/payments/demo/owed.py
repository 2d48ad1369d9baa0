"""Example payments of other rooms' decisions (awards): the whole way of each, in the shapes that the services leave behind.

The records are dated in the past, so the services, which know only today, cannot make them; what the database itself does and
refuses (the ledger, one payment for an origin, the budget) holds here as it does there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal

from youju.foundation.kernel.chance import Chance
from youju.foundation.kernel.sealing import Sealer
from youju.foundation.workflow.demo import write_cases
from youju.foundation.workflow.walks import CHINA, Walk, office_hour, working_day
from youju.funds.payments.demo import walking
from youju.funds.payments.demo.answering import write_answers
from youju.funds.payments.facts import Origin, PayeeIn
from youju.funds.payments.models import Payment
from youju.funds.payments.services.accounts import keep_account
from youju.funds.payments.services.holding import next_number
from youju.rules.funds.payments.lifecycle import KIND, PAID, RETURNED


@dataclass(frozen=True, slots=True)
class Owed:
    """What a decision owes somebody, and what the bank said on ``answered_on``; ``returned`` says why it sent the money back."""

    origin: Origin
    project_id: int
    payee: PayeeIn
    amount: Decimal
    purpose: str
    tag: str
    explanation: str
    decided_on: date
    due_on: date
    answered_on: date
    returned: str = ""


def pay(owed: Sequence[Owed], *, seed: int) -> dict[str, str]:
    """Write a payment for each, with its case, the bank's file and its answer; the payments' numbers by key of the origin."""
    sealer, made = Sealer(), []
    for place, each in enumerate(owed):
        chance = Chance(seed, "funds.owed", place)
        began = office_hour(working_day(each.decided_on, 1), chance)
        at_bank = datetime.combine(each.answered_on, time(16, 30), CHINA)
        walk = walking.walk_to(
            RETURNED if each.returned else PAID, began, chance, at_bank=at_bank, note=each.returned
        )
        made.append((_row(each, walk, sealer), walk))
    Payment.objects.bulk_create(row for row, _ in made)
    rows = [row for row, _ in made]
    write_answers(rows, {row.number: each.payee.account for row, each in zip(rows, owed, strict=True)})
    write_cases(KIND, [(row.number, f"{row.number} {row.payee_name}", "", walk) for row, walk in made])
    return {row.origin_key: row.number for row in rows}


def _row(each: Owed, walk: Walk, sealer: Sealer) -> Payment:
    account = keep_account(each.payee.account, sealer)
    return Payment(
        number=next_number("payments_payment_number", "FK", f"{walk.steps[1].at:%y%m%d}"),
        state=walk.state,
        project_id=each.project_id,
        amount=each.amount,
        purpose=each.purpose,
        tags=[each.tag],
        due_on=each.due_on,
        payee_name=each.payee.name,
        payee_credit_code=each.payee.credit_code or "",
        payee_party=each.payee.party_id,
        account_sealed=account.sealed,
        account_fingerprint=account.fingerprint,
        account_masked=account.masked,
        bank=each.payee.bank,
        origin_kind=each.origin.kind,
        origin_key=each.origin.key,
        explanation=each.explanation,
        paid_on=None if each.returned else each.answered_on,
        return_reason=each.returned,
        is_demo=True,
        **walking.hands(walk),
    )
