"""What payments ask: what falls due by contract, and what accepted deliverables are worth."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Sum

from youju.analytics.periods import Period
from youju.office.contracts.models import Deliverable, Instalment
from youju.rules.office.contracts.lifecycle import ACCEPTED, VOID


@dataclass(frozen=True, slots=True)
class DuePayment:
    """A payment that a contract agrees.

    Args:
        key: ``<contract id>-<place>``, stable.
        contract: number of the contract.
        title: of the contract.
        party: whom to pay, by name; ``party_code`` by credit code, where known.
        project: code of the project that pays.
        due_on: the day by which to pay.
        amount: in CNY.
        after: the deliverable that must be accepted first; empty: none.
        ready: whether nothing stands in its way: the deliverable is accepted, the contract has not ended before the day.
    """

    key: str
    contract: str
    title: str
    party: str
    party_code: str
    project: str
    due_on: date
    amount: Decimal
    after: str
    ready: bool


def due_payments(project: str, period: Period | None = None) -> list[DuePayment]:
    """The payments of a project's contracts that fall due in a period (ever, without one), by their days. One query."""
    rows = Instalment.objects.select_related("contract", "after").filter(contract__project=project)
    rows = rows.exclude(contract__state=VOID)
    if period is not None:
        rows = rows.filter(due_on__gte=period.start, due_on__lt=period.end)
    return [_due(row) for row in rows.order_by("due_on", "contract__number", "place")]


def accepted_value(project: str, period: Period) -> Decimal:
    """What the deliverables of a project's contracts that were accepted in a period cost, in CNY. One query."""
    rows = Deliverable.objects.filter(
        contract__project=project,
        state=ACCEPTED,
        accepted_on__gte=period.start,
        accepted_on__lt=period.end,
    ).exclude(contract__state=VOID)
    found: Decimal | None = rows.aggregate(value=Sum("price"))["value"]
    return found or Decimal(0)


def _due(row: Instalment) -> DuePayment:
    contract, after = row.contract, row.after
    ended = contract.ended_on is not None and contract.ended_on < row.due_on
    return DuePayment(
        key=f"{contract.pk}-{row.place}",
        contract=contract.number,
        title=contract.title,
        party=contract.party,
        party_code=contract.party_code,
        project=contract.project,
        due_on=row.due_on,
        amount=row.amount,
        after=after.title if after else "",
        ready=not ended and (after is None or after.state == ACCEPTED),
    )
