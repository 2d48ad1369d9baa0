"""What the duplicate proof looks at of a claim (申报): what it is computed from, and who claims."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class Line:
    """A declared line (商品项): the declaration's number and the line's, ``("040220230000000001", 3)``.

    ``source`` names the goods inside the line that are the claimant's, where that is known: goods of several merchants stand in
    one merged line, and each may claim its own.
    """

    declaration: str
    number: int
    source: str = ""


@dataclass(frozen=True, slots=True)
class Invoice:
    """An invoice as printed.

    Args:
        number: a tax invoice has 20 digits, or 8 with a ``code`` of 10 or 12; anything else is a commercial number,
            which many issuers use alike.
        issuer: the issuer's name or credit code, empty where unknown.
        amount: total as decimal digits, empty where unknown.
    """

    number: str
    code: str = ""
    issuer: str = ""
    amount: str = ""


@dataclass(frozen=True, slots=True)
class Box:
    """A container on one voyage; ``day`` is the day of packing or release, ``None`` where unknown.

    ``shared``: only the claimant's share of a shared container is counted, so that others may count theirs.
    """

    number: str
    day: date | None = None
    shared: bool = False


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim of a subsidy.

    Args:
        id: the claim's own number.
        party: the filing of the claimant, or what stands for it; two claims with one ``party`` are of one claimant.
        policy, period: what is claimed and for when (``2023``, ``2023Q2``).
        person_mark, account_mark, phone_marks: fingerprints of numbers that are kept sealed. Where there is one, it is compared,
            and ``account`` and ``phones`` hold the masked form that people see.
        agent_phones: those of ``phones`` (or ``phone_marks``) that a filed agent (外贸代理) answers: clients share them rightly.
        lines, invoices, boxes: only what the amount is computed from. A claim by value that merely travelled in a shared
            container names no box.
    """

    id: str
    party: str
    policy: str
    period: str
    name: str
    code: str = ""
    legal_person: str = ""
    person_mark: str = ""
    phones: tuple[str, ...] = ()
    phone_marks: tuple[str, ...] = ()
    agent_phones: tuple[str, ...] = ()
    address: str = ""
    account: str = ""
    account_mark: str = ""
    lines: tuple[Line, ...] = ()
    invoices: tuple[Invoice, ...] = ()
    boxes: tuple[Box, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Plain data that :func:`from_json` reads back to an equal claim."""
        data = asdict(self)
        data["boxes"] = [
            {"number": box.number, "day": box.day.isoformat() if box.day else None, "shared": box.shared}
            for box in self.boxes
        ]
        return data


def from_json(data: Mapping[str, Any]) -> Claim:
    """A claim from what :meth:`Claim.as_json` gave."""
    rest = {
        name: value
        for name, value in data.items()
        if name not in ("phones", "phone_marks", "agent_phones", "lines", "invoices", "boxes")
    }
    return Claim(
        **rest,
        phones=tuple(data["phones"]),
        phone_marks=tuple(data["phone_marks"]),
        agent_phones=tuple(data["agent_phones"]),
        lines=tuple(Line(**each) for each in data["lines"]),
        invoices=tuple(Invoice(**each) for each in data["invoices"]),
        boxes=tuple(
            Box(each["number"], date.fromisoformat(each["day"]) if each["day"] else None, each["shared"])
            for each in data["boxes"]
        ),
    )
