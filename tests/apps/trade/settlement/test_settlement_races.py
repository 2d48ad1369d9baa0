"""Eight banks race for the same lines, and writers are killed at any moment, on real PostgreSQL and real connections.

No line is ever collected or reserved beyond its value, the books balance, and what is sent again under its key happens once. The
race takes 3 seconds; the nightly profile (``YOUJU_EXAMPLES=nightly``, or ``YOUJU_SETTLEMENT_SECONDS``) 60.
"""

from __future__ import annotations

import os
import random
import signal
import time
import traceback
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from decimal import Decimal
from functools import partial
from itertools import count
from threading import Barrier

import pytest
from django.db import DatabaseError, connection, transaction

from settlement_made import PAID, Ledger, faults, make_ledger, wish
from trade_people import as_, person
from youju.foundation.database.addresses import Role as DatabaseRole
from youju.foundation.database.roles import acting_as
from youju.foundation.identity.models import User
from youju.foundation.identity.roles import Role
from youju.foundation.identity.services.idempotency import answered_once
from youju.foundation.kernel.context import reaching_all
from youju.foundation.kernel.errors import InputError
from youju.trade.settlement import selectors, services
from youju.trade.settlement.facts import ConfirmWish
from youju.trade.settlement.models import Lot, Movement, Receipt, Reservation

BANKS = 8
NIGHTLY = os.environ.get("YOUJU_EXAMPLES") == "nightly"
SECONDS = float(os.environ.get("YOUJU_SETTLEMENT_SECONDS", "60" if NIGHTLY else "3"))
KILLS = max(4, int(os.environ.get("YOUJU_KILL_ROUNDS", "20")) // 4)
VALUES = (900, 700, 20)


class Bank:
    """One bank that reserves, confirms, releases and sends each request again now and then."""

    def __init__(self, user: User, lots: list[Lot], seed: int) -> None:
        self.user, self.lots, self.drawn = user, lots, random.Random(seed)
        self.seed, self.serial = seed, count(1)
        self.held: list[str] = []
        self.done: Counter[str] = Counter()

    def deed(self, key: str = "") -> None:
        """One deed under a key; a refusal in words is part of the race."""
        key = key or f"{self.seed}-{next(self.serial)}"
        work = self.drawn.choice([self.reserve, self.reserve, self.confirm, self.release])
        with as_(self.user) as user:
            try:
                for _ in range(self.drawn.choice([1, 1, 1, 2])):
                    answered_once(actor=user, key=key, address="race", body=b"", work=lambda: work(user, key))
                self.done[work.__name__] += 1
            except InputError:
                self.done["refused"] += 1

    def reserve(self, user: User, key: str) -> tuple[int, object]:
        lot = self.drawn.choice(self.lots)
        amount = Decimal(self.drawn.choice([1, 33, 5_000, 70_001])) / 100
        row = services.reserve(actor=user, line=lot.pk, amount=amount, reference=key)
        self.held = [*self.held[-6:], row.number]
        return 201, {"number": row.number}

    def confirm(self, user: User, key: str) -> tuple[int, object]:
        number = self.drawn.choice([*self.held, "-"])
        told = ConfirmWish(key, PAID, "Amina Wanjiku Trading", currency=self.drawn.choice(["USD", "CNY"]))
        services.confirm(actor=user, number=number, wish=told)
        return 200, {}

    def release(self, user: User, _key: str) -> tuple[int, object]:
        services.release(actor=user, number=self.drawn.choice([*self.held, "-"]))
        return 200, {}


def world() -> tuple[Ledger, list[User]]:
    """Lines and eight banks."""
    with reaching_all():
        ledger = make_ledger(*VALUES)
        banks = [person(Role.BNK, f"RACE{place}", username=f"race{place}") for place in range(BANKS)]
    return ledger, banks


def look() -> list[str]:
    """What must hold at every moment between two transactions."""
    with reaching_all(), transaction.atomic():
        return faults()


@pytest.mark.django_db(transaction=True)
def test_eight_banks_race_for_a_line() -> None:
    ledger, users = world()
    start, wrong = Barrier(BANKS + 1), []

    def work(place: int) -> Counter[str]:
        bank = Bank(users[place], ledger.lots, place + 1)
        try:
            start.wait(timeout=60)
            end = time.monotonic() + SECONDS
            while time.monotonic() < end:
                bank.deed()
        except BaseException:
            wrong.append(traceback.format_exc())
        finally:
            connection.close()
        return bank.done

    def refill() -> None:
        """Money goes back and more comes in, so that there is always something to race for."""
        try:
            start.wait(timeout=60)
            end = time.monotonic() + SECONDS
            drawn = random.Random(0)
            with as_(ledger.deal.agent) as agent:
                while time.monotonic() < end:
                    row = Movement.objects.filter(kind="match").order_by("?").first()
                    try:
                        if row and drawn.random() < 0.7:
                            services.undo_match(actor=agent, movement=row.pk, reason="重来")
                        else:
                            key = str(drawn.choice(ledger.declarations))
                            services.record_receipt(actor=agent, wish=wish(amount=Decimal("12.34"), hint=key))
                    except InputError:
                        pass
        except BaseException:
            wrong.append(traceback.format_exc())
        finally:
            connection.close()

    with ThreadPoolExecutor(BANKS + 1) as pool:
        refilling = pool.submit(refill)
        done = sum(pool.map(work, range(BANKS)), Counter[str]())
        refilling.result()
    assert wrong == []
    assert look() == []
    assert min(done["reserve"], done["confirm"], done["release"], done["refused"]) > 0
    with reaching_all():
        assert Reservation.objects.exists()
        # Under each reference of a bank there is one reservation, however often it was sent.
        made = list(Reservation.objects.values_list("organisation", "reference"))
        assert len(made) == len(set(made))
    # The owner of the tables cannot change what was booked either.
    with acting_as(DatabaseRole.OWNER), connection.cursor() as cursor:
        for sql in ("UPDATE settlement_posting SET amount = -amount", "DELETE FROM settlement_entry"):
            with pytest.raises(DatabaseError, match="never changed or removed"):
                cursor.execute(sql)


@pytest.mark.django_db(transaction=True)
def test_two_banks_never_both_win_the_last_cent() -> None:
    ledger, users = world()
    for _ in range(6):
        start = Barrier(2)

        def both(place: int, start: Barrier = start) -> str:
            try:
                with as_(users[place]) as user:
                    start.wait(timeout=30)
                    return services.reserve(actor=user, line=ledger.lots[2].pk, amount=Decimal(20)).number
            except InputError as error:
                return str(error)
            finally:
                connection.close()

        with ThreadPoolExecutor(2) as pool:
            told = list(pool.map(both, range(2)))
        won = [each for each in told if each.startswith("ZY")]
        assert len(won) == 1
        assert any("SET-013" in each for each in told)
        winner = users[told.index(won[0])]
        with as_(winner) as user:
            services.release(actor=user, number=won[0])
    assert look() == []


@pytest.mark.django_db(transaction=True)
def test_killed_at_any_moment_and_sent_again() -> None:
    ledger, users = world()
    chance = random.Random(11)
    connection.close()
    for number in range(KILLS):
        ready, told = os.pipe()
        child = os.fork()
        if not child:
            try:
                bank = Bank(users[0], ledger.lots, 1000 + number)
                for serial in count(1):
                    os.write(told, f"{number}-{serial}\n".encode())
                    bank.deed(f"{number}-{serial}")
            finally:
                os._exit(1)
        os.close(told)
        begun = os.read(ready, 4096)
        time.sleep(chance.random() * 0.5)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        while more := os.read(ready, 65_536):
            begun += more
        os.close(ready)
        assert look() == []
        # Nobody knows whether the last request was heard: it is sent again, and is there once at most.
        key = begun.decode().split()[-1]
        again = Bank(users[0], ledger.lots, 1)
        with as_(users[0]) as user, suppress(InputError):
            answered_once(
                actor=user, key=key, address="race", body=b"", work=partial(again.reserve, user, key)
            )
        with reaching_all():
            assert (
                Reservation.objects.filter(reference=key).count()
                + Receipt.objects.filter(reference=key).count()
                <= 1
            )
        assert look() == []
        connection.close()
    with reaching_all():
        assert Reservation.objects.exists()
    with as_(users[0]) as user:
        offered = selectors.look(actor=user, number=ledger.key, g_no=1)
    assert [each.consignor[:2] for each in offered] == ["**"]
