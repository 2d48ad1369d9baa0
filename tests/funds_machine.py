"""The money as a plain machine: the product's own table of steps and its judgement of answers, over dictionaries; and a bank.

``Book`` is what the services must do, said in a hundred lines without a database. ``Storm`` draws random deeds of many people
(seeded), the bank executes what it is handed and answers late, twice, never or in another order. After each deed the
invariants are looked at: sums equal, never above the budget, never paid twice, not a cent lost.
"""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Protocol

from youju.rules.funds.payments.answers import APPLIED, Answer, SentLine, Verdict, judge_answer
from youju.rules.funds.payments.lifecycle import APPROVED, FLOW, RESERVING, reserved, spent

ROLES = {
    "stf1": "STF", "stf2": "STF", "stf3": "STF", "fin1": "FIN", "fin2": "FIN", "hed1": "HED", "hed2": "HED",
}  # fmt: skip
HOLDS = {
    "STF": {"payments.request", "payments.review_section"},
    "FIN": {"payments.request", "payments.review", "payments.send"},
    "HED": {"payments.approve"},
}
HAND_STEPS = ("review_section", "review", "approve", "return_section", "return_review", "return_approve", "reject_review",
              "reject", "cancel", "revoke")  # fmt: skip
FIRST = date(2023, 1, 1)


@dataclass
class Paid:
    """A payment of the machine, in cents."""

    project: int
    amount: int
    state: str = "requested"
    took: list[tuple[str, str]] = field(default_factory=list)
    attempts: int = 0
    line: str = ""


@dataclass
class Line:
    """A line that was sent."""

    payment: int
    file: int
    amount: int
    state: str = "open"
    on: date | None = None


class Books(Protocol):
    """What the storm drives: each answers whether the deed was taken; a refused one changes nothing."""

    def ask(self, project: int, amount: int, who: str) -> bool: ...
    def step(self, payment: int, step: str, who: str) -> bool: ...
    def correct(self, payment: int, who: str) -> bool: ...
    def revise(self, payment: int, who: str, amount: int) -> bool: ...
    def send(self, payments: list[int], who: str) -> bool: ...
    def hand(self, file: int) -> bool: ...
    def void(self, file: int) -> bool: ...
    def answer(self, rows: list[tuple[str, int, bool, date]]) -> bool: ...
    def adjust(self, project: int, delta: int) -> bool: ...


class Book:
    """The machine."""

    def __init__(self, budgets: dict[int, int]) -> None:
        self.budget = dict(budgets)
        self.reserved: Counter[int] = Counter()
        self.spent: Counter[int] = Counter()
        self.payments: list[Paid] = []
        self.lines: dict[str, Line] = {}
        self.files: list[str] = []

    def ask(self, project: int, amount: int, who: str) -> bool:
        if not self._may(who, "payments.request") or amount > self.free(project):
            return False
        self.payments.append(Paid(project, amount, took=[("request", who)]))
        self.reserved[project] += amount
        return True

    def step(self, payment: int, step: str, who: str) -> bool:
        row, move = self.payments[payment], FLOW.transition(step)
        barred = any(code in move.not_by and by == who for code, by in row.took)
        if row.state not in move.sources or not self._may(who, move.permission) or barred:
            return False
        if move.returns:
            row.took.clear()
        row.took.append((step, who))
        self._put(row, move.target)
        return True

    def correct(self, payment: int, who: str) -> bool:
        return self.step(payment, "correct", who)

    def revise(self, payment: int, who: str, amount: int) -> bool:
        row = self.payments[payment]
        if row.state != "draft" or amount > self.free(row.project) or not self._may(who, "payments.request"):
            return False
        row.amount = amount
        return self.step(payment, "request", who)

    def send(self, payments: list[int], who: str) -> bool:
        rows = [self.payments[each] for each in payments]
        if not rows or not self._may(who, "payments.send") or any(row.state != APPROVED for row in rows):
            return False
        self.files.append("made")
        for key, row in zip(payments, rows, strict=True):
            row.attempts += 1
            row.line = f"{key}-{row.attempts:02d}"
            self.lines[row.line] = Line(key, len(self.files) - 1, row.amount)
            self.step(key, "send", who)
        return True

    def hand(self, file: int) -> bool:
        if self.files[file] == "voided":
            return False
        if self.files[file] == "made":
            self.files[file] = "handed"
        return True

    def void(self, file: int) -> bool:
        if self.files[file] != "made":
            return False
        self.files[file] = "voided"
        for line in self.lines.values():
            if line.file == file:
                line.state = "recalled"
                self._put(self.payments[line.payment], APPROVED)
        return True

    def answer(self, rows: list[tuple[str, int, bool, date]]) -> bool:
        for reference, amount, said, on in sorted(rows, key=lambda row: (row[3], not row[2])):
            line = self.lines.get(reference)
            handed = line is not None and self.files[line.file] not in {"made", "voided"}
            sent = SentLine(line.state, line.amount, line.on, handed) if line else None  # type: ignore[arg-type]
            verdict = judge_answer(sent, Answer(said, amount, on))  # type: ignore[arg-type]
            if line is None or verdict not in APPLIED:
                continue
            line.state, line.on = ("paid" if verdict is Verdict.PAID else "returned"), on
            row = self.payments[line.payment]
            if verdict is Verdict.BOUNCED:
                row.took.clear()
            self._put(row, line.state)
        return True

    def adjust(self, project: int, delta: int) -> bool:
        if self.free(project) + delta < 0:
            return False
        self.budget[project] += delta
        return True

    def free(self, project: int) -> int:
        return self.budget[project] - self.reserved[project] - self.spent[project]

    def _put(self, row: Paid, state: str) -> None:
        self.reserved[row.project] += reserved(state, row.amount) - reserved(row.state, row.amount)
        self.spent[row.project] += spent(state, row.amount) - spent(row.state, row.amount)
        row.state = state

    @staticmethod
    def _may(who: str, permission: str) -> bool:
        return permission in HOLDS[ROLES[who]]

    def look(self) -> None:
        """The invariants that hold after every deed."""
        for project, budget in self.budget.items():
            rows = [row for row in self.payments if row.project == project]
            assert self.reserved[project] == sum(row.amount for row in rows if row.state in RESERVING)
            assert self.spent[project] == sum(row.amount for row in rows if row.state == "paid")
            assert 0 <= self.reserved[project] + self.spent[project] <= budget
        alive = Counter(line.payment for line in self.lines.values() if line.state in {"open", "paid"})
        for key, row in enumerate(self.payments):
            assert alive[key] == (row.state in {"sent", "paid"}), (key, row)
        self.look_at_people()

    def look_at_people(self) -> None:
        """Nobody had two hands in what was approved."""
        signs = ("request", "correct", "review_section", "review", "approve")
        for row in self.payments:
            if row.state in {"approved", "sent"}:
                people = [by for code, by in row.took if code in signs]
                assert len(people) == len(set(people)) == 4, row


class Bank:
    """The bank: executes each reference that it is handed once, answers when it likes; what it paid is the truth."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.known: dict[str, tuple[int, int]] = {}
        self.outbox: list[tuple[str, int, bool, date]] = []
        self.sent_before: list[tuple[str, int, bool, date]] = []
        self.net: Counter[int] = Counter()
        self.day = FIRST

    def take(self, lines: dict[str, Line], file: int) -> None:
        """Execute a file that was handed over; one that it has is not executed again."""
        self.day += timedelta(days=1)
        for reference, line in lines.items():
            if line.file != file or reference in self.known:
                continue
            self.known[reference] = (line.payment, line.amount)
            luck = self.chance.random()
            good = luck < 0.75
            self.outbox.append((reference, line.amount, good, self.day))
            if good and luck < 0.05:  # it comes back some days later
                self.outbox.append((reference, line.amount, False, self.day + timedelta(days=2)))
            elif good:
                self.net[line.payment] += line.amount

    def answers(self, share: float) -> list[tuple[str, int, bool, date]]:
        """Some of what it has to say, in any order, with repetitions and nonsense."""
        said = [each for each in self.outbox if self.chance.random() < share]
        self.outbox = [each for each in self.outbox if each not in said]
        self.sent_before += said
        said += [each for each in self.sent_before if self.chance.random() < 2 / (len(self.sent_before) + 2)]
        if self.chance.random() < 0.1:
            said.append((f"X{self.chance.randrange(10**6)}", 100, True, self.day))
        if said and self.chance.random() < 0.1:
            reference, amount, good, on = said[0]
            said.append((reference, amount + 1, good, on))
        self.chance.shuffle(said)
        return said


class Storm:
    """Random deeds, the same for every book; the machine decides what there is to do."""

    def __init__(self, seed: int, book: Book, *others: Books) -> None:
        self.chance, self.book, self.others = random.Random(seed), book, others
        self.bank = Bank(self.chance)
        self.taken: Counter[str] = Counter()

    def deed(self) -> None:
        """One deed, by every book; all must take it, or none."""
        name, arguments = self._draw()
        told = [getattr(each, name)(*arguments) for each in (self.book, *self.others)]
        assert len(set(told)) == 1, (name, arguments, told)
        if told[0]:
            self.taken[name] += 1
            if name == "hand":
                self.bank.take(self.book.lines, arguments[0])

    def settle(self) -> None:
        """The bank says all that it knows; then the books and the bank agree to the cent."""
        for _ in range(40):
            for file, state in enumerate(self.book.files):
                if state == "made":
                    for each in (self.book, *self.others):
                        each.hand(file)
                    self.bank.take(self.book.lines, file)
            rows = self.bank.answers(1.0)
            if not rows and not self.bank.outbox:
                break
            for each in (self.book, *self.others):
                each.answer(rows)
        self.agree()

    def agree(self) -> None:
        """What the bank paid for each payment, net of what came back, is what the books say, and never more than once."""
        for key, row in enumerate(self.book.payments):
            assert self.bank.net[key] in {0, row.amount}, f"payment {key} was paid twice"
            assert self.bank.net[key] == (row.amount if row.state == "paid" else 0), (key, row)

    def _draw(self) -> tuple[str, tuple[object, ...]]:
        chance, book = self.chance, self.book
        who = chance.choice(list(ROLES))
        ways = [(self._ask, 8), (self._step, 46), (self._send, 8), (self._answer, 14), (self._file, 10), (self._again, 8),
                (self._adjust, 2)]  # fmt: skip
        draw = chance.choices([way for way, _ in ways], [weight for _, weight in ways])[0]
        return draw(chance, book, who) or self._ask(chance, book, who)

    @staticmethod
    def _ask(chance: random.Random, book: Book, who: str) -> tuple[str, tuple[object, ...]]:
        return "ask", (chance.choice(list(book.budget)), chance.choice((1, 99, 12_345, 50_000, 333_333)), who)

    @staticmethod
    def _step(chance: random.Random, book: Book, _who: str) -> tuple[str, tuple[object, ...]] | None:
        going = [key for key, row in enumerate(book.payments[-60:], max(0, len(book.payments) - 60))
                 if row.state in {"requested", "reviewed", "checked", "approved"}]  # fmt: skip
        if not going:
            return None
        key = chance.choice(going)
        usual = FLOW.leaving(book.payments[key].state)[0]
        # Mostly the usual step by somebody who might; else any step by anybody.
        if chance.random() < 0.75 and usual.code in HAND_STEPS:
            able = [name for name, role in ROLES.items() if usual.permission in HOLDS[role]]
            return "step", (key, usual.code, chance.choice(able))
        return "step", (key, chance.choice(HAND_STEPS), chance.choice(list(ROLES)))

    @staticmethod
    def _send(chance: random.Random, book: Book, who: str) -> tuple[str, tuple[object, ...]] | None:
        ready = [key for key, row in enumerate(book.payments) if row.state == APPROVED]
        if not ready:
            return None
        some = chance.sample(ready, chance.randint(1, len(ready)))
        if chance.random() < 0.1:  # one that is at the bank already, or never was approved
            some.append(chance.randrange(len(book.payments)))
        return "send", (list(dict.fromkeys(some)), chance.choice(("fin1", "fin2", who)))

    def _answer(self, chance: random.Random, _book: Book, _who: str) -> tuple[str, tuple[object, ...]] | None:
        rows = self.bank.answers(chance.choice((0.2, 0.6, 1.0)))
        return ("answer", (rows,)) if rows else None

    @staticmethod
    def _file(chance: random.Random, book: Book, _who: str) -> tuple[str, tuple[object, ...]] | None:
        if not book.files:
            return None
        file = max(0, len(book.files) - 1 - chance.choice((0, 0, 0, 1, 2, 5)))
        return ("void" if chance.random() < 0.2 else "hand"), (file,)

    @staticmethod
    def _again(chance: random.Random, book: Book, who: str) -> tuple[str, tuple[object, ...]] | None:
        back = [key for key, row in enumerate(book.payments) if row.state in {"returned", "draft"}]
        if not back:
            return None
        key = chance.choice(back)
        if book.payments[key].state == "returned":
            return "correct", (key, who)
        return "revise", (key, who, chance.choice((77, 20_000, book.payments[key].amount)))

    @staticmethod
    def _adjust(chance: random.Random, book: Book, _who: str) -> tuple[str, tuple[object, ...]]:
        return "adjust", (chance.choice(list(book.budget)), chance.choice((-400_000, -1, 500_000, 1_000_000)))
