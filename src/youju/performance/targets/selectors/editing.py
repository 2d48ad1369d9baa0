"""A table in the editor: what is stored, what somebody typed and has not saved, who else is at it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from youju.foundation.kernel.errors import InputError
from youju.foundation.policies import law_on
from youju.performance.targets import facts
from youju.performance.targets.models import EditDraft, Project, TargetSet
from youju.performance.targets.selectors.sets import NUL
from youju.rules.law import whole
from youju.rules.performance.targets.diff import INDICATOR_LABELS
from youju.rules.performance.targets.typed import Read, Typed, labels, read_typed, typed_from_json, typed_of

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


@dataclass(frozen=True, slots=True)
class Editing:
    """The editor of one table. ``kept_at`` says when unsaved typing was kept (``None``: the form shows what is stored)."""

    target_set: TargetSet
    project: Project
    stored: Typed
    typed: Typed
    base: int
    kept_at: datetime | None
    others: Sequence[str]

    @property
    def stale(self) -> bool:
        """Whether the table was saved by somebody since the typing began."""
        return self.base != self.project.revision


def editor(*, user: User, target_set: TargetSet, code: str) -> Editing | None:
    """The editor's content for a person, or ``None`` where the version has no such project."""
    project = (
        target_set.projects.filter(code=code.replace(NUL, ""))
        .prefetch_related("plan", "goals", "indicators")
        .first()
    )
    if project is None:
        return None
    stored = typed_of(facts.project(project))
    kept = EditDraft.objects.filter(user=user, project=project).first()
    return Editing(
        target_set=target_set,
        project=project,
        stored=stored,
        typed=typed_from_json(kept.form) if kept else stored,
        base=kept.base if kept else project.revision,
        kept_at=kept.saved_at if kept else None,
        others=others_at(project, user),
    )


def others_at(project: Project, user: User) -> list[str]:
    """The names of others who typed into the table within the minutes of the policy."""
    minutes = whole(law_on(timezone.localdate()), "performance.targets.editing_minutes")
    since = timezone.now() - timedelta(minutes=minutes)
    rows = EditDraft.objects.filter(project=project, saved_at__gte=since).exclude(user=user)
    return list(rows.order_by("-saved_at").values_list("user__display_name", flat=True))


def read(typed: Typed, code: str, *, strict: bool = False) -> Read:
    """What was typed, understood within the limits of the policies.

    Raises:
        InputError: with ``strict``, when it is beyond those limits; otherwise every fault is in the result.
    """
    law = law_on(timezone.localdate())
    rows = whole(law, "performance.targets.edit_rows")
    characters = whole(law, "performance.targets.edit_characters")
    if strict and (
        max(len(typed.rows), len(typed.goals)) > rows
        or any(len(text) > characters for text in _texts(typed))
        or any(NUL in text for text in _texts(typed))
    ):
        raise InputError(
            f"表里的内容太多，没有保存（至多 {rows} 行，每格至多 {characters} 字，不能有空字符）",
            how="请删去一些，或改用 Excel 批量修改",
        )
    return read_typed(typed, code, most_rows=rows, most_characters=characters)


def _texts(typed: Typed) -> list[str]:
    rows = [text for row in typed.rows for text in row.values()]
    return [*typed.head.values(), *typed.plan.values(), *typed.goals, *rows]


def cell_name(cell: str) -> str:
    """A cell of the form in Chinese: ``rows.3.raw_value`` → 第 3 行，指标值."""
    part, _, rest = cell.partition(".")
    if part == "rows" and rest:
        number, _, name = rest.partition(".")
        return f"第 {number} 行" + (f"，{INDICATOR_LABELS[name]}" if name in INDICATOR_LABELS else "")
    if part == "goals":
        return f"绩效目标第 {rest} 条"
    names = labels([rest]) if part == "plan" else labels([])
    return names.get(cell, "表格")
