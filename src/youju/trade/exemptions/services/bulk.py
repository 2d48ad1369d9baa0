"""An agent files a month for all its merchants in one go: a job with progress."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from youju.foundation.audit.services import record, record_many
from youju.foundation.identity.permissions import require
from youju.foundation.identity.selectors import user_named
from youju.foundation.jobs.defining import Progress, job
from youju.foundation.jobs.services import enqueue
from youju.foundation.kernel.context import current
from youju.foundation.kernel.errors import InputError
from youju.foundation.kernel.subjects import Subject
from youju.foundation.policies import law_on
from youju.foundation.workflow.services import advance_many
from youju.rules.findings import stopping
from youju.rules.trade.exemptions.judging import judge
from youju.rules.trade.exemptions.lifecycle import FILED, FILING_FLOW, OPEN
from youju.rules.trade.exemptions.periods import month_of, next_month
from youju.trade.exemptions import events, permissions
from youju.trade.exemptions.facts import filing_facts
from youju.trade.exemptions.models import Filing
from youju.trade.exemptions.services.filing import told_as_filed
from youju.trade.exemptions.services.preparing import fill, open_rows, prepare
from youju.trade.exemptions.services.refusing import checked
from youju.trade.parties.selectors.partners import ids_of_organisation

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

_PIECE = 200


@transaction.atomic
def ask_to_file_all(*, actor: User, month: date) -> uuid.UUID:
    """Ask for all of the actor's filings of a month to be filed; the run's id.

    Raises:
        PermissionDenied: the actor files nothing.
        InputError: the month is not over (422).
    """
    require(actor, permissions.FILE)
    month = month_of(month)
    if timezone.localdate() < next_month(month):
        raise InputError(
            f"{month:%Y 年 %m 月}还没有结束", how=f"请在 {next_month(month)} 以后申报", status=422
        )
    subject = Subject(
        events.BULK_KIND, f"{actor.organisation_id}-{month:%Y%m}", f"{month:%Y-%m} 批量免税申报"
    )
    record(events.ASKED, subject, None, {"month": f"{month:%Y-%m}"})
    return enqueue(
        file_all_job,
        subject=subject,
        title=f"批量免税申报 {month:%Y-%m}",
        key=f"exemptions:{subject.key}",
        once=True,
        month=month.isoformat(),
    )


@job("exemptions.file-all", title="批量免税申报")
def file_all_job(*, progress: Progress, month: str) -> dict[str, Any]:
    """File them as the person who asked."""
    actor = user_named(current().actor)
    if actor is None:
        raise InputError("发起申报的账号已经没有了", how="请重新发起")
    return file_all(actor=actor, month=date.fromisoformat(month), progress=progress)


@transaction.atomic
def file_all(*, actor: User, month: date, progress: Progress | None = None) -> dict[str, Any]:
    """File all open filings of a month that are the actor's: all or none, but for those that the rules stop, which stay open.

    Returns:
        ``filed``, ``stopped`` (counts), ``amount`` (CNY, as text), ``first`` (why the first was stopped).

    Raises:
        PermissionDenied: the actor files nothing.
    """
    require(actor, permissions.FILE)
    progress = progress or Progress()
    prepare(actor=actor, month=month)
    rows = open_rows(month_of(month), ids_of_organisation(actor.organisation_id))
    fill(rows, month_of(month))
    rows = list(Filing.objects.filter(pk__in=[row.pk for row in rows]).order_by("pk"))
    today, filed, stopped = timezone.localdate(), list[Filing](), list[str]()
    law = law_on(today)
    for start in range(0, len(rows), _PIECE):
        piece = []
        for row in rows[start : start + _PIECE]:
            hard = stopping(judge(filing_facts(row, "file", today), law))
            if hard:
                stopped.append(f"{row.consignor_name}：{hard[0].told}")
            else:
                piece.append(row)
        _file(piece, actor, today)
        filed += piece
        progress(min(start + _PIECE, len(rows)), len(rows), "申报")
    total = sum(row.amount_cny for row in filed)
    return {
        "filed": len(filed),
        "stopped": len(stopped),
        "amount": f"{total:.2f}",
        "first": stopped[0] if stopped else "",
    }


def _file(rows: list[Filing], actor: User, today: date) -> None:
    if not rows:
        return
    subjects = [events.subject_of(row) for row in rows]
    advance_many(flow=FILING_FLOW, subjects=subjects, transition="file", actor=actor, for_everybody=True)
    for row in rows:
        told_as_filed(row, actor.username, today, FILED)
    names = ["state", "filed_on", "filed_by", "on_time", "decided_on", "decided_by", "reason"]
    Filing.objects.bulk_update(rows, names, batch_size=_PIECE)
    record_many(
        events.FILED,
        [
            (
                subject,
                None,
                {"lines": row.lines_count, "amount": row.amount_cny, "month": f"{row.month:%Y-%m}"},
            )
            for subject, row in zip(subjects, rows, strict=True)
        ],
    )


@transaction.atomic
def file_listed(*, actor: User, rows: list[Filing], amounts: Mapping[str, Decimal], batch: str) -> int:
    """File filings that a sheet names, each with the amount that the sheet says; how many.

    Raises:
        PermissionDenied: the actor imports or files nothing.
        InputError: one is no longer open, or its amount is another one now (409); then none is filed.
        ExemptionRefusedError: the rules stop one; then none is filed.
    """
    require(actor, permissions.IMPORT)
    require(actor, permissions.FILE)
    found = Filing.objects.select_for_update().filter(pk__in=[row.pk for row in rows], state__in=OPEN)
    held = list(found.order_by("pk"))
    for month in {row.month for row in held}:
        fill([row for row in held if row.month == month], month)
    held = list(Filing.objects.filter(pk__in=[row.pk for row in held]).order_by("pk"))
    today = timezone.localdate()
    if len(held) != len(amounts):
        raise InputError("其中有的已经申报过", how="请重新导出待申报的列表", status=409)
    for row in held:
        if row.amount_cny != amounts[row.number]:
            raise InputError(
                f"报关单之和现在是 {row.amount_cny} 元",
                where=row.number,
                how="请重新导出、核对后再导入",
                status=409,
            )
        checked(filing_facts(row, "file", today))
    _file(held, actor, today)
    Filing.objects.filter(pk__in=[row.pk for row in held]).update(batch=batch)
    return len(held)
