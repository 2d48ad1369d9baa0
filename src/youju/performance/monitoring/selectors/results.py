"""What rooms above learn of monitoring: how each project stood in the latest approved round."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from youju.foundation.identity.permissions import require
from youju.performance.monitoring import permissions
from youju.performance.monitoring.models import MonitoredProject, Round
from youju.rules.performance.monitoring.lifecycle import APPROVED, CLOSED

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


@dataclass(frozen=True, slots=True)
class Progress:
    """A project in a round: rates in per cent, colours as codes, how many orders it got and how many are open."""

    round: str
    code: str
    rate: Decimal | None
    colour: str
    reached: Decimal | None
    targets_colour: str
    orders: int
    open: int


def latest_progress(actor: User, year: int) -> dict[str, Progress]:
    """By project code, of the year's latest approved or closed round; empty without one. Three queries.

    Raises:
        PermissionDenied: the actor sees no monitoring.
    """
    require(actor, permissions.VIEW)
    row = Round.objects.filter(year=year, state__in=[APPROVED, CLOSED]).order_by("-month", "-pk").first()
    if row is None:
        return {}
    found = {}
    for each in MonitoredProject.objects.filter(round=row).prefetch_related("orders"):
        states = [order.state for order in each.orders.all()]
        open_ = sum(state in ("issued", "replied") for state in states)
        found[each.code] = Progress(
            row.number,
            each.code,
            each.rate,
            each.colour,
            each.reached,
            each.targets_colour,
            len(states),
            open_,
        )
    return found
