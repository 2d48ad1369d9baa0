"""From approved targets to projects with a budget: the room of funds takes up each table when a version is published."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from youju.foundation.policies import law_on
from youju.funds.projects.facts import TargetItem
from youju.funds.projects.services import Approved, take_up_targets
from youju.performance.targets import facts, models
from youju.performance.targets.facts import lint_day
from youju.rules.performance.targets.facts import TargetDocument
from youju.rules.performance.targets.lifecycle import KIND, PUBLISHED
from youju.rules.performance.targets.units import magnitude

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

_CENT = Decimal("0.01")


def items_of(document: TargetDocument, year: int) -> list[TargetItem]:
    """The tables of a document with their money in CNY; a table without a budget is none yet and left out."""
    law = law_on(lint_day(year))
    unit = document.document.money_unit or "万元"

    def yuan(printed: str | None) -> Decimal | None:
        return None if printed is None else magnitude(printed, unit, law)[1].quantize(_CENT)

    return [
        TargetItem(
            code=each.code,
            name=each.name,
            purpose=each.purpose,
            fiscal=yuan(each.fiscal),
            other=yuan(each.other),
            budget=budget,
            plan={month: yuan(amount) for month, amount in each.plan.items()},
            order=place,
        )
        for place, each in enumerate(document.projects, start=1)
        if (budget := yuan(each.budget)) is not None
    ]


def take_up(target_set: models.TargetSet, actor: User) -> tuple[int, int]:
    """Let the room of funds make a project of each table of a published version: (made, there already)."""
    items = items_of(facts.document(target_set), target_set.fiscal_year)
    return take_up_targets(
        year=target_set.fiscal_year, items=items, actor=actor, origin=f"{KIND}:{target_set.pk}"
    )


def approved(year: int) -> Approved | None:
    """The published version of a year for the room of funds, the latest where there are several; ``None`` without one."""
    rows = models.TargetSet.objects.filter(fiscal_year=year, state=PUBLISHED)
    found = rows.order_by("-pk").first()
    return Approved(items_of(facts.document(found), year), f"{KIND}:{found.pk}") if found else None


def approved_years() -> list[int]:
    """The years of which a version is published."""
    rows = models.TargetSet.objects.filter(state=PUBLISHED).order_by()
    return list(rows.values_list("fiscal_year", flat=True).distinct())
