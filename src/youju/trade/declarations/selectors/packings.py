"""What was planned and declared of a packing: the page between the two rooms."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet, Sum

from youju.foundation.identity.permissions import require
from youju.rules.trade.declarations.lifecycle import REJECTED
from youju.trade.declarations import permissions
from youju.trade.declarations.models import Declaration, Plan, SourceLine
from youju.trade.declarations.selectors.acting import may_plan
from youju.trade.packing.selectors import PackedFacts, packed_facts

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


@dataclass(frozen=True, slots=True)
class DeclaringPage:
    """A packing with its plans (newest first), its declarations (newest versions) and their totals by currency.

    ``left``: goods of it stand in no declaration that the actor sees.
    """

    packed: PackedFacts
    plans: tuple[Plan, ...]
    declarations: tuple[Declaration, ...]
    totals: tuple[tuple[str, Decimal], ...]
    left: bool
    may_plan: bool

    @property
    def open_plan(self) -> Plan | None:
        """The plan that waits to be worked out or accepted."""
        return next((each for each in self.plans if each.state in {"planning", "proposed"}), None)


def taken_sources(packing: int) -> QuerySet[SourceLine]:
    """Sources of a packing that are not free to be planned: live ones, and those of a rejected declaration not yet corrected."""
    waiting = Q(line__declaration__state=REJECTED, line__declaration__corrections=None, packed__isnull=False)
    return SourceLine.objects.filter(Q(live=True) | waiting, line__declaration__packing=packing).distinct()


def declaring_page(*, actor: User, number: str) -> DeclaringPage | None:
    """The packing, or ``None`` where the actor sees no such.

    Raises:
        PermissionDenied: the actor may not see declarations or packing.
    """
    require(actor, permissions.VIEW)
    packed = packed_facts(actor=actor, number=number)
    if packed is None:
        return None
    rows = Declaration.objects.filter(packing=packed.id, corrections=None).order_by("number")
    live = rows.exclude(state="withdrawn").order_by("currency")
    totals = live.values_list("currency").annotate(total=Sum("amount"))
    takes_part = packed.state == "closed" and actor.organisation_id in packed.organisations
    left = packed.lines > taken_sources(packed.id).count()
    plannable = takes_part and left and may_plan(actor, packed.agent_id)
    plans = tuple(Plan.objects.filter(packing=packed.id).order_by("-pk")[:20])
    return DeclaringPage(packed, plans, tuple(rows), tuple(totals), left, plannable)
