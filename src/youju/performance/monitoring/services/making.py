"""Making a round: the figures of a month, frozen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from youju.foundation.audit.services import record
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.foundation.workflow.services import start
from youju.funds.payments.selectors import board
from youju.performance.measures.selectors import measured_rows
from youju.performance.measures.services import freeze_rows
from youju.performance.monitoring import events, permissions
from youju.performance.monitoring.models import Round
from youju.performance.monitoring.services.freezing import Wish, freeze
from youju.performance.targets.selectors import active_set
from youju.rules.funds.payments.plans import MONTHS, end_of
from youju.rules.performance.monitoring.lifecycle import DROPPED, ROUND_FLOW
from youju.rules.performance.targets.lifecycle import APPROVED, PUBLISHED

if TYPE_CHECKING:
    from youju.foundation.identity.models import User
    from youju.performance.targets.models import TargetSet


@transaction.atomic
def make_round(
    *, actor: User, year: int, month: int, unit: str | None = None, figures: bool = False
) -> Round:
    """Make the round of January to a month that is over: budgets, payments, values and forecasts of that day, frozen.

    Args:
        actor: who makes it.
        year: the fiscal year of the targets.
        month: 1 to 12.
        unit: whose targets; the first unit's where left out.
        figures: whether the room of measures freezes the figures behind the values as well, each with its rows: slower.

    Raises:
        PermissionDenied: the actor prepares no monitoring.
        InputError: no approved targets of the year (404), a month that is not over, or a round of that month is there (409).
    """
    require(actor, permissions.EDIT)
    if not 1 <= month <= MONTHS or not 2000 <= year <= 2100:
        raise InputError(f"没有 {year} 年 {month} 月", where="月份", how="请填 1 到 12 月")
    until = end_of(year, month)
    if until >= timezone.localdate():
        raise InputError(f"{month} 月还没有过完", where="月份", how="请在月底以后编制")
    target_set = approved_set(year, unit)
    same = Round.objects.filter(unit_key=target_set.unit_key, year=year, month=month)
    if same.exclude(state=DROPPED).exists():
        raise InputError(
            f"{year} 年 1—{month} 月的运行监控已经有了",
            where="月份",
            how="请在原来的一轮上办理，或先作废",
            status=409,
        )
    purpose = f"{year} 年 1—{month} 月运行监控"
    kept = freeze_rows(actor=actor, target_set=target_set, until=until, purpose=purpose) if figures else None
    rows = kept.rows if kept else measured_rows(actor=actor, target_set=target_set, until=until)
    if not rows:
        raise InputError("绩效目标里没有指标", where=f"{year} 年", how="请先核对绩效目标", status=409)
    lines = {
        line.project.code: line for line in board(actor=actor, year=year, day=until).lines if line.project
    }
    wish = Wish(target_set, rows, lines, month, until, kept.number if kept else None)
    row = freeze(wish, number=number_of(year, month), by=(actor.username, actor.display_name))
    subject = events.round_subject(row)
    start(flow=ROUND_FLOW, subject=subject, actor=actor, organisation=actor.organisation.code)
    record(
        events.MADE,
        subject,
        None,
        {
            "year": year,
            "month": month,
            "version": target_set.version,
            "rows": len(rows),
            "digest": row.digest,
        },
    )
    return row


def number_of(year: int, month: int) -> str:
    """The number of the next round of a month: a dropped one keeps its own."""
    plain = f"JK{year}-{month:02d}"
    before = Round.objects.filter(number__startswith=plain).count()
    return plain if not before else f"{plain}-{before + 1}"


def approved_set(year: int, unit: str | None = None) -> TargetSet:
    """The year's target set that people approved. The demo's stay a draft, and may be monitored as they are.

    Raises:
        InputError: there is none (404).
    """
    found = active_set(year=year, unit=unit)
    if found is None or not (found.state in (APPROVED, PUBLISHED) or found.is_demo):
        raise InputError(
            f"{year} 年没有批准的绩效目标", where="年度", how="绩效目标批准或公开以后才能监控", status=404
        )
    return found
