"""What the rules CLM-… look at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class InvoiceFact:
    """A cost as typed: invoice number, CNY, whether the invoice's file is there."""

    key: str
    number: str
    amount: Decimal
    has_file: bool


@dataclass(frozen=True, slots=True)
class ClaimCase:
    """An application when it is certified or submitted.

    Args:
        day: of the deed.
        total: CNY, as computed now.
        party_name: as filed; ``account_name`` whose account it is.
        has_account: whether an account to pay to is there.
        people: how many of the organisation may apply.
        prepared_by, certifier: usernames; ``certifier`` is empty where nobody certifies now.
        others: numbers of other applications of the party under the same policy that are under way or decided.
    """

    day: date
    total: Decimal
    party_name: str
    account_name: str
    has_account: bool
    people: int
    prepared_by: str
    certifier: str = ""
    others: tuple[str, ...] = ()
    invoices: tuple[InvoiceFact, ...] = ()


@dataclass(frozen=True, slots=True)
class ReviewCase:
    """An application before an opinion that lets it pass.

    Args:
        day: of the opinion.
        reviewer: username; ``conflicts``: usernames that declared a conflict of interest with this application.
        declared: whether the reviewer has said in this very deed that there is none.
        same_body: whether the reviewer's organisation is the applicant's.
        open_hits: how many hits at duplicates nobody has judged.
        submitted, recomputed: CNY, when it was submitted and as computed now.
    """

    day: date
    reviewer: str
    conflicts: frozenset[str]
    declared: bool
    same_body: bool
    open_hits: int
    submitted: Decimal
    recomputed: Decimal


@dataclass(frozen=True, slots=True)
class ListCase:
    """An award list when its publicity ends or it is decided.

    Args:
        day: of the deed; ``until`` the last day of publicity.
        open_objections: numbers of objections without a decision.
        frozen, found: hash of the list as published, and of what stands now.
        granted: CNY by application; ``budget``: CNY for all, earlier rounds taken off.
    """

    day: date
    until: date | None
    open_objections: tuple[str, ...]
    frozen: str
    found: str
    granted: Mapping[str, Decimal] = field(default_factory=dict)
    budget: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class ObjectionCase:
    """An objection as somebody brings it; ``most`` is how many characters the text may have."""

    day: date
    until: date | None
    name: str
    contact: str
    text: str
