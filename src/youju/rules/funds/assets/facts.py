"""Assets, disposals and stocktakes as the rules AST-… look at them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal


@dataclass(frozen=True, slots=True)
class AssetFacts:
    """One asset at one moment.

    Args:
        moment: as it is registered or changed, or as it lies there.
        day: of looking.
        number, name: of the card.
        category: its code; ``group`` the code of its top group.
        cost: in CNY.
        acquired_on: in its month depreciation begins.
        months: of useful life, 0 without.
        state: a state of ``ASSET_STATES``.
        serial: of the maker; ``twin``: number of another present card with the same maker's number and model.
        paid: what the payments linked to it cover, in CNY.
        overdrawn: payments (number, amount, what cards and expensed parts make together) whose sum is exceeded.
        keeper: name of who keeps it; ``keeper_left``: the account is closed.
        depreciated: written off so far.
        lent_until: when a lent one is due back.
        counted_on: of its last count; ``None``: never.
    """

    moment: Literal["register", "watch"]
    day: date
    number: str
    name: str
    category: str
    cost: Decimal
    acquired_on: date
    group: str = ""
    months: int = 0
    state: str = "in_use"
    serial: str = ""
    twin: str = ""
    paid: Decimal = Decimal(0)
    overdrawn: tuple[tuple[str, Decimal, Decimal], ...] = ()
    keeper: str = ""
    keeper_left: bool = False
    depreciated: Decimal = Decimal(0)
    lent_until: date | None = None
    counted_on: date | None = None


@dataclass(frozen=True, slots=True)
class MoveFacts:
    """A transfer, as it is accepted: usernames of who offered and who accepts."""

    day: date
    offered_by: str
    actor: str


@dataclass(frozen=True, slots=True)
class DisposalFacts:
    """A disposal at one moment.

    Args:
        moment: asked for, reviewed or approved, entered as done.
        day: of looking.
        way: a code of ``WAYS``.
        acquired_on, months: of the asset.
        reason: in words.
        hands: usernames of who asked, reviewed and approved so far; ``actor``: who does this now.
        proceeds: in CNY.
    """

    moment: Literal["request", "step", "complete"]
    day: date
    way: str
    acquired_on: date
    months: int
    reason: str = ""
    hands: tuple[str, ...] = ()
    actor: str = ""
    proceeds: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class StocktakeFacts:
    """A round of counting: its last day, whether it is over, what nobody decided on, how many it lists."""

    moment: Literal["open", "close", "watch"]
    day: date
    number: str
    due_on: date
    open: bool = True
    undecided: int = 0
    size: int = 0
