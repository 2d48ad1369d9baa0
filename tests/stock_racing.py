"""Writers at once on the same stock: they register, confirm, consolidate, pack, unpack, cancel, and declare where that is given.

``race`` says what each did and was told; ``faults_of`` says what does not add up afterwards. Whatever is refused must be refused
by a sentence; a deadlock, a lost connection or a broken constraint is a fault. For a test and ``benchmarks/stock_race.py``.
"""

from __future__ import annotations

import time
import traceback
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import count as count_up
from random import Random
from threading import Barrier, Lock
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import connection
from django.db.models import Count, Sum

from trade_deals import Deal
from trade_loads import boxed, confirmed, opened
from trade_people import as_
from youju.foundation.identity.models import User
from youju.foundation.kernel.context import reaching_all
from youju.foundation.kernel.errors import InputError
from youju.trade.declarations.models import SourceLine
from youju.trade.orders import services as orders
from youju.trade.packing import services as packing
from youju.trade.packing.facts import PackWish, PartWish
from youju.trade.packing.models import Balance, ConsolidatedLine, Consolidation, PackedLine, Packing

Declare = Callable[[User, str, Random], None]
"""Declares what it likes of a packing (its number), or takes a declaration back; refuses by ``InputError``."""
BOX = "CSQU3054383"
MEASURES = ("quantity", "packages", "net_weight", "gross_weight", "volume", "amount")
_STEMS = {"net_weight": "net", "gross_weight": "gross"}
_POOL, _PARTS = 24, 9


@dataclass
class Raced:
    """Tries by deed and outcome, some of the sentences told, and tracebacks of what was no refusal."""

    done: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    told: dict[str, set[str]] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    seconds: float = 0.0


@dataclass
class Stock:
    """What all writers share."""

    deal: Deal
    numbers: list[str]
    packings: list[str]
    lock: Lock = field(default_factory=Lock)

    def orders(self, drawn: Random, most: int = 3) -> list[str]:
        with self.lock:
            return drawn.sample(self.numbers, min(len(self.numbers), drawn.randint(1, most)))

    def add(self, number: str) -> None:
        with self.lock:
            self.numbers.append(number)
            del self.numbers[:-_POOL]


def make_stock(deal: Deal, *, count: int = 6, packings: int = 2) -> Stock:
    """Confirmed orders and open packings, each with one container: an empty one would keep a packing from being closed."""
    numbers = [new_order(deal) for _ in range(count)]
    return Stock(deal, numbers, [boxed(deal, BOX, kind="40HQ")[0].number for _ in range(packings)])


_cents = count_up(1)


def new_order(deal: Deal) -> str:
    """A confirmed order of two lines whose total no other has: it would be asked about as registered twice."""
    price = Decimal(12) + Decimal(next(_cents)) / 10_000
    return confirmed(deal, lines=[deal.line(price=price), deal.line(1, price=price)])


class Writer:
    """One of them: what it does next is drawn from its seed."""

    def __init__(self, stock: Stock, seed: int, declare: Declare | None) -> None:
        self.stock, self.drawn, self.declare = stock, Random(seed), declare
        self.mine: str = ""

    def turn(self, user: User) -> tuple[str, Callable[[], Any]]:
        """The next deed: its name, and how to do it."""
        deeds: Sequence[tuple[int, str, Callable[[User], Any]]] = (
            (1, "register", self.register), (6, "consolidate", self.consolidate), (2, "remove", self.remove),
            (2, "close", self.close), (6, "pack", self.pack), (2, "pack-all", self.pack_all), (2, "unpack", self.unpack),
            (1, "cancel", self.cancel), *(((4, "declare", self.declaring),) if self.declare else ()),
        )  # fmt: skip
        _, name, deed = self.drawn.choices(deeds, weights=[weight for weight, _, _ in deeds])[0]
        return name, lambda: deed(user)

    def register(self, _user: User) -> None:
        self.stock.add(new_order(self.stock.deal))

    def consolidate(self, user: User) -> None:
        if not self.mine:
            self.mine = opened(self.stock.deal).number
        parts = []
        for number in self.stock.orders(self.drawn):
            lines = self.drawn.sample((1, 2), 2)
            parts += [PartWish(number, line, Decimal(self.drawn.randint(1, _PARTS))) for line in lines]
        packing.add_lines(actor=user, number=self.mine, wishes=parts)

    def remove(self, user: User) -> None:
        packing.remove_lines(actor=user, number=self.mine or "-", lines=self.lines(self.mine)[:2])

    def close(self, user: User) -> None:
        number, self.mine = self.mine, ""
        packing.step_consolidation(actor=user, number=number or "-", step="close")

    def pack(self, user: User) -> None:
        row = self.packing()
        box = self.drawn.choice(list(row.containers.values_list("pk", flat=True)))
        wishes = [
            PackWish(line, Decimal(self.drawn.randint(1, 4)) if self.drawn.random() < 0.5 else None)
            for line in self.lines("")[:3]
        ]
        packing.pack(actor=user, number=row.number, container=box, wishes=wishes)

    def pack_all(self, user: User) -> None:
        closed = Consolidation.objects.filter(state="closed").values_list("number", flat=True)
        number = self.drawn.choice(list(closed.order_by("-pk")[:4]) or ["-"])
        packing.pack_all(actor=user, number=self.packing().number, consolidation=number)

    def unpack(self, user: User) -> None:
        row = self.packing()
        inside = PackedLine.objects.filter(container__packing=row).values_list("pk", flat=True)
        lines = list(inside[:40])
        self.drawn.shuffle(lines)
        packing.unpack(actor=user, number=row.number, lines=lines[:2])

    def cancel(self, user: User) -> None:
        orders.cancel_order(actor=user, number=self.stock.orders(self.drawn, 1)[0], reason="不卖了")

    def declaring(self, user: User) -> None:
        assert self.declare is not None
        self.declare(user, self.packing().number, self.drawn)

    def packing(self) -> Packing:
        return Packing.objects.get(number=self.drawn.choice(self.stock.packings))

    def lines(self, consolidation: str) -> list[int]:
        """Lines of one's own consolidation, or of closed ones of anybody; in an order of its own."""
        rows = ConsolidatedLine.objects.filter(
            **(
                {"consolidation__number": consolidation}
                if consolidation
                else {"consolidation__state": "closed"}
            )
        )
        found = list(rows.order_by("-pk").values_list("pk", flat=True)[:12])
        self.drawn.shuffle(found)
        return found


def race(
    stock: Stock, *, writers: int, seconds: float, seed: int = 1, declare: Declare | None = None
) -> Raced:
    """Let them write for so many seconds."""
    start, guard, whole = Barrier(writers), Lock(), Raced()

    def work(place: int) -> None:
        writer, done, refused = Writer(stock, seed * 1000 + place, declare), Counter[str](), Counter[str]()
        told: dict[str, set[str]] = {}
        try:
            with as_(stock.deal.agent) as user:
                start.wait(timeout=30)
                end = time.monotonic() + seconds
                while time.monotonic() < end:
                    name, deed = writer.turn(user)
                    try:
                        deed()
                        done[name] += 1
                    except (InputError, PermissionDenied) as error:
                        refused[name] += 1
                        told.setdefault(name, set()).add(str(error))
        except BaseException:
            with guard:
                whole.faults.append(traceback.format_exc())
        finally:
            connection.close()
            with guard:
                whole.done.update(done)
                whole.refused.update(refused)
                for name, sentences in told.items():
                    whole.told.setdefault(name, set()).update(sentences)

    began = time.monotonic()
    with ThreadPoolExecutor(writers) as pool:
        list(pool.map(work, range(writers)))
    whole.seconds = time.monotonic() - began
    return whole


def faults_of(raced: Raced) -> list[str]:
    """What went wrong: no refusal but an error, a refusal without a sentence, a figure that does not add up at any level."""
    found = [*raced.faults]
    found += [
        f"{deed}: {said!r}" for deed, all_told in raced.told.items() for said in all_told if len(said) < 6
    ]
    with reaching_all():
        found += _balances() + _packed() + _declared()
    return found


def _balances() -> list[str]:
    sums = {
        row["order_line"]: row
        for row in ConsolidatedLine.objects.exclude(consolidation__state="cancelled")
        .values("order_line")
        .annotate(**{f"sum_{name}": Sum(name) for name in MEASURES})
    }
    found = []
    for row in Balance.objects.all():
        for name in MEASURES:
            stem = _STEMS.get(name, name)
            out, most = getattr(row, f"{stem}_out"), getattr(row, f"{stem}_in")
            gathered = sums.get(row.order_line_id, {}).get(f"sum_{name}") or 0
            if out != gathered or not 0 <= out <= most:
                found.append(
                    f"order line {row.order_line_id}, {name}: out {out} of {most}, consolidated {gathered}"
                )
    return found


def _packed() -> list[str]:
    found = []
    for line in ConsolidatedLine.objects.annotate(
        **{f"sum_{name}": Sum(f"packed__{name}") for name in MEASURES}
    ):
        for name in MEASURES:
            kept, packed = (
                getattr(line, f"packed_{_STEMS.get(name, name)}"),
                getattr(line, f"sum_{name}") or 0,
            )
            if kept != packed or not 0 <= packed <= getattr(line, name):
                found.append(
                    f"line {line.pk}, {name}: noted {kept}, packed {packed} of {getattr(line, name)}"
                )
    return found


def _declared() -> list[str]:
    live = SourceLine.objects.filter(live=True)
    twice = live.values("packed").annotate(count=Count("pk")).filter(count__gt=1)
    found = [f"packed line {row['packed']} is declared {row['count']} times" for row in twice]
    for row in live.select_related("packed"):
        if row.packed is None or (row.quantity, row.amount) != (row.packed.quantity, row.packed.amount):
            found.append(f"source {row.pk} declares something else than was packed")
    return found
