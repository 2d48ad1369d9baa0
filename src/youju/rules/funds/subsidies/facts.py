"""Facts of a party that a policy is computed on. A key names the record (a declared line, an invoice); days are China's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class ExportFact:
    """Goods of the party in a released declaration.

    ``value_usd`` is FOB in USD to the cent; ``teu`` the part of a container, six decimals; ``partner`` the country of arrival
    (alpha-2), ``product`` the tariff code, ten digits. ``collected`` and ``exempted``: whether its money came in, its exemption
    was filed; ``None`` where nobody knows.
    """

    key: str
    day: date
    value_usd: Decimal
    teu: Decimal = Decimal(0)
    party: str = ""
    partner: str = ""
    product: str = ""
    declaration: str = ""
    collected: bool | None = None
    exempted: bool | None = None


@dataclass(frozen=True, slots=True)
class CostFact:
    """A cost that the party paid, by its invoice: kind (``shapes.COSTS``), day of payment, CNY to the cent."""

    key: str
    kind: str
    day: date
    amount_cny: Decimal
    party: str = ""


@dataclass(frozen=True, slots=True)
class OtherAward:
    """What the party got, or asked for earlier, under another policy (CNY); ``keys`` are the records it was given for."""

    policy: str
    amount: Decimal
    awarded_on: date | None = None
    title: str = ""
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PartyFacts:
    """A party on a day.

    Args:
        party: its key; ``name`` as pages show it.
        roles: codes of ``rules.trade.parties.roles``.
        filed_on, valid_until: its filing; ``valid_until`` is the last day, ``None`` for no end.
        judged_on: the day of applying or asking; ``None``: dates of the filing's term and of the filing window are not judged.
        exports, base_exports: of the window and of the base periods; others among them are left out by themselves.
        first_export_on: day of the first export ever.
        evidence: codes of the papers brought; ``None`` where nobody asks yet.
    """

    party: str
    roles: frozenset[str] = frozenset()
    filed_on: date | None = None
    valid_until: date | None = None
    exports: tuple[ExportFact, ...] = ()
    base_exports: tuple[ExportFact, ...] = ()
    costs: tuple[CostFact, ...] = ()
    first_export_on: date | None = None
    other_awards: tuple[OtherAward, ...] = ()
    judged_on: date | None = None
    suspended: bool = False
    evidence: frozenset[str] | None = None
    name: str = ""
