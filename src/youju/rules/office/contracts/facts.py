"""A contract as the rules CON-… look at it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

Moment = Literal["register", "accept", "watch"]


@dataclass(frozen=True, slots=True)
class ContractFacts:
    """One contract, or one of its deliverables, at one moment.

    Args:
        moment: as it is registered or changed, as a deliverable is accepted, by the nightly round.
        day: of looking.
        number: of the contract.
        amount: in CNY.
        signed_on, valid_from, valid_to: the last two both included.
        deliverables: what all deliverables cost together, in CNY.
        instalments: what all due payments make together, in CNY.
        due_days: of the deliverables.
        in_force: whether it has not ended.
        delivered_by, actor: usernames of who wrote a delivery down and who accepts it.
    """

    moment: Moment
    day: date
    number: str
    amount: Decimal
    signed_on: date
    valid_from: date
    valid_to: date
    deliverables: Decimal = Decimal(0)
    instalments: Decimal = Decimal(0)
    due_days: tuple[date, ...] = ()
    in_force: bool = True
    delivered_by: str = ""
    actor: str = ""
