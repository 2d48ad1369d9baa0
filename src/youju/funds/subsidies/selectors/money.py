"""Which budget project pays under a policy, and what it still has."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.db.models import Sum
from django.utils import timezone

from youju.foundation.kernel.context import reaching_all
from youju.funds.projects.selectors import ProjectView, available, by_code
from youju.funds.subsidies.models import Award


def project_that_pays(code: str, since: date) -> ProjectView | None:
    """The project of this year, else of the year in which the policy's window begins; ``None`` where there is none."""
    for year in (timezone.localdate().year, since.year):
        found = by_code(code, year) if code else None
        if found is not None:
            return found
    return None


def money_for(policy: str, project: str, since: date) -> Decimal | None:
    """What a policy may promise, in CNY: what its project may still be asked for, and what awards under the policy (an earlier
    version of it) have drawn there already; ``None`` where no project is known to look at.
    """
    pays = project_that_pays(project, since)
    if pays is None:
        return None
    with reaching_all():
        awards = Award.objects.filter(application__policy_code=policy).exclude(payment="")
        drawn = awards.aggregate(sum=Sum("amount"))["sum"] or Decimal(0)
    return available(pays.id) + drawn
