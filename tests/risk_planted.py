"""Twelve kinds of abuse planted into a generated year; the list of them is kept apart from the rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np

from risk_made import CAP, FIRST, PER_DECLARATION, PER_ORDER, PER_PACKING, Year

_DECLARATIONS = PER_PACKING // PER_DECLARATION


@dataclass(frozen=True, slots=True)
class Plant:
    """One abuse: the rules that should see it, and the records that it is in (``order:T…``, ``party:7`` …)."""

    rules: tuple[str, ...]
    keys: frozenset[str]


def keys_of(hit: Any) -> set[str]:
    """The records that a hit is about: its subject, and each row of its evidence with and without the line."""
    found = {hit.subject}
    for row in hit.evidence:
        found.add(f"{row['kind']}:{row['key']}")
        if row["line"] is not None:
            found.add(f"{row['kind']}:{row['key']}/{row['line']}")
    return found


class Planter:
    """Changes a year in place. Each record is used once, so that what is found can be told apart."""

    def __init__(self, year: Year, each: int) -> None:
        self.year, self.each = year, each
        self.truth: list[Plant] = []
        self._packings = iter(year.rng.permutation(len(year.packings["day"])).tolist())
        counts = np.bincount(year.lines["merchant"], minlength=year.merchants)
        self._large = np.argsort(-counts)[: max(20, year.merchants // 20)]
        middle = np.argsort(-counts)[year.merchants // 10 : year.merchants * 6 // 10]
        self._middle = iter(year.rng.permutation(middle).tolist())
        usd = np.bincount(year.lines["merchant"], year.lines["usd"], minlength=year.merchants)
        self._usd = usd

    def plant(self) -> list[Plant]:
        """All twelve."""
        self._prices()
        self._filings()
        self._sums()
        self._cap()
        self._loads()
        self._scopes()
        self._parties()
        self._collections()
        self._surges()
        self._hidden()
        self._brands()
        self._claims()
        return self.truth

    def note(self, rules: Iterable[str], *keys: str) -> None:
        """Put one into the list."""
        self.truth.append(Plant(tuple(rules), frozenset(keys)))

    def packing(self) -> int:
        """A packing that nothing was planted in."""
        return next(self._packings)

    def line(self, packing: int, order: int = 0, line: int = 0) -> int:
        """The row of a line."""
        return (packing * PER_PACKING + order) * PER_ORDER + line

    def dear(self, row: slice | int, usd: float) -> None:
        """Make rows dear goods that come to so many dollars at the usual price."""
        year, lines = self.year, self.year.lines
        code = int(year.rng.choice(year.codes["dear"]))
        rows = np.arange(len(lines["usd"]))[row]
        count = rows.size
        net = usd / count / year.codes["per_kg"][code]
        lines["code"][row] = code
        lines["usd"][row] = usd / count
        lines["net"][row], lines["gross"][row] = net, net * 1.1
        lines["volume"][row] = net * 1.1 / year.codes["density"][code]
        unit = year.codes["unit"][code]
        lines["quantity"][row] = net if unit == "千克" else net / year.codes["kg"][code]

    def order_rows(self, packing: int, order: int) -> slice:
        """The rows of an order."""
        start = self.line(packing, order)
        return slice(start, start + PER_ORDER)

    def order_key(self, packing: int, order: int) -> str:
        """``order:T…``."""
        return f"order:T{packing * PER_PACKING + order:08d}"

    def _prices(self) -> None:
        rng, lines = self.year.rng, self.year.lines
        for number in range(2 * self.each):
            packing = self.packing()
            # The largest line of the order: nobody bends the price of what is worth nothing.
            row = self.line(packing) + int(np.argmax(lines["usd"][self.order_rows(packing, 0)]))
            factor = float(np.exp(rng.uniform(np.log(6), np.log(30))))
            if number % 2:
                lines["usd"][row] = min(lines["usd"][row] * factor, 60_000.0)
                self.note(("RSK-001", "RSK-013"), f"{self.order_key(packing, 0)}/{lines['line_no'][row]}")
            else:
                # Priced as others by the piece; what it weighs is not.
                lines["net"][row] /= factor
                lines["gross"][row] /= factor
                lines["volume"][row] /= factor
                self.note(("RSK-013", "RSK-001"), f"{self.order_key(packing, 0)}/{lines['line_no'][row]}")

    def packing_beside(self) -> tuple[int, int]:
        """A packing that nothing was planted in, and another one that left within two days of it."""
        days = self.year.packings["day"]
        while True:
            one = self.packing()
            near = np.flatnonzero(np.abs(days - days[one]) <= 2)
            if len(near) > 1:
                return one, int(self.year.rng.choice(near[near != one]))

    def _filings(self) -> None:
        packings = self.year.packings
        for number in range(self.each):
            if number % 3 == 0:
                one, other = self.packing_beside()
                packings["container"][other] = packings["container"][one]
                self.note(("RSK-002",), f"packing:X{one:07d}", f"packing:X{other:07d}")
            elif number % 3 == 1:
                one, other = self.packing(), self.packing()
                packings["bill"][other] = packings["bill"][one]
                self.note(("RSK-014",), f"packing:X{one:07d}", f"packing:X{other:07d}")
            else:
                first, second = (self.packing() * _DECLARATIONS for _ in range(2))
                self.year.entries[second] = first
                self.note(("RSK-015",), f"declaration:D{first:08d}", f"declaration:D{second:08d}")

    def _sums(self) -> None:
        rng, lines = self.year.rng, self.year.lines
        for number in range(self.each):
            packing = self.packing()
            declaration = packing * _DECLARATIONS
            if number % 2:
                self.year.altered[declaration, 1] = float(rng.uniform(50, 20_000)) * (
                    1 if rng.random() < 0.5 else -1
                )
                self.note(("RSK-003",), f"declaration:D{declaration:08d}/1")
            else:
                row = self.line(packing)
                also = self.packing() * _DECLARATIONS
                self.year.again.append((row, also))
                self.note(("RSK-016",), f"{self.order_key(packing, 0)}/{lines['line_no'][row]}")

    def _cap(self) -> None:
        rng, lines = self.year.rng, self.year.lines
        for number in range(self.each):
            packing = self.packing()
            merchant = int(rng.choice(self._large))
            if number % 2:
                self.dear(self.order_rows(packing, 0), CAP * float(rng.uniform(0.987, 0.9995)))
                lines["merchant"][self.order_rows(packing, 0)] = merchant
                self.note(("RSK-004",), self.order_key(packing, 0))
                continue
            buyer = int(lines["buyer"][self.line(packing)])
            keys = []
            for part in range(2):
                order = part * PER_DECLARATION
                self.dear(self.order_rows(packing, order), CAP * float(rng.uniform(0.55, 0.95)))
                lines["merchant"][self.order_rows(packing, order)] = merchant
                lines["buyer"][self.order_rows(packing, order)] = buyer
                keys.append(f"declaration:D{packing * _DECLARATIONS + part:08d}")
            self.note(("RSK-017",), *keys)

    def _loads(self) -> None:
        rng, lines = self.year.rng, self.year.lines
        for number in range(self.each):
            packing = self.packing()
            rows = slice(self.line(packing), self.line(packing + 1))
            if number % 3 == 0:
                factor = 26_500 * float(rng.uniform(1.06, 1.3)) / lines["gross"][rows].sum()
                lines["gross"][rows] *= factor
                lines["volume"][rows] *= min(factor, 70 / lines["volume"][rows].sum())
                self.note(("RSK-005",), f"packing:X{packing:07d}")
            elif number % 3 == 1:
                lines["volume"][rows] *= 76.3 * float(rng.uniform(1.06, 1.5)) / lines["volume"][rows].sum()
                self.note(("RSK-005",), f"packing:X{packing:07d}")
            else:
                row = self.line(packing)
                if number % 2:
                    lines["gross"][row] = lines["net"][row] * float(rng.uniform(0.3, 0.95))
                else:
                    lines["volume"][row] = lines["gross"][row] / float(rng.uniform(6_000, 90_000))
                self.note(("RSK-018",), f"{self.order_key(packing, 0)}/{lines['line_no'][row]}")

    def _scopes(self) -> None:
        rng, lines, parties = self.year.rng, self.year.lines, self.year.parties
        homes = self.year.codes["home"]
        for number in range(self.each):
            if number % 5 == 0:
                party = next(self._middle)
                parties["region"][party] = "外省某市"
                self.note(("RSK-019",), f"party:{party}")
                continue
            packing = self.packing()
            rows = self.order_rows(packing, 0)
            merchant = int(lines["merchant"][rows.start])
            filed = parties["chapters"][merchant].split(",")
            hs = self.year.codes["hs"]
            away = [at for at in np.flatnonzero(homes >= 0) if hs[at][:2] not in filed]
            for row in range(rows.start, rows.start + 3):
                code = int(rng.choice(away))
                net = 1_500.0 / self.year.codes["per_kg"][code]
                lines["code"][row], lines["usd"][row], lines["net"][row] = code, 1_500.0, net
                lines["gross"][row], lines["volume"][row] = (
                    net * 1.1,
                    net * 1.1 / self.year.codes["density"][code],
                )
                unit = self.year.codes["unit"][code]
                lines["quantity"][row] = net if unit == "千克" else net / self.year.codes["kg"][code]
            self.note(("RSK-006",), self.order_key(packing, 0))

    def _newcomer(self, first_packing: int) -> int:
        """A party that had no trade before."""
        parties = self.year.parties
        parties["filed"] = np.append(parties["filed"], self.year.packings["day"][first_packing] - 5)
        parties["ended"] = np.append(parties["ended"], -1)
        parties["chapters"].append("42,85")
        parties["region"].append("白沟镇")
        party = len(parties["filed"]) - 1
        self.year.ties.append((party, "phone", f"p{party}"))
        return party

    def _parties(self) -> None:
        rng, lines, packings, parties = self.year.rng, self.year.lines, self.year.packings, self.year.parties
        for number in range(self.each):
            packing = self.packing()
            if number % 3 == 2:
                one = self._newcomer(packing)
                other = self._newcomer(packing)
                parties["filed"][-2:] = -500
                kind = ("phone", "person", "account", "device")[number % 4]
                self.year.ties += [(one, kind, f"t{one}"), (other, kind, f"t{one}")]
                buyer = int(lines["buyer"][self.line(packing)])
                for order, party in ((0, one), (PER_DECLARATION, other)):
                    rows = self.order_rows(packing, order)
                    self.dear(rows, 8_000.0)
                    lines["merchant"][rows], lines["buyer"][rows] = party, buyer
                self.note(("RSK-021",), f"party:{one}", f"party:{other}")
                continue
            party = self._newcomer(packing)
            usd = (
                float(rng.uniform(230_000, 400_000))
                if number % 3 == 0
                else float(rng.uniform(110_000, 190_000))
            )
            # Dear goods to several buyers, each a declaration of its own.
            for order in range(0, PER_PACKING, PER_DECLARATION):
                rows = self.order_rows(packing, order)
                self.dear(rows, usd / _DECLARATIONS)
                lines["merchant"][rows] = party
            if number % 3 == 0:
                self.note(("RSK-007",), f"party:{party}")
            else:
                parties["filed"][party] = packings["day"][packing] - 40
                parties["ended"][party] = packings["day"][packing] + 30
                self.note(("RSK-020",), f"party:{party}")

    def _collections(self) -> None:
        for number in range(self.each):
            packing = self.packing()
            declaration = packing * _DECLARATIONS + 1
            self.dear(self.order_rows(packing, PER_DECLARATION), 15_000.0)
            if number % 2:
                self.year.unpaid.add(declaration)
                self.note(("RSK-008",), f"declaration:D{declaration:08d}")
            else:
                self.year.others_pay.add(declaration)
                self.note(("RSK-022",), f"declaration:D{declaration:08d}")

    def _surges(self) -> None:
        rng, lines = self.year.rng, self.year.lines
        for _ in range(self.each // 2):
            party = next(p for p in self._middle if self._usd[p] < 240_000)
            packing = self.packing()
            while self.year.packings["day"][packing] < 150:
                packing = self.packing()
            usd = float(rng.uniform(255_000, 500_000))
            for order in range(0, PER_PACKING, PER_DECLARATION):
                rows = self.order_rows(packing, order)
                self.dear(rows, usd / _DECLARATIONS)
                lines["merchant"][rows] = party
            self.note(("RSK-009",), f"party:{party}")

    def _hidden(self) -> None:
        lines, codes = self.year.lines, self.year.codes
        for number in range(self.each):
            packing = self.packing()
            row = self.line(packing, 1, 2)
            code = int(codes["watched"][number % 3])
            lines["code"][row], lines["usd"][row], lines["net"][row], lines["gross"][row] = (
                code,
                60.0,
                20.0,
                22.0,
            )
            lines["quantity"][row], lines["volume"][row] = 20.0, 22.0 / 300
            self.note(("RSK-010",), f"{self.order_key(packing, 1)}/{lines['line_no'][row]}")

    def _brands(self) -> None:
        for number in range(self.each):
            packing = self.packing()
            row = self.line(packing, 2)
            self.year.lines["brand"][row] = 1 + number % 2
            self.note(("RSK-011",), f"{self.order_key(packing, 2)}/{self.year.lines['line_no'][row]}")

    def _claims(self) -> None:
        rng, claims = self.year.rng, self.year.claims
        day = FIRST + timedelta(days=300)
        for number in range(20 * self.each):
            claims.append(_claim(f"S{number:06d}", number, day, f"g{number}"))
        for number in range(self.each):
            name = f"U{number:06d}"
            if number % 2:
                missing = int(rng.integers(0, 3))
                claims.append(_claim(name, number, day, f"u{number}", missing))
                self.note(("RSK-012",), f"claim:{name}")
            else:
                claims.append(_claim(name, number, day + timedelta(days=3), f"g{number}"))
                self.note(("RSK-023",), f"claim:{name}")


def _claim(name: str, party: int, day: date, ground: str, missing: int = -1) -> tuple[Any, ...]:
    there = [at != missing for at in range(3)]
    return (name, party, day, 1_000.0, ground, f"依据 {ground}", *there)
