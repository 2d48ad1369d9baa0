"""An agency agreement as facts: the two parties, the days, what was agreed, what else stands between them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any, Literal

from youju.rules.trade.parties.lifecycle import APPROVED
from youju.rules.trade.parties.roles import PartyRole

Side = Literal["principal", "agent"]
PRINCIPAL: Side = "principal"
AGENT: Side = "agent"
SIDES: tuple[Side, ...] = (PRINCIPAL, AGENT)
SIDE_NAMES: Mapping[str, str] = {PRINCIPAL: "委托方", AGENT: "受托方"}

PRINCIPAL_ROLES = frozenset({PartyRole.MERCHANT, PartyRole.MANUFACTURER})
AGENT_ROLES = frozenset({PartyRole.AGENT})


class FeeKind(StrEnum):
    """How the agent is paid (代理费)."""

    RATE = "rate"
    EACH = "each"
    NONE = "none"


class Collection(StrEnum):
    """Who collects the foreign exchange (收汇)."""

    PRINCIPAL = "principal"
    AGENT = "agent"


@dataclass(frozen=True, slots=True)
class PartyFacts:
    """A party as everybody in the trade may know it. ``organisation``: id of whose people act for it, or nobody's."""

    id: int
    name: str
    number: str
    roles: frozenset[PartyRole]
    state: str
    organisation: int | None

    @property
    def on_file(self) -> bool:
        """Whether it may act."""
        return self.state == APPROVED


@dataclass(frozen=True, slots=True)
class Terms:
    """What the two agreed (约定). Decimals are text as typed; a blank is an empty text.

    Args:
        goods: which goods (出口货物范围).
        fee_kind: see ``FeeKind``.
        fee: per cent of the FOB value, or CNY for each declaration.
        collection: who collects.
        settle_days: within how many days after the collection the agent pays the principal, where the agent collects.
        exemption: who files the exemption from VAT (免税申报); a side, or empty.
        reports_consignor: the agent reports the actual consignor and the amounts to the tax office.
        other: further words (其他约定).
    """

    goods: str = ""
    fee_kind: str = FeeKind.RATE.value
    fee: str = ""
    collection: str = Collection.PRINCIPAL.value
    settle_days: int | None = None
    exemption: str = ""
    reports_consignor: bool = False
    other: str = ""

    @property
    def fee_amount(self) -> Decimal | None:
        """The fee as a number; ``None`` where it is none."""
        try:
            amount = Decimal(self.fee)
        except InvalidOperation:
            return None
        return amount if amount.is_finite() else None

    def as_json(self) -> dict[str, Any]:
        """Plain data, read back by :func:`terms_of`."""
        return asdict(self)


def terms_of(data: Mapping[str, Any]) -> Terms:
    """Terms from plain data; unknown names are left out, so that older rows stay readable."""
    return Terms(**{name: data[name] for name in Terms.__slots__ if name in data})


@dataclass(frozen=True, slots=True)
class Term:
    """Another agreement between the same two: its number and its days, both included."""

    number: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class AgreementFacts:
    """All that the rules AGR-… look at.

    Args:
        day: of judging.
        others: those of the same two that wait for signatures or are in force.
        offered_on: the day on which it was sent out for signing with this text; ``None``: it is being sent out today.
    """

    principal: PartyFacts
    agent: PartyFacts
    valid_from: date
    valid_to: date
    day: date
    terms: Terms
    others: tuple[Term, ...] = field(default=())
    offered_on: date | None = None
