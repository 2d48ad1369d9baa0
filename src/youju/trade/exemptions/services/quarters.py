"""An agent reports its quarter's actual consignors: what was submitted is frozen with its hash."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils import timezone

from youju.foundation.audit.services import record
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.foundation.kernel.subjects import Subject
from youju.rules.trade.exemptions.facts import QuarterFacts
from youju.rules.trade.exemptions.lifecycle import QUARTER_KIND
from youju.trade.exemptions import events, permissions
from youju.trade.exemptions.documents.quarter import write_xlsx
from youju.trade.exemptions.models import QuarterReport
from youju.trade.exemptions.selectors.quarters import QuarterTable, is_own, quarter_table
from youju.trade.exemptions.services.refusing import checked

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


@transaction.atomic
def report_quarter(*, actor: User, agent_id: int, quarter: str, sha256: str = "") -> QuarterReport:
    """Submit a quarter's table as it stands now.

    Args:
        actor: of the agent.
        agent_id: the agent's filing.
        quarter: such as ``2025Q4``.
        sha256: of the table that the actor saw; another one now is refused.

    Raises:
        PermissionDenied: the actor files nothing.
        InputError: the actor is not of the agent (404).
        InputError: no such quarter, nothing exported, the table changed meanwhile, or the same was reported already (409).
        ExemptionRefusedError: before the notice came into force (EXM-017), the quarter is not over (EXM-014).
    """
    require(actor, permissions.FILE)
    if not is_own(actor, agent_id):
        # Whether there is such an agent is nobody else's business.
        raise InputError(
            "没有这个代理，或者不是您的单位", where="外贸代理", how="实际委托方由外贸代理自己报送", status=404
        )
    table = quarter_table(actor, agent_id=agent_id, quarter=quarter)
    today = timezone.localdate()
    checked(
        QuarterFacts(
            "submit", today, table.agent, table.quarter, table.last, table.due_on, consignors=len(table.rows)
        )
    )
    if not table.rows:
        raise InputError(f"{table.quarter} 没有代理出口", how="没有委托方的季度不用报送", status=409)
    if sha256 and sha256 != table.sha256:
        raise InputError(
            "数据在您打开以后变了", where=table.quarter, how="请刷新页面，核对后再报送", status=409
        )
    last = table.reports[0] if table.reports else None
    if last and last.sha256 == table.sha256:
        raise InputError("同样的内容已经报送过", where=table.quarter, how="数据有变化时再报送", status=409)
    try:
        with transaction.atomic():
            row = _stored(actor, table, last)
    except IntegrityError as error:
        raise InputError(
            "刚刚有人报送了这个季度", where=table.quarter, how="请刷新页面", status=409
        ) from error
    told = {
        "quarter": row.quarter,
        "consignors": row.consignors,
        "amount": row.amount_cny,
        "sha256": row.sha256,
    }
    record(events.REPORTED, events.quarter_subject(row), None, told)
    return row


def _stored(actor: User, table: QuarterTable, last: QuarterReport | None) -> QuarterReport:
    return QuarterReport.objects.create(
        agent_id=table.agent_id,
        agent_name=table.agent,
        quarter=table.quarter,
        version=last.version + 1 if last else 1,
        rows=table.frozen(),
        consignors=len(table.rows),
        declarations=table.declarations,
        amount_cny=table.amount,
        sha256=table.sha256,
        submitted_on=timezone.localdate(),
        submitted_by=actor.username,
        organisations=[actor.organisation_id],
    )


@transaction.atomic
def hand_out_quarter(*, actor: User, agent_id: int, quarter: str) -> tuple[str, bytes]:
    """The table as a workbook: its file name and content; the download is on the trail.

    Raises:
        PermissionDenied: the actor may not export.
        InputError: no such quarter, or it does not apply (409).
    """
    require(actor, permissions.EXPORT)
    table = quarter_table(actor, agent_id=agent_id, quarter=quarter)
    if not table.applies:
        raise InputError(
            f"{table.quarter} 不适用实际委托方季报",
            how="国家税务总局公告2025年第17号自 2025 年 10 月 1 日起施行",
            status=409,
        )
    record(events.TAKEN, Subject(QUARTER_KIND, f"{agent_id}-{table.quarter}", f"{table.agent} {table.quarter}"), None,
           {"quarter": table.quarter, "sha256": table.sha256})  # fmt: skip
    return f"实际委托方_{table.agent_number}_{table.quarter}.xlsx", write_xlsx(table)
