"""The write-off ledger as a plain machine in whole cents: what the services must do, said without a database."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Held:
    """A reservation of the machine."""

    lot: int
    bank: int
    amount: int
    until: int
    state: str = "held"


@dataclass
class Match:
    """A write-off of the machine; ``left`` is what was not taken back."""

    lot: int
    receipt: int
    left: int


@dataclass
class Book:
    """Lines by their declared cents; a clock in hours."""

    declared: list[int]
    collected: list[int] = field(default_factory=list)
    refunded: list[int] = field(default_factory=list)
    suspense: list[int] = field(default_factory=list)
    returned: list[int] = field(default_factory=list)
    amounts: list[int] = field(default_factory=list)
    held: list[Held] = field(default_factory=list)
    matches: list[Match] = field(default_factory=list)
    hour: int = 0

    def __post_init__(self) -> None:
        self.collected = [0] * len(self.declared)
        self.refunded = [0] * len(self.declared)

    def reserved(self, lot: int) -> int:
        return sum(each.amount for each in self.held if each.lot == lot and each.state == "held")

    def available(self, lot: int) -> int:
        return self.declared[lot] - self.reserved(lot) - self.collected[lot]

    def touch(self, lot: int) -> None:
        """Whoever writes to a line lets overdue reservations go first."""
        for each in self.held:
            if each.lot == lot and each.state == "held" and each.until <= self.hour:
                each.state = "expired"

    def reserve(self, lot: int, bank: int, amount: int, hours: int) -> bool:
        # A refused deed is rolled back as a whole, with what it let go.
        overdue = sum(
            x.amount for x in self.held if x.lot == lot and x.state == "held" and x.until <= self.hour
        )
        if not 0 < amount <= self.available(lot) + overdue:
            return False
        self.touch(lot)
        self.held.append(Held(lot, bank, amount, self.hour + hours))
        return True

    def confirm(self, place: int, bank: int, amount: int, money: int) -> bool:
        each = self.held[place]
        stands = each.state == "held" and each.until > self.hour and each.bank == bank
        if not stands or not 0 < amount <= each.amount or money < amount:
            return False
        self.touch(each.lot)
        each.state = "confirmed"
        self.amounts.append(money)
        self.suspense.append(money - amount)
        self.returned.append(0)
        self.collected[each.lot] += amount
        self.matches.append(Match(each.lot, len(self.amounts) - 1, amount))
        return True

    def release(self, place: int, bank: int) -> bool:
        each = self.held[place]
        if each.state != "held" or each.until <= self.hour or each.bank != bank:
            return False
        self.touch(each.lot)
        each.state = "released"
        return True

    def expire(self) -> bool:
        for each in self.held:
            if each.state == "held" and each.until <= self.hour:
                each.state = "expired"
        return True

    def receive(self, lot: int | None, money: int) -> bool:
        """A receipt that names a line's declaration, or none; what is over stands open."""
        self.amounts.append(money)
        self.suspense.append(money)
        self.returned.append(0)
        if lot is not None and self.available(lot) > 0:
            self.touch(lot)
            self._match(lot, len(self.amounts) - 1)
        return True

    def match(self, receipt: int, lot: int) -> bool:
        overdue = sum(
            x.amount for x in self.held if x.lot == lot and x.state == "held" and x.until <= self.hour
        )
        if self.suspense[receipt] <= 0 or self.available(lot) + overdue <= 0:
            return False
        self.touch(lot)
        self._match(lot, receipt)
        return True

    def _match(self, lot: int, receipt: int) -> None:
        amount = min(self.available(lot), self.suspense[receipt])
        self.suspense[receipt] -= amount
        self.collected[lot] += amount
        self.matches.append(Match(lot, receipt, amount))

    def undo(self, place: int) -> bool:
        each = self.matches[place]
        if each.left <= 0:
            return False
        self.touch(each.lot)
        self.collected[each.lot] -= each.left
        self.suspense[each.receipt] += each.left
        each.left = 0
        return True

    def refund(self, place: int, amount: int) -> bool:
        each = self.matches[place]
        if not 0 < amount <= each.left:
            return False
        self.touch(each.lot)
        self.collected[each.lot] -= amount
        self.refunded[each.lot] += amount
        self.returned[each.receipt] += amount
        each.left -= amount
        return True

    def give_back(self, receipt: int, amount: int) -> bool:
        if not 0 < amount <= self.suspense[receipt]:
            return False
        self.suspense[receipt] -= amount
        self.returned[receipt] += amount
        return True

    def look(self) -> None:
        """No line is collected beyond its value; every cent that came is somewhere."""
        for lot, declared in enumerate(self.declared):
            assert 0 <= self.collected[lot] <= declared
            assert self.available(lot) >= 0
        stands = sum(match.left for match in self.matches)
        assert sum(self.collected) == stands
        assert sum(self.amounts) == stands + sum(self.suspense) + sum(self.returned)
