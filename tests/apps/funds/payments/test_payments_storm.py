"""No sequence of deeds, crashes and bank files pays twice, exceeds the budget or loses a cent.

The plain machine takes YOUJU_MONEY_STEPS random deeds (10,000; the nightly profile 1,000,000); the real services take a
twenty-fifth of them beside the machine, deed by deed, on the real database, and must answer and stand alike.
"""

from __future__ import annotations

import os
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction

from funds_machine import ROLES, Book, Storm
from funds_made import Staff, answers, due, payee, project, staff
from trade_people import as_, person
from youju.foundation.identity.models import User
from youju.foundation.identity.roles import Role
from youju.foundation.kernel.errors import InputError
from youju.funds.payments import services
from youju.funds.payments.facts import PaymentIn
from youju.funds.payments.models import BankFile, Payment
from youju.funds.projects import services as projects
from youju.funds.projects.models import Ledger

STEPS = int(os.environ.get("YOUJU_MONEY_STEPS", "10000"))
STORM = 10_000
BUDGETS = {0: 2_000_000, 1: 700_000, 2: 1_000}


@pytest.mark.parametrize("seed", [1, 2])
def test_the_machine_holds(seed: int) -> None:
    left, part = STEPS // 2, 0
    while (
        left > 0
    ):  # a book that has grown large takes long to look at, and its budget is spent: the next one begins
        steps = min(left, STORM)
        storm = Storm(seed + 1_000 * part, Book(BUDGETS))
        every = max(1, steps // 250)
        for number in range(steps):
            storm.deed()
            if number % every == 0:
                storm.book.look()
        storm.book.look()
        storm.settle()
        assert storm.taken["send"] > 20
        assert sum(row.state == "paid" for row in storm.book.payments) > 20
        left, part = left - steps, part + 1


class CutError(Exception):
    """The process ends before its commit."""


class Real:
    """The services as a book: numbers of the machine → records."""

    def __init__(self, team: Staff, people: dict[str, User], cut: object) -> None:
        self.team, self.people = team, people
        self.projects = [project(team, f"{cents / 100:.2f}") for cents in BUDGETS.values()]
        self.payments: list[str] = []
        self.files: list[str] = []
        self.reads = 0
        self.cut = cut

    def _take(self, who: str, deed: object) -> bool:
        user = self.people[who]
        with as_(user):
            if self.cut.random() < 0.05:  # type: ignore[attr-defined]
                # All but the commit, and then nothing of it may be there.
                with pytest.raises((CutError, InputError, PermissionDenied)), transaction.atomic():
                    deed(user)  # type: ignore[operator]
                    raise CutError
            try:
                deed(user)  # type: ignore[operator]
            except (InputError, PermissionDenied):
                return False
        return True

    def ask(self, project: int, amount: int, who: str) -> bool:
        made: list[str] = []
        number = len(self.payments)

        def deed(user: User) -> None:
            row = services.request_payment(
                project_id=self.projects[project].pk, payee=payee(number + 1000), amount=Decimal(amount) / 100,
                purpose=f"第{number}笔", due_on=due(), explanation="模拟", by=user,
            )  # fmt: skip
            made.append(row.number)

        taken = self._take(who, deed)
        self.payments += made[-1:] if taken else []
        return taken

    def step(self, payment: int, step: str, who: str) -> bool:
        return self._take(
            who,
            lambda user: services.step_payment(
                actor=user, number=self.payments[payment], step=step, reason="模拟"
            ),
        )

    def correct(self, payment: int, who: str) -> bool:
        return self._take(
            who,
            lambda user: services.correct_payment(
                actor=user, number=self.payments[payment], payee=payee(), due_on=due(), reason="换账号"
            ),
        )

    def revise(self, payment: int, who: str, amount: int) -> bool:
        def deed(user: User) -> None:
            row = Payment.objects.get(number=self.payments[payment])
            wish = PaymentIn(
                row.project_id, payee(), Decimal(amount) / 100, f"{row.purpose}改", due(), explanation="模拟"
            )
            services.revise_payment(actor=user, number=row.number, wish=wish)

        return self._take(who, deed)

    def send(self, payments: list[int], who: str) -> bool:
        made: list[str] = []
        numbers = [self.payments[each] for each in payments]
        taken = self._take(
            who, lambda user: made.append(services.make_bank_file(actor=user, numbers=numbers).number)
        )
        self.files += made[-1:] if taken else []
        return taken

    def hand(self, file: int) -> bool:
        return self._take(
            "fin1", lambda user: services.hand_out(actor=user, number=self.files[file], format="csv")
        )

    def void(self, file: int) -> bool:
        return self._take(
            "fin1", lambda user: services.void_file(actor=user, number=self.files[file], reason="重做")
        )

    def answer(self, rows: list[tuple[str, int, bool, date]]) -> bool:
        def named(reference: str) -> str:
            key, dash, attempt = reference.partition("-")
            return f"{self.payments[int(key)]}-{attempt}" if dash else reference

        content = answers(*((named(r), f"{cents / 100:.2f}", good, on) for r, cents, good, on in rows))
        self.reads += 1
        name = f"回单{self.reads}.csv"
        return self._take(
            "fin2",
            lambda user: services.read_return(actor=user, name=name, content=content + b"\n" * self.reads),
        )

    def adjust(self, project: int, delta: int) -> bool:
        key = self.projects[project].pk

        def propose(user: User) -> None:
            made.append(
                projects.propose_adjustment(
                    actor=user, project_id=key, source="fiscal", amount=Decimal(delta) / 100, document_number="文1", reason="模拟"
                ).number
            )  # fmt: skip

        made: list[str] = []
        assert self._take("fin1", propose)
        return self._take(
            "hed1", lambda user: projects.step_adjustment(actor=user, number=made[-1], step="approve")
        )

    def look(self, book: Book) -> None:
        """The same states, ledgers and lines as the machine."""
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        states = dict(Payment.objects.values_list("number", "state"))
        assert [states[number] for number in self.payments] == [row.state for row in book.payments]
        for place, row in enumerate(self.projects):
            found = Ledger.objects.get(project=row)
            assert [int(x * 100) for x in (found.budget, found.reserved, found.paid)] == [
                book.budget[place], book.reserved[place], book.spent[place],
            ]  # fmt: skip


@pytest.mark.django_db
def test_the_services_do_what_the_machine_does(monkeypatch: pytest.MonkeyPatch) -> None:
    import random

    from youju.funds.payments.services import judging

    # Two payments of one amount to one account are another test's business.
    monkeypatch.setattr(judging, "_twins", lambda _rows, _day: ())
    team = staff()
    people = {name: person(Role(role), username=f"storm-{name}") for name, role in ROLES.items()}
    book = Book(BUDGETS)
    real = Real(team, people, random.Random(7))
    storm = Storm(3, book, real)
    for number in range(STEPS // 25):
        storm.deed()
        if number % 25 == 0:
            book.look()
            real.look(book)
    storm.settle()
    book.look()
    real.look(book)
    assert storm.taken["answer"] > 5
    assert BankFile.objects.count() == len(book.files)
