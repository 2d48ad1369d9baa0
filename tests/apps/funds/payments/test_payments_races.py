"""Eight people at once, and processes killed at any moment, on real PostgreSQL: nothing is paid twice and no cent is lost."""

from __future__ import annotations

import os
import random
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from decimal import Decimal
from itertools import count
from threading import Barrier
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils import timezone

from funds_made import answers, due, payee, project, staff
from trade_people import as_, person
from youju.foundation.identity.models import User
from youju.foundation.identity.roles import Role
from youju.foundation.kernel.context import reaching_all
from youju.foundation.kernel.errors import InputError
from youju.funds.payments import services
from youju.funds.payments.models import BankFile, Instruction, Payment
from youju.funds.projects import services as projects
from youju.funds.projects.models import Project

THREADS, DEEDS = 8, 16
KILLS = max(5, int(os.environ.get("YOUJU_KILL_ROUNDS", "20")) // 4)
AMOUNTS = ("0.01", "99.99", "500.00", "3333.33")
PEOPLE = {"stf1": Role.STF, "stf2": Role.STF, "fin1": Role.FIN, "fin2": Role.FIN, "hed1": Role.HED}


class Office:
    """People who do whatever there is to do, each deed a transaction of its own."""

    def __init__(self, seed: int, people: dict[str, User], keys: list[int]) -> None:
        self.chance, self.people, self.keys, self.serial = (
            random.Random(seed),
            people,
            keys,
            count(seed * 100_000),
        )
        self.done = 0

    def deed(self) -> None:
        """One deed; what is refused in words is part of the life of an office."""
        draw = self.chance.choices(
            [self._ask, self._step, self._send, self._hand, self._answer, self._adjust, self._again],
            [5, 16, 4, 4, 5, 1, 2],
        )[0]
        with as_(self._somebody(draw.__name__)) as who, suppress(InputError, PermissionDenied):
            self.done += draw(who) is not None

    def _somebody(self, deed: str) -> User:
        """Mostly somebody who might do it; now and then anybody."""
        able = {"_ask": ("stf1", "stf2"), "_again": ("stf1", "stf2")}.get(deed, ("fin1", "fin2"))
        return self.people[self.chance.choice(able if self.chance.random() < 0.9 else tuple(self.people))]

    def _one(self, *states: str) -> Payment | None:
        rows = list(Payment.objects.filter(state__in=states).order_by("?")[:1])
        return rows[0] if rows else None

    def _ask(self, who: User) -> Any:
        return services.request_payment(
            project_id=self.chance.choice(self.keys), payee=payee(next(self.serial)),
            amount=Decimal(self.chance.choice(AMOUNTS)), purpose=f"事项{next(self.serial)}", due_on=due(), explanation="并发",
            by=who,
        )  # fmt: skip

    def _step(self, who: User) -> Any:
        row = self._one("requested", "reviewed", "checked")
        if row is None:
            return None
        step, able = {
            "requested": ("review_section", ("stf1", "stf2")),
            "reviewed": ("review", ("fin1", "fin2")),
            "checked": ("approve", ("hed1",)),
        }[row.state]
        chosen = step if self.chance.random() < 0.9 else "cancel"
        with as_(self.people[self.chance.choice(able)] if self.chance.random() < 0.9 else who) as user:
            return services.step_payment(actor=user, number=row.number, step=chosen, reason="并发")

    def _send(self, who: User) -> Any:
        numbers = list(
            Payment.objects.filter(state="approved").order_by("?").values_list("number", flat=True)[:4]
        )
        return services.make_bank_file(actor=who, numbers=numbers) if numbers else None

    def _hand(self, who: User) -> Any:
        row = BankFile.objects.filter(state="made").order_by("?").first()
        if row is None:
            return None
        if self.chance.random() < 0.2:
            return services.void_file(actor=who, number=row.number, reason="并发")
        return services.hand_out(actor=who, number=row.number, format="csv")

    def _answer(self, who: User) -> Any:
        rows = list(Instruction.objects.filter(file__state__in=["handed", "answered"]).order_by("?")[:3])
        if not rows:
            return None
        # A reference has one truth, whoever tells it and however often.
        told = [
            (r.reference, str(r.amount), hash_of(r.reference) % 4 != 0, timezone.localdate()) for r in rows
        ]
        name = f"{next(self.serial)}.csv"
        return services.read_return(
            actor=who, name=name, content=answers(*told) + b"\n" * self.chance.randint(0, 3)
        )

    def _adjust(self, who: User) -> Any:
        made = projects.propose_adjustment(
            actor=who, project_id=self.chance.choice(self.keys), source="fiscal",
            amount=Decimal(self.chance.choice(("2000.00", "-500.00"))), document_number="文", reason="并发",
        )  # fmt: skip
        with as_(self.people["hed1"]) as head:
            return projects.step_adjustment(actor=head, number=made.number, step="approve")

    def _again(self, who: User) -> Any:
        row = self._one("returned")
        if row is None:
            return None
        return services.correct_payment(
            actor=who, number=row.number, payee=payee(next(self.serial)), due_on=due(), reason="换账号"
        )


def hash_of(reference: str) -> int:
    """The same for one reference in every process."""
    return sum(reference.encode())


def look() -> None:
    """What must hold at every moment between two transactions."""
    with connection.cursor() as cursor:
        for told, sql in (
            ("the ledger is the sum of its payments", """
                SELECT l.project_id FROM projects_ledger l LEFT JOIN (
                  SELECT project_id, sum(amount) FILTER (WHERE state IN ('requested', 'reviewed', 'checked', 'approved', 'sent',
                           'returned')) AS reserved, sum(amount) FILTER (WHERE state = 'paid') AS paid
                  FROM payments_payment GROUP BY project_id) p USING (project_id)
                WHERE l.reserved <> coalesce(p.reserved, 0) OR l.paid <> coalesce(p.paid, 0)
                  OR l.reserved + l.paid > l.budget"""),
            ("the budget is its sources and what was approved", """
                SELECT l.project_id FROM projects_ledger l WHERE l.budget <>
                  (SELECT coalesce(sum(amount), 0) FROM projects_source s WHERE s.project_id = l.project_id)
                  + (SELECT coalesce(sum(amount), 0) FROM projects_adjustment a WHERE a.project_id = l.project_id
                     AND a.state = 'approved')"""),
            ("one line of a payment is alive at most, and says what the payment says", """
                SELECT m.number FROM payments_payment m
                LEFT JOIN payments_instruction i ON i.payment_id = m.id AND i.state IN ('open', 'paid')
                GROUP BY m.id, m.number, m.state, m.amount
                HAVING count(i.id) <> (m.state IN ('sent', 'paid'))::int OR coalesce(sum(i.amount), 0) <>
                  CASE WHEN m.state IN ('sent', 'paid') THEN m.amount ELSE 0 END"""),
            ("the bank was told to pay a payment once", """
                SELECT payment_id FROM payments_instruction WHERE state = 'paid' GROUP BY payment_id HAVING count(*) > 1"""),
            ("the case stands where the payment stands", """
                SELECT m.number FROM payments_payment m JOIN workflow_case c ON c.subject_kind = 'payments.payment'
                AND c.subject_key = m.number WHERE c.state <> m.state"""),
            ("a file is the sum of its lines", """
                SELECT f.number FROM payments_bankfile f JOIN payments_instruction i ON i.file_id = f.id GROUP BY f.id
                HAVING sum(i.amount) <> f.total OR count(*) <> f.count"""),
        ):  # fmt: skip
            cursor.execute(sql)
            assert cursor.fetchall() == [], told


def _world() -> tuple[dict[str, User], list[int]]:
    with reaching_all():
        team = staff()
        people = {name: person(role, username=f"race-{name}") for name, role in PEOPLE.items()}
        return people, [project(team, budget).pk for budget in ("6000.00", "2500.00", "400000.00")]


@pytest.mark.django_db(transaction=True)
def test_eight_at_once() -> None:
    people, keys = _world()
    before = Office(998, people, keys)
    for _ in range(40):
        before.deed()
    start = Barrier(THREADS)

    def work(place: int) -> int:
        office = Office(place + 1, people, keys)
        try:
            start.wait(timeout=60)
            for _ in range(DEEDS):
                office.deed()
        finally:
            connection.close()
        return office.done

    with ThreadPoolExecutor(THREADS) as pool:
        done = list(pool.map(work, range(THREADS)))
    with reaching_all():
        look()
        assert sum(done) > THREADS
        assert Payment.objects.exclude(state="requested").exists()
        assert Project.objects.count() == len(keys)


@pytest.mark.django_db(transaction=True)
def test_killed_at_any_moment() -> None:
    people, keys = _world()
    chance = random.Random(11)
    before = Office(999, people, keys)
    for _ in range(40):
        before.deed()
    connection.close()
    for number in range(KILLS):
        ready, started = os.pipe()
        child = os.fork()
        if not child:
            try:
                office = Office(1000 + number, people, keys)
                office.deed()
                os.write(started, b".")
                while True:
                    office.deed()
            finally:
                os._exit(1)
        os.close(started)
        assert os.read(ready, 1) == b"."
        os.close(ready)
        time.sleep(chance.random() * 0.6)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        with reaching_all():
            look()
        connection.close()
    with reaching_all():
        assert Payment.objects.exclude(state="requested").exists()
