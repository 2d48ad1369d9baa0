"""Random sequences of deeds: the services answer and stand like the plain machine; no line beyond its value, sums zero."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from random import Random
from types import SimpleNamespace

import pytest
from django.db import transaction
from django.db.models import Max

from kept import kept
from settlement_machine import Book
from settlement_made import PAID, Ledger, faults, make_ledger, wish
from trade_people import as_
from youju.foundation.identity.models import User
from youju.foundation.kernel.errors import InputError
from youju.trade.settlement import services
from youju.trade.settlement.facts import ConfirmWish
from youju.trade.settlement.models import Lot, Movement, Receipt, Reservation
from youju.trade.settlement.services import locking

pytestmark = pytest.mark.django_db
STEPS = {"nightly": 1_500}.get(os.environ.get("YOUJU_EXAMPLES", ""), 100)
VALUES = (1200, 30, 1)
BEGIN = datetime(2023, 7, 1, tzinfo=UTC)


@kept
def ledger() -> Ledger:
    return make_ledger(*VALUES)


class Real:
    """The services as a book: places of the machine → records."""

    def __init__(self, ledger: Ledger, drawn: Random) -> None:
        self.ledger, self.drawn, self.hour = ledger, drawn, 0
        self.banks = (ledger.bank, ledger.other)
        self.held: list[str] = []
        self.receipts: list[str] = []
        self.matches: list[int] = []

    @property
    def now(self) -> datetime:
        return BEGIN + timedelta(hours=self.hour)

    def take(self, user: User, deed: Callable[[User], None]) -> bool:
        last = Movement.objects.aggregate(last=Max("pk"))["last"] or 0
        with as_(user):
            if self.drawn.random() < 0.1:
                # All but the commit, and then nothing of it may be there.
                with pytest.raises((ZeroDivisionError, InputError)), transaction.atomic():
                    deed(user)
                    raise ZeroDivisionError
            try:
                with transaction.atomic():
                    deed(user)
            except InputError:
                return False
        new = Movement.objects.filter(kind="match", pk__gt=last).order_by("pk")
        self.matches += new.values_list("pk", flat=True)
        return True

    def reserve(self, lot: int, bank: int, amount: int, hours: int) -> bool:
        made: list[str] = []

        def deed(user: User) -> None:
            row = services.reserve(
                actor=user, line=self.ledger.lots[lot].pk, amount=money(amount), hours=hours, now=self.now
            )
            made.append(row.number)

        taken = self.take(self.banks[bank], deed)
        self.held += made[-1:] if taken else []
        return taken

    def confirm(self, place: int, bank: int, amount: int, given: int) -> bool:
        made: list[str] = []
        reference = f"C{len(self.receipts)}-{place}-{self.hour}-{self.drawn.random()}"[:60]

        def deed(user: User) -> None:
            told = ConfirmWish(
                reference, PAID, "Amina Wanjiku Trading", amount=money(amount), money=money(given)
            )
            _, receipt = services.confirm(actor=user, number=self.held[place], wish=told, now=self.now)
            made.append(receipt.number)

        taken = self.take(self.banks[bank], deed)
        self.receipts += made[-1:] if taken else []
        return taken

    def release(self, place: int, bank: int) -> bool:
        return self.take(
            self.banks[bank],
            lambda user: void(services.release(actor=user, number=self.held[place], now=self.now)),
        )

    def expire(self) -> bool:
        services.expire(now=self.now)
        return True

    def receive(self, lot: int | None, given: int) -> bool:
        made: list[str] = []
        hint = "" if lot is None else str(self.ledger.declarations[lot])

        def deed(user: User) -> None:
            made.append(services.record_receipt(actor=user, wish=wish(amount=money(given), hint=hint)).number)

        taken = self.take(self.ledger.deal.agent, deed)
        self.receipts += made[-1:] if taken else []
        return taken

    def match(self, receipt: int, lot: int) -> bool:
        key = str(self.ledger.declarations[lot])
        return self.take(
            self.ledger.deal.agent,
            lambda user: void(
                services.match_declaration(actor=user, number=self.receipts[receipt], declaration=key)
            ),
        )

    def undo(self, place: int) -> bool:
        return self.take(
            self.ledger.deal.agent,
            lambda user: void(services.undo_match(actor=user, movement=self.matches[place], reason="记错")),
        )

    def refund(self, place: int, amount: int) -> bool:
        return self.take(
            self.ledger.deal.agent,
            lambda user: void(
                services.refund(
                    actor=user, movement=self.matches[place], amount=money(amount), on=PAID, reason="少发"
                )
            ),
        )

    def give_back(self, receipt: int, amount: int) -> bool:
        return self.take(
            self.ledger.deal.agent,
            lambda user: void(
                services.return_suspense(
                    actor=user, number=self.receipts[receipt], amount=money(amount), on=PAID, reason="多收"
                )
            ),
        )

    def look(self, book: Book) -> None:
        """The same lines, receipts and reservations as the machine; the books balance."""
        assert faults() == []
        lots = Lot.objects.in_bulk([lot.pk for lot in self.ledger.lots])
        stands = [lots[lot.pk] for lot in self.ledger.lots]
        assert [(cents(x.collected), cents(x.reserved), cents(x.refunded)) for x in stands] == [
            (book.collected[n], book.reserved(n), book.refunded[n]) for n in range(len(stands))
        ]
        rows = {row.number: row for row in Receipt.objects.all()}
        assert [(cents(rows[n].suspense), cents(rows[n].returned)) for n in self.receipts] == list(
            zip(book.suspense, book.returned, strict=True)
        )
        states = dict(Reservation.objects.values_list("number", "state"))
        assert [states[number] for number in self.held] == [each.state for each in book.held]


def money(amount: int) -> Decimal:
    return Decimal(amount) / 100


def cents(amount: Decimal) -> int:
    return int(amount * 100)


def void(_value: object) -> None:
    """A deed gives nothing."""


def storm(books: tuple[Book, Real], drawn: Random) -> str:
    """One deed, done to both; its name where it was taken."""
    book, real = books
    lots = len(book.declared)
    lot, bank = drawn.randrange(lots), drawn.randrange(2)
    amount = drawn.choice([1, 3, book.declared[lot] // 3 + 1, book.declared[lot], book.declared[lot] + 1])
    hours, named = drawn.choice([1, 72, 72, 72, 73]), drawn.choice([lot, None])
    deeds: list[tuple[str, Callable[[Book | Real], bool]]] = [
        ("reserve", lambda to: hours <= 72 and to.reserve(lot, bank, amount, hours)),
        ("receive", lambda to: to.receive(named, amount)),
        ("expire", lambda to: to.expire()),
    ]
    if book.held:
        place, over = drawn.randrange(len(book.held)), drawn.choice([0, 0, 7])
        # Mostly the newest one and its own bank: others are refused anyway.
        place = drawn.choice([place, len(book.held) - 1, len(book.held) - 1])
        bank = drawn.choice([bank, book.held[place].bank, book.held[place].bank])
        part = drawn.choice([book.held[place].amount, amount])
        deeds.append(("confirm", lambda to: to.confirm(place, bank, part, part + over)))
        deeds.append(("release", lambda to: to.release(place, bank)))
    if book.amounts:
        receipt = drawn.randrange(len(book.amounts))
        deeds.append(("match", lambda to: to.match(receipt, lot)))
        deeds.append(("give_back", lambda to: to.give_back(receipt, amount)))
    if book.matches:
        match = drawn.randrange(len(book.matches))
        deeds.append(("undo", lambda to: to.undo(match)))
        deeds.append(("refund", lambda to: to.refund(match, amount)))
    name, deed = drawn.choice(deeds)
    real.hour = book.hour = book.hour + drawn.choice([0, 0, 0, 1, 20])
    said, did = deed(book), deed(real)
    assert said == did, f"{name}: the machine says {said}, the services {did}"
    return name if did else ""


def test_the_services_do_what_the_machine_does(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = Random(39)
    book, real = Book([value * 100 for value in VALUES]), Real(ledger, Random(107))
    monkeypatch.setattr(locking, "timezone", SimpleNamespace(now=lambda: real.now))
    taken: dict[str, int] = {}
    for number in range(STEPS):
        name = storm((book, real), drawn)
        taken[name] = taken.get(name, 0) + 1
        book.look()
        if number % 20 == 0:
            real.look(book)
    real.look(book)
    assert {"reserve", "confirm", "release", "receive", "match", "undo", "refund", "give_back"} <= set(taken)
