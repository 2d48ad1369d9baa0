"""What the rules of a filing look at, as frozen data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from youju.rules.findings import Finding


@dataclass(frozen=True, slots=True)
class PaperFacts:
    """A paper of a filing. ``place`` counts from 1."""

    kind: str
    place: int = 1
    number: str = ""
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class FilingFacts:
    """A filing as it was typed and read.

    Args:
        day: the day on which it is judged.
        roles: codes of ``PartyRole``; unknown ones stand as typed.
        registered_capital: in 万元; ``None`` blank or unreadable (then ``capital_text`` holds what was typed).
        country: ISO 3166 alpha-2, or what was typed; ``country_name`` is empty for an unknown one.
        papers: ``None`` where papers are no business of this channel (filings taken over in bulk).
        already_filed: another filing holds the credit code.
        stall: what is known of the market and stall: ``""`` (not asked or free), ``unknown``, ``taken``.
        valid_from, valid_to: the validity of the filing itself, where it is set.
    """

    day: date
    roles: tuple[str, ...] = ()
    name: str = ""
    name_en: str = ""
    credit_code: str = ""
    buyer_type: str = ""
    country: str = ""
    country_name: str = ""
    legal_person: str = ""
    resident_id: str = ""
    passport: str = ""
    contact: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    market: str = ""
    stall_number: str = ""
    registered_capital: Decimal | None = None
    capital_text: str = ""
    scope: str = ""
    chapters: tuple[str, ...] = ()
    region: str = ""
    tax_id: str = ""
    tax_kind: str = ""
    customs_code: str = ""
    papers: tuple[PaperFacts, ...] | None = ()
    already_filed: bool = False
    stall: str = ""
    valid_from: date | None = None
    valid_to: date | None = None

    @property
    def is_buyer(self) -> bool:
        """Whether the party is a foreign buyer."""
        return "buyer" in self.roles

    def filled(self, code: str) -> bool:
        """Whether a field has content."""
        if code == "registered_capital":
            return bool(self.capital_text)
        return bool(getattr(self, code))

    def says(self, message: str, suggestion: str, field: str) -> Finding:
        """A finding about a field."""
        return Finding(message, suggestion, {"field": field})
