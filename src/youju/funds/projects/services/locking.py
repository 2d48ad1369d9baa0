"""Holding projects: the ledger's row first, several in the order of their ids, so that nobody waits in a circle."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import IntegrityError, connection

from youju.foundation.kernel.errors import InputError
from youju.foundation.kernel.subjects import Subject
from youju.foundation.workflow.selectors import log_of
from youju.funds.projects.models import Project
from youju.rules.funds.projects.lifecycle import PROJECT_KIND

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


def lock_ledgers(project_ids: Iterable[int]) -> int:
    """Hold the ledger rows of projects until the transaction ends; how many there are."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM projects_lock(%s)", [sorted(set(project_ids))])
        return int(cursor.fetchone()[0])


def held_project(project_id: int, expected: int | None = None) -> Project:
    """The project, its ledger held until the transaction ends.

    Raises:
        InputError: there is none (404), or it changed since it was shown (409).
    """
    lock_ledgers([project_id])
    row = Project.objects.select_for_update().filter(pk=project_id).first()
    if row is None:
        raise InputError("没有这个资金项目", how="请回到项目列表重新选择", status=404)
    if expected is not None and expected != row.revision:
        raise InputError("这个项目刚才有改动", where=row.code, how="请刷新页面，看过再办", status=409)
    return row


def refuse_unless_active(row: Project) -> None:
    """Only a running project takes changes (409)."""
    if row.state != Project.State.ACTIVE:
        raise InputError("项目已结束", where=row.code, how="要改请先重新开启", status=409)


def saved(row: Project) -> None:
    """Store a changed project and count the change."""
    row.revision += 1
    row.save()


def subject_of(row: Project) -> Subject:
    """How a project is named on the trail."""
    return Subject(PROJECT_KIND, str(row.pk), row.name[:200])


def next_number(series: str, letters: str, stamp: str) -> str:
    """The next number of a series: letters, the day, six digits."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(%s)", [series])
        return f"{letters}{stamp}{cursor.fetchone()[0]:06d}"


def hands_of(subject: Subject, actor: User) -> list[str]:
    """Who took the last step with a record: the actor, and whom the actor stood in for."""
    last = log_of(subject)[-1]
    return [each for each in (last.by or actor.username, last.on_behalf_of) if each]


def refused_by_ledger(error: IntegrityError, row: Project) -> InputError:
    """What the ledger's own check means in words."""
    if "projects_ledger" not in str(error):
        raise error
    return InputError(
        "预算不能少于已付和在途之和", where=row.code, how="请核对金额，或先取消在途的付款", status=409
    )
