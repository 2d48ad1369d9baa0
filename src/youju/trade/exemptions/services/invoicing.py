"""Invoices entered by hand or from a spreadsheet, written as one, taken back as one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Sum
from django.utils import timezone

from youju.foundation.audit.services import record, record_many
from youju.foundation.identity.permissions import allowed, require
from youju.foundation.kernel.errors import InputError
from youju.rules.findings import Finding
from youju.rules.trade.exemptions.facts import InvoiceFacts
from youju.trade.exemptions import events, permissions
from youju.trade.exemptions.models import ExportLine, Invoice
from youju.trade.exemptions.services.refusing import checked
from youju.trade.parties.selectors.partners import ids_of_organisation, names_of, organisations_of, partners

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


@dataclass(frozen=True, slots=True)
class InvoiceWish:
    """An invoice as somebody writes it down: ``consignor`` by filing number; ``amount`` in CNY."""

    number: str
    issued_on: date
    amount: Decimal
    consignor: str
    order_number: str


@dataclass(frozen=True, slots=True)
class Invoiced:
    """An entered invoice, with what the rules say of it."""

    row: Invoice
    findings: list[Finding]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What invoices are judged against: numbers known, (order, consignor) → declared and invoiced, number → party."""

    known: frozenset[str]
    declared: Mapping[tuple[str, int], Decimal]
    invoiced: Mapping[tuple[str, int], Decimal]
    parties: Mapping[str, int]
    agents: Mapping[tuple[str, int], frozenset[int]]

    def facts(self, wish: InvoiceWish, day: date, also: Decimal = Decimal(0)) -> InvoiceFacts:
        """One invoice as the rules look at it; ``also``: of the same order in the same file."""
        key = (wish.order_number, self.parties.get(wish.consignor, 0))
        invoiced = self.invoiced.get(key, Decimal(0)) + also
        return InvoiceFacts(
            day,
            wish.issued_on,
            wish.number,
            wish.amount,
            wish.number in self.known,
            self.declared.get(key),
            invoiced,
        )


def surroundings(wishes: Sequence[InvoiceWish]) -> Surroundings:
    """What stands around some invoices, in the asker's reach. Four queries."""
    found = partners(wish.consignor for wish in wishes)
    ids = {number: each.id for number, each in found.items()}
    orders = {wish.order_number for wish in wishes}
    lines = ExportLine.objects.filter(order_number__in=orders, merchant__in=ids.values())
    declared: dict[tuple[str, int], Decimal] = {}
    agents: dict[tuple[str, int], frozenset[int]] = {}
    for order, merchant, agent, value in lines.values_list("order_number", "merchant", "agent", "value_cny"):
        declared[order, merchant] = declared.get((order, merchant), Decimal(0)) + value
        agents[order, merchant] = agents.get((order, merchant), frozenset()) | {agent}
    rows = Invoice.objects.filter(order_number__in=orders, consignor__in=ids.values()).order_by()
    invoiced = {
        (order, merchant): total
        for order, merchant, total in rows.values_list("order_number", "consignor").annotate(
            total=Sum("amount")
        )
    }
    known = Invoice.objects.filter(number__in=[wish.number for wish in wishes]).values_list(
        "number", flat=True
    )
    return Surroundings(frozenset(known), declared, invoiced, ids, agents)


@transaction.atomic
def enter_invoice(*, actor: User, wish: InvoiceWish) -> Invoiced:
    """Enter one invoice.

    Raises:
        PermissionDenied: the actor files nothing, or has nothing to do with that merchant.
        InputError: no such merchant, or the number is taken (409).
        ExemptionRefusedError: what the rules found.
    """
    require(actor, permissions.FILE)
    around = surroundings([wish])
    found = checked(around.facts(wish, timezone.localdate()))
    row = store(actor=actor, batch="", wishes=[wish], around=around)[0]
    return Invoiced(row, found)


@transaction.atomic
def store(
    *, actor: User, batch: str, wishes: Sequence[InvoiceWish], around: Surroundings | None = None
) -> list[Invoice]:
    """Write invoices that were judged before.

    Raises:
        PermissionDenied: the actor neither files nor imports, or one of them is no business of its organisation.
        InputError: no such merchant, or a number is taken (409); then none is written.
    """
    if not allowed(actor, permissions.FILE):
        require(actor, permissions.IMPORT)
    around = around or surroundings(wishes)
    if missing := next((each for each in wishes if each.consignor not in around.parties), None):
        raise InputError(
            f"没有备案号“{missing.consignor[:20]}”", where="经营户", how="请核对备案号", status=422
        )
    concerned = {key for each in wishes for key in _parties(each, around)}
    names = names_of(concerned)
    bodies = organisations_of(concerned)
    mine = set(ids_of_organisation(actor.organisation_id)) if actor.organisation_id else set()
    own = allowed(actor, permissions.FILE)
    rows = []
    for wish in wishes:
        parties = _parties(wish, around)
        if own and not mine & set(parties):
            raise PermissionDenied(
                f"“{wish.consignor}”不是您单位的经营户，也没有经您代理的交易单 {wish.order_number}。"
            )
        consignor = around.parties[wish.consignor]
        rows.append(
            Invoice(
                number=wish.number,
                issued_on=wish.issued_on,
                amount=wish.amount,
                consignor_id=consignor,
                consignor_name=names.get(consignor, ("", ""))[1],
                order_number=wish.order_number,
                organisations=sorted({bodies.get(each) for each in parties} - {None}),
                batch=batch,
                entered_by=actor.username,
            )
        )
    try:
        with transaction.atomic():
            Invoice.objects.bulk_create(rows, batch_size=1_000)
    except IntegrityError as error:
        raise InputError("其中有发票已经登记过", how="请核对发票号码", status=409) from error
    told = {"batch": batch} if batch else {}
    record_many(
        events.INVOICED,
        [
            (events.invoice_subject(row), None, {"amount": row.amount, "order": row.order_number, **told})
            for row in rows
        ],
    )
    return rows


@transaction.atomic
def remove_batch(*, batch: str) -> int:
    """Take a batch's invoices away; how many. Who may is asked by the imports room."""
    rows = list(Invoice.objects.select_for_update().filter(batch=batch).order_by("pk"))
    Invoice.objects.filter(pk__in=[row.pk for row in rows]).delete()
    record_many(
        events.UNINVOICED, [(events.invoice_subject(row), {"amount": row.amount}, None) for row in rows]
    )
    return len(rows)


@transaction.atomic
def remove_invoice(*, actor: User, invoice_id: int) -> Invoice:
    """Take an invoice away that was entered wrongly.

    Raises:
        PermissionDenied: the actor files nothing.
        InputError: there is none (404).
    """
    require(actor, permissions.FILE)
    row = Invoice.objects.select_for_update().filter(pk=invoice_id).first()
    if row is None:
        raise InputError("没有这张发票", how="请回到发票列表", status=404)
    subject, told = events.invoice_subject(row), {"amount": row.amount, "order": row.order_number}
    row.delete()
    record(events.UNINVOICED, subject, told, None)
    return row


def _parties(wish: InvoiceWish, around: Surroundings) -> Iterable[int]:
    consignor = around.parties[wish.consignor]
    return {consignor, *around.agents.get((wish.order_number, consignor), frozenset())}
