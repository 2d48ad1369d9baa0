"""The ledger of a declaration, and what rooms above ask of its lines. Rows in the asker's reach, amounts in its currency."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import QuerySet, Sum

from youju.foundation.identity.permissions import require
from youju.rules.trade.declarations.money import in_cny
from youju.rules.trade.settlement.accounts import LINE_ACCOUNTS
from youju.trade.parties.selectors.partners import names_of
from youju.trade.settlement import permissions
from youju.trade.settlement.models import Finding, Lot, Movement, Posting, Reservation

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


@dataclass(frozen=True, slots=True)
class Collected:
    """One merchant's share of one declared line. ``*_cny``: the declared value at the customs rate, what came at its days'.

    ``last_on``: the day of the last collection.
    """

    line: int
    declaration: int
    number: str
    version: int
    g_no: int
    merchant: int
    agent: int
    currency: str
    declared: Decimal
    reserved: Decimal
    collected: Decimal
    refunded: Decimal
    declared_cny: Decimal
    collected_cny: Decimal
    released_on: date
    last_on: date | None

    @property
    def open(self) -> Decimal:
        """What has not come in yet."""
        return self.declared - self.collected


LineKey = tuple[int, int, int]
"""Declaration id, item number, merchant id."""


def collected_by_line(declarations: Iterable[int]) -> dict[LineKey, Collected]:
    """Every line of some declarations (by id), by declaration, item number and merchant. Two queries.

    A line that does not stand any more (``live`` false) is left out; a declaration that is not released has none.
    """
    rows = list(Lot.objects.filter(declaration__in=list(declarations), live=True))
    cny = collected_cny_of(row.pk for row in rows)
    return {
        (row.declaration_id, row.g_no, row.merchant_id): collected_of(row, cny.get(row.pk, Decimal(0)))
        for row in rows
    }


def collected_cny_of(lines: Iterable[int]) -> dict[int, Decimal]:
    """CNY that came for lines, by their ids, less what was undone or refunded. One query."""
    sums: dict[int, Decimal] = {}
    rows = (
        Movement.objects.filter(lot__in=list(lines))
        .order_by()
        .values_list("lot", "kind")
        .annotate(sum=Sum("money_cny"))
    )
    for lot, kind, amount in rows:
        sums[lot] = sums.get(lot, Decimal(0)) + (amount if kind == "match" else -amount)
    return sums


def collected_of(row: Lot, cny: Decimal) -> Collected:
    """A line as rooms above get it."""
    return Collected(
        line=row.pk,
        declaration=row.declaration_id,
        number=row.number,
        version=row.version,
        g_no=row.g_no,
        merchant=row.merchant_id,
        agent=row.agent_id,
        currency=row.currency,
        declared=row.declared,
        reserved=row.reserved,
        collected=row.collected,
        refunded=row.refunded,
        declared_cny=row.value_cny,
        collected_cny=cny,
        released_on=row.released_on,
        last_on=row.last_on,
    )


@dataclass(frozen=True, slots=True)
class LineView:
    """A line on the page of its declaration: ``merchant`` (filing number, name), what moved it, what is held of it."""

    row: Lot
    merchant: tuple[str, str]
    movements: tuple[Movement, ...]
    reservations: tuple[Reservation, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Account:
    """One account of a declaration as a T: debits left, credits right, each (day, kind, line, amount), and the balance."""

    code: str
    debits: tuple[tuple[date, str, int, Decimal], ...]
    credits: tuple[tuple[date, str, int, Decimal], ...]
    balance: Decimal


@dataclass(frozen=True, slots=True)
class DeclarationLedger:
    """The ledger of a declaration in the asker's reach. ``key``: number and version."""

    key: str
    entry_number: str
    currency: str
    released_on: date
    lines: tuple[LineView, ...]
    accounts: tuple[Account, ...]

    @property
    def declared(self) -> Decimal:
        """Declared FOB of the lines shown."""
        return sum((line.row.declared for line in self.lines), Decimal(0))

    @property
    def reserved(self) -> Decimal:
        """Held by banks."""
        return sum((line.row.reserved for line in self.lines), Decimal(0))

    @property
    def collected(self) -> Decimal:
        """What came."""
        return sum((line.row.collected for line in self.lines), Decimal(0))

    @property
    def refunded(self) -> Decimal:
        """What went back to the buyers."""
        return sum((line.row.refunded for line in self.lines), Decimal(0))

    @property
    def available(self) -> Decimal:
        """What may still be collected."""
        return self.declared - self.reserved - self.collected

    @property
    def declared_cny(self) -> Decimal:
        """Declared FOB in CNY at the customs rate."""
        return sum((line.row.value_cny for line in self.lines), Decimal(0))


def lots_of(key: str) -> QuerySet[Lot]:
    """The lines of a declaration in the asker's reach, by number with or without version, or by customs' number."""
    number, _, version = key.replace("\0", "").strip().partition("-")
    rows = Lot.objects.filter(number=number) if number else Lot.objects.none()
    if version.isdecimal() and len(version) <= 4:
        rows = rows.filter(version=int(version))
    elif not version and len(number) == 18:
        rows = Lot.objects.filter(entry_number=number)
    return rows.order_by("-version", "g_no", "merchant")


def ledger_of_declaration(*, actor: User, key: str) -> DeclarationLedger | None:
    """The ledger of a declaration with its accounts; ``None`` where none is in reach. Seven queries.

    Raises:
        PermissionDenied: the actor does not see settlement.
    """
    require(actor, permissions.VIEW)
    rows = list(lots_of(key))
    if not rows:
        return None
    first = rows[0]
    rows = [row for row in rows if row.declaration_id == first.declaration_id]
    places = [row.pk for row in rows]
    names = names_of(row.merchant_id for row in rows)
    movements: dict[int, list[Movement]] = {}
    for move in Movement.objects.filter(lot__in=places).select_related("receipt").order_by("pk"):
        movements.setdefault(move.lot_id or 0, []).append(move)
    reservations: dict[int, list[Reservation]] = {}
    for held in Reservation.objects.filter(lot__in=places).select_related("organisation").order_by("-pk"):
        reservations.setdefault(held.lot_id, []).append(held)
    findings: dict[int, list[Finding]] = {}
    for found in Finding.objects.filter(lot__in=places):
        findings.setdefault(found.lot_id or 0, []).append(found)
    return DeclarationLedger(
        key=f"{first.number}-{first.version}",
        entry_number=first.entry_number,
        currency=first.currency,
        released_on=first.released_on,
        lines=tuple(
            LineView(
                row,
                names.get(row.merchant_id, ("", "")),
                tuple(movements.get(row.pk, ())),
                tuple(reservations.get(row.pk, ())),
                tuple(findings.get(row.pk, ())),
            )
            for row in rows
        ),
        accounts=_accounts({row.pk: row.g_no for row in rows}),
    )


def _accounts(g_nos: Mapping[int, int]) -> tuple[Account, ...]:
    rows = (
        Posting.objects.filter(lot__in=list(g_nos))
        .order_by("entry", "pk")
        .values_list("account", "entry__day", "entry__kind", "lot", "amount")
    )
    sides: dict[str, tuple[list[tuple[date, str, int, Decimal]], list[tuple[date, str, int, Decimal]]]] = {
        code: ([], []) for code in LINE_ACCOUNTS
    }
    for account, day, kind, lot, amount in rows:
        debits, credits = sides[account]
        (debits if amount > 0 else credits).append((day, kind, g_nos[lot or 0], abs(amount)))
    return tuple(
        Account(code, tuple(debits), tuple(credits),
                sum((each[-1] for each in debits), Decimal(0)) - sum((each[-1] for each in credits), Decimal(0)))
        for code, (debits, credits) in sides.items()
    )  # fmt: skip


def cny_of(row: Lot, amount: Decimal) -> Decimal:
    """An amount of a line in CNY at the customs rate of its declaration."""
    return in_cny(amount, row.rate)
