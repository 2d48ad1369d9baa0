"""Checking a report: small ones at once, large ones in a job with progress."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction
from django.utils import timezone

from youju.foundation.audit.services import record
from youju.foundation.files.selectors import read_kept
from youju.foundation.files.services import attach, keep
from youju.foundation.identity.permissions import require
from youju.foundation.identity.selectors import user_named
from youju.foundation.jobs.defining import Progress, job
from youju.foundation.jobs.services import enqueue
from youju.foundation.kernel.context import reaching_all
from youju.foundation.kernel.errors import InputError
from youju.foundation.policies import law_on
from youju.performance.report_checks import addresses, events, permissions
from youju.performance.report_checks.imports import report_passages
from youju.performance.report_checks.models import ReportCheck
from youju.performance.report_checks.selectors import Ask, check_of, facts_of, original_of, years
from youju.rules.law import whole
from youju.rules.performance.report_checks.changes import changes
from youju.rules.performance.report_checks.checking import check_report
from youju.rules.performance.report_checks.codec import facts_to_json, verdicts_to_json
from youju.rules.performance.report_checks.states import DONE, FAILED, WAITING

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

Heard = Callable[[int, int], None]
_FIRST_YEAR, _LAST_YEAR = 2000, 2100


def _silent(done: int, total: int) -> None:
    """Nobody listens."""


@transaction.atomic
def submit_report(
    *, actor: User, content: bytes, name: str, year: int, follows: int | None = None
) -> ReportCheck:
    """Hold a report against the data of a year; a large one in a job, whose run the row names.

    Raises:
        PermissionDenied: the actor checks no reports.
        InputError: the file cannot be read, or no such year.
    """
    require(actor, permissions.RUN)
    if year not in years():
        raise InputError(f"{year} 年没有绩效目标", where="年度", how="请先导入这一年的绩效目标，或选别的年度")
    kept = keep(content, name=name, purpose="upload")
    before = ReportCheck.objects.filter(pk=follows).first() if follows else _before(kept.sha256, year)
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('report_checks_number')")
        serial = cursor.fetchone()[0]
    row = ReportCheck.objects.create(
        number=f"HD{timezone.localdate():%Y}-{serial:04d}", name=kept.name[:200], sha256=kept.sha256, year=year, follows=before,
        made_by=actor.username, made_name=actor.display_name[:50],
    )  # fmt: skip
    subject = events.subject_of(row)
    attach(sha256=kept.sha256, subject=subject, name=kept.name, role="report")
    record(
        events.ASKED,
        subject,
        None,
        {"name": row.name, "year": year, "follows": before.number if before else ""},
    )
    law = law_on(timezone.localdate())
    if len(content) <= whole(law, "performance.report_checks.at_once_bytes"):
        return _check(row, actor, content)
    row.run = enqueue(
        check_large,
        subject=subject,
        title=f"核对 {row.name}"[:200],
        key=str(row.pk),
        check_id=row.pk,
        username=actor.username,
    )
    row.save(update_fields=["run"])
    return row


def check_again(*, actor: User, check_id: int) -> ReportCheck:
    """The same file against the data of now; what changed since is shown.

    Raises:
        PermissionDenied: the actor checks no reports.
        InputError: no such check (404), or its file is gone.
    """
    require(actor, permissions.RUN)
    row = check_of(actor, check_id)
    file = original_of(row)
    if file is None:
        raise InputError("原文已经不在了", where=row.name, how="请重新上传", status=409)
    return submit_report(
        actor=actor, content=read_kept(row.sha256), name=row.name, year=row.year, follows=row.pk
    )


@transaction.atomic
def check_waiting(*, actor: User, check_id: int, progress: Heard) -> ReportCheck:
    """The job's work: a report that waits is read and checked. What cannot be read is said on its page."""
    row = ReportCheck.objects.select_for_update().get(pk=check_id)
    if row.state != WAITING:
        return row
    try:
        return _check(row, actor, read_kept(row.sha256), progress)
    except InputError as error:
        row.state, row.fault = FAILED, str(error)[:400]
        row.save(update_fields=["state", "fault"])
        record(events.FAILED, events.subject_of(row), None, {"fault": row.fault})
        return row


@job("report_checks.check", title="核对报告")
def check_large(*, progress: Progress, check_id: int, username: str) -> dict[str, object]:
    """Read and check one report that waits."""
    actor = user_named(username)
    if actor is None:
        raise InputError("提交核对的账号已经不在了", where=username, how="请重新提交")
    row = check_waiting(
        actor=actor, check_id=check_id, progress=lambda done, total: progress(done, total, "核对数字")
    )
    return {"url": addresses.check(str(row.pk)) or "", "label": row.name, "disagrees": row.disagrees}


def _before(sha256: str, year: int) -> ReportCheck | None:
    return ReportCheck.objects.filter(sha256=sha256, year=year, state=DONE).order_by("-pk").first()


def _check(row: ReportCheck, actor: User, content: bytes, progress: Heard = _silent) -> ReportCheck:
    day = timezone.localdate()
    law = law_on(day)
    passages = report_passages(
        content, row.name, most=whole(law, "performance.report_checks.most_characters")
    )
    with reaching_all():
        facts = facts_of(Ask(actor, row.year))
    verdicts = check_report(passages, facts, law, day=day, year=row.year, progress=progress)
    found = verdicts_to_json(passages, verdicts)
    row.figures = len(verdicts)
    row.agrees, row.disagrees, row.unjudged = found["agrees"], found["disagrees"], found["unjudged"]
    row.facts = facts_to_json(facts, row.year)
    row.facts_hash = hashlib.sha256(
        json.dumps(row.facts, sort_keys=True, ensure_ascii=False).encode()
    ).hexdigest()
    row.policy_hash = law.hash
    row.result = {
        "passages": [
            {"text": each.text, "place": each.place, "table": each.table, "row": each.row}
            for each in passages
        ],
        "verdicts": [_short(each) for each in found["verdicts"]],
    }
    if row.follows is not None and row.follows.state == DONE:
        row.changes = changes(row.follows.result.get("verdicts", []), row.result["verdicts"])
    row.state = DONE
    row.save()
    told = {"figures": row.figures, "disagrees": row.disagrees, "unjudged": row.unjudged}
    record(events.CHECKED, events.subject_of(row), None, told)
    return row


def _short(verdict: dict[str, Any]) -> dict[str, Any]:
    """A verdict without its passage's text, which stands in the passages already."""
    return {name: value for name, value in verdict.items() if name != "text"}
