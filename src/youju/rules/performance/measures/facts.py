"""A binding and a signed statement as the rules MSR-… look at them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class BindingFacts:
    """A row and its binding at one moment: ``propose`` (drafted, confirmed), ``approve``, ``watch`` (as it stands).

    ``metrics`` are the codes of its terms, ``units`` the units of those that the catalogue knows. ``fits`` tells whether the
    unit can be told in the target's, ``unit_note`` what is assumed where it can. ``known`` are the parameters that its metrics
    have, ``readings`` the ways of reading that there are, ``suggested`` the best suggestion's metric where there is one.
    """

    moment: str
    day: date
    place: str
    quantity: bool
    target: str = ""
    bound: bool = True
    computed: bool = True
    metrics: Sequence[str] = ()
    unknown: Sequence[str] = ()
    units: Sequence[str] = ()
    fits: bool = True
    unit_note: str = ""
    parameters: Mapping[str, str] = field(default_factory=dict)
    known: frozenset[str] = frozenset()
    reading: str = ""
    readings: frozenset[str] = frozenset()
    suggested: str = ""
    note: str = ""
    confirmed_by: str = ""
    actor: str = ""


@dataclass(frozen=True, slots=True)
class SignedFacts:
    """A statement or an adjustment at one moment: ``sign``, ``countersign``, ``watch``.

    ``adjusts`` tells the two apart; ``changes`` whether an adjustment says another value than what was computed.
    """

    moment: str
    day: date
    place: str
    adjusts: bool
    quantity: bool
    value: Decimal | None
    tier: str
    tier_rate: Decimal | None
    text: str
    evidence: int
    until: date
    year: int
    signed_by: str
    attested_row: bool = True
    changes: bool = True
    signed_on: date | None = None
    countersigned: bool = False
    actor: str = ""
    rates: Mapping[str, tuple[Decimal, Decimal]] = field(default_factory=dict)
