"""What people write beside the frozen figures: likelihood, causes, measures, row by row or by spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from youju.foundation.audit.encoding import changes
from youju.foundation.audit.services import record
from youju.foundation.identity.limits import sections
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.foundation.policies import law_on
from youju.performance.monitoring import events, permissions
from youju.performance.monitoring.facts import project_facts, row_facts, row_key
from youju.performance.monitoring.models import MonitoredProject, MonitoredRow, Round
from youju.performance.monitoring.selectors.lists import project_of, round_of
from youju.performance.monitoring.selectors.pages import may_fill
from youju.rules.findings import Finding
from youju.rules.performance.monitoring.facts import CAUSES, LIKELIHOODS
from youju.rules.performance.monitoring.judging import judge
from youju.rules.performance.monitoring.lifecycle import WRITABLE

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

_STALE = {"how": "请刷新页面，看过再改", "status": 409}


@dataclass(frozen=True, slots=True)
class RowWish:
    """What is said of a row: codes of ``LIKELIHOODS`` and ``CAUSES`` (empty: not yet), and words."""

    likelihood: str = ""
    cause: str = ""
    explanation: str = ""
    measure: str = ""
    remark: str = ""


@transaction.atomic
def fill_row(
    *, actor: User, number: str, project: int, place: int, wish: RowWish, revision: int | None = None
) -> tuple[MonitoredRow, list[Finding]]:
    """Write what is said of a row. What is still missing is told and may come later; it stops only the round's submission.

    Args:
        actor: who writes: the performance officer, or the responsible section while the round waits for sections.
        number: of the round.
        project: the project's place.
        place: the row's.
        wish: all that is said of it.
        revision: that the actor saw.

    Raises:
        PermissionDenied: not the actor's to write now.
        InputError: no such row (404), it was changed meanwhile or the round is past writing (409), an unknown code.
    """
    table = _writable(actor, number, project)
    row = table.rows.select_for_update().filter(place=place).first() if place < 2**15 else None
    if row is None:
        raise InputError("没有这一行", where=f"{number} 第 {place} 行"[:40], how="请回到项目表", status=404)
    if revision is not None and revision != row.revision:
        raise InputError("这一行刚才有改动", where=f"第 {place} 行", **_STALE)  # type: ignore[arg-type]
    _put(actor, table, row, wish)
    return row, judge(row_facts(table, row, timezone.localdate()), law_on(timezone.localdate()))


@transaction.atomic
def fill_project(
    *, actor: User, number: str, project: int, explanation: str, measure: str, revision: int | None = None
) -> tuple[MonitoredProject, list[Finding]]:
    """Write why a project's spending lags and what is done about it.

    Raises:
        PermissionDenied, InputError: as for a row.
    """
    table = _writable(actor, number, project)
    if revision is not None and revision != table.revision:
        raise InputError("这个项目刚才有改动", where=table.code, **_STALE)  # type: ignore[arg-type]
    before = {"explanation": table.explanation, "measure": table.measure}
    table.explanation, table.measure = explanation.strip(), measure.strip()
    old, new = changes(before, {"explanation": table.explanation, "measure": table.measure})
    if new:
        _signed(actor, table)
        table.save()
        record(events.FILLED, events.round_subject(table.round), old, new | {"place": table.code})
    today = timezone.localdate()
    return table, judge(project_facts(table, today), law_on(today))


@transaction.atomic
def set_section(*, actor: User, number: str, project: int, section: str) -> MonitoredProject:
    """Say which section answers for a project; an empty one: every section.

    Raises:
        PermissionDenied: the actor prepares no monitoring.
        InputError: no such project (404) or section, or the round is past writing (409).
    """
    require(actor, permissions.EDIT)
    if section and section not in sections():
        raise InputError("没有这个科室", where="责任科室", how="请从列表里选择")
    table = _writable(actor, number, project)
    before, table.section = table.section, section
    table.revision += 1
    table.save(update_fields=["section", "revision"])
    record(
        events.FILLED,
        events.round_subject(table.round),
        {"section": before},
        {"section": section, "place": table.code},
    )
    return table


def judge_wish(actor: User, row: MonitoredRow, wish: RowWish) -> list[Finding]:
    """What the rules would say of a row with what is wished; it is not stored. ``row.project.round`` is loaded.

    Raises:
        PermissionDenied: not the actor's to write now.
        InputError: an unknown code, or the round is past writing (409).
    """
    _may(actor, row.project)
    _known(wish)
    today = timezone.localdate()
    facts = replace(
        row_facts(row.project, row, today), likelihood=wish.likelihood, cause=wish.cause, explanation=wish.explanation,
        measure=wish.measure,
    )  # fmt: skip
    return judge(facts, law_on(today))


def rows_named(actor: User, number: str, keys: Iterable[str]) -> dict[str, MonitoredRow]:
    """Rows of a round by their keys (``3-7``), with project and round; unknown ones are left out. Two queries.

    Raises:
        PermissionDenied: the actor sees no monitoring.
        InputError: no such round (404).
    """
    row = round_of(actor, number)
    wanted = set(keys)
    found = MonitoredRow.objects.filter(project__round=row).select_related("project__round")
    return {key: each for each in found if (key := row_key(each.project, each)) in wanted}


@transaction.atomic
def store_batch(*, actor: User, number: str, wishes: Sequence[tuple[str, RowWish]]) -> int:
    """Write many rows of a round at once, all or none; how many changed.

    Raises:
        PermissionDenied: one of them is not the actor's to write now.
        InputError: an unknown row or code, or the round is past writing.
    """
    held = Round.objects.select_for_update().get(pk=round_of(actor, number).pk)
    rows = rows_named(actor, held.number, [key for key, _ in wishes])
    changed = 0
    for key, wish in wishes:
        row = rows.get(key)
        if row is None:
            raise InputError(f"没有行 {key[:20]}", where=number, how="请用这一轮下载的填报表")
        _may(actor, row.project)
        changed += _put(actor, row.project, row, wish, told=False)
    record(events.IMPORTED, events.round_subject(held), None, {"rows": len(wishes), "count": changed})
    return changed


def _put(
    actor: User, table: MonitoredProject, row: MonitoredRow, wish: RowWish, *, told: bool = True
) -> bool:
    _known(wish)
    names = ("likelihood", "cause", "explanation", "measure", "remark")
    before = {name: getattr(row, name) for name in names}
    for name in names:
        setattr(row, name, getattr(wish, name).strip())
    old, new = changes(before, {name: getattr(row, name) for name in names})
    if not new:
        return False
    _signed(actor, row)
    row.save()
    if told:
        said = new | {"place": row_key(table, row)}
        record(events.FILLED, events.round_subject(table.round), _worded(old or {}), _worded(said))
    return True


def _signed(actor: User, row: MonitoredRow | MonitoredProject) -> None:
    row.filled_by, row.filled_name, row.filled_at = actor.username, actor.display_name, timezone.now()
    row.revision += 1


def _worded(told: dict[str, Any]) -> dict[str, Any]:
    words = {"likelihood": LIKELIHOODS, "cause": CAUSES}
    return {name: words.get(name, {}).get(value, value) for name, value in told.items()}


def _known(wish: RowWish) -> None:
    for known, code, label in ((LIKELIHOODS, wish.likelihood, "可能性"), (CAUSES, wish.cause, "偏差原因")):
        if code and code not in known:
            raise InputError(f"没有这个{label}", where=label, how="请从列表里选择")


def _writable(actor: User, number: str, place: int) -> MonitoredProject:
    seen = project_of(actor, number, place)
    _may(actor, seen)
    # The round first: who submits it waits for who writes, and the other way round.
    held = Round.objects.select_for_update().get(pk=seen.round_id)
    row = MonitoredProject.objects.select_for_update().get(pk=seen.pk)
    row.round = held
    _may(actor, row)
    return row


def _may(actor: User, project: MonitoredProject) -> None:
    if project.round.state not in WRITABLE:
        raise InputError(
            "这一轮已经提交，不能再改", where=project.round.number, how="请先撤回或退回", status=409
        )
    if not may_fill(actor, project):
        name = sections().get(project.section, "")
        raise PermissionDenied(f"这个项目由{name or '绩效管理人员'}填报，您现在不能修改。")
