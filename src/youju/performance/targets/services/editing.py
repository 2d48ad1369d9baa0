"""Editing one project table of a draft: what is typed is kept, checked, and saved as a whole or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from youju.foundation.audit.services import record
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.foundation.policies import law_on
from youju.performance.targets import events, facts, models, permissions
from youju.performance.targets.selectors import editing
from youju.performance.targets.services.linting import lint_set
from youju.performance.targets.services.rewriting import rewrite_project, touch
from youju.performance.targets.services.versions import locked_draft
from youju.rules.findings import Finding
from youju.rules.performance.targets.lint import lint
from youju.rules.performance.targets.typed import Fault, Typed, is_same, typed_of

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


class StaleSaveError(InputError):
    """Somebody saved the table in between."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of typing that was kept: when, who else is at it, and whether somebody saved in between."""

    at: datetime
    others: Sequence[str]
    stale: bool


@dataclass(frozen=True, slots=True)
class Checked:
    """What the rules say about what is typed now; ``places`` maps a row of the table to its row of the form."""

    findings: Sequence[Finding]
    faults: Sequence[Fault]
    places: Sequence[int]


@transaction.atomic
def keep_typing(*, actor: User, target_set_id: int, code: str, typed: Typed, base: int) -> Kept:
    """Keep unsaved typing, one for each person and table; what is stored in the version stays as it is.

    Raises:
        InputError: the version is no draft (any more), or has no such project.
        PermissionDenied: the actor may not edit.
    """
    require(actor, permissions.EDIT)
    project = _project(locked_draft(target_set_id), code)
    # Bounds what anybody may store here; what the cells say is judged when it is saved.
    editing.read(typed, code, strict=True)
    now = timezone.now()
    if base == project.revision and is_same(typed, typed_of(facts.project(project))):
        models.EditDraft.objects.filter(user=actor, project=project).delete()
    else:
        models.EditDraft.objects.update_or_create(
            user=actor,
            project=project,
            defaults={"base": base, "form": typed.as_json(), "saved_at": now},
        )
    return Kept(now, editing.others_at(project, actor), stale=base != project.revision)


@transaction.atomic
def forget_typing(*, actor: User, target_set_id: int, code: str) -> None:
    """Throw the actor's unsaved typing in a table away; without any, nothing happens."""
    require(actor, permissions.EDIT)
    models.EditDraft.objects.filter(
        user=actor, project__target_set_id=target_set_id, project__code=code
    ).delete()


def check_typing(*, actor: User, target_set_id: int, code: str, typed: Typed) -> Checked:
    """What the rules would say about the version with the table as typed; nothing is kept.

    Raises:
        InputError: no such version or project.
        PermissionDenied: the actor may not edit.
    """
    require(actor, permissions.EDIT)
    target_set = models.TargetSet.objects.filter(pk=target_set_id).first()
    if target_set is None:
        raise InputError("没有这个版本", how="请回到版本列表重新选择", status=404)
    read = editing.read(typed, code)
    document = facts.with_year(facts.document(target_set), target_set.fiscal_year)
    if all(project.code != code for project in document.projects):
        raise InputError(f"没有项目 {code}", how="请回到项目清单重新选择", status=404)
    projects = tuple(read.project if each.code == code else each for each in document.projects)
    law = law_on(facts.lint_day(target_set.fiscal_year))
    found = lint(replace(document, projects=projects), law, serves=facts.serves(target_set))
    return Checked([each for each in found if each.at.get("project") == code], read.faults, read.places)


@transaction.atomic
def save_project(*, actor: User, target_set_id: int, code: str, typed: Typed, base: int) -> models.Project:
    """Save a table as typed into the draft version, check the version anew, and record what changed by cell.

    Raises:
        StaleSaveError: the table was saved by somebody since revision ``base`` (409); nothing is stored.
        InputError: a cell cannot be read, the version is no draft (any more), there is no such project.
        PermissionDenied: the actor may not edit.
    """
    require(actor, permissions.EDIT)
    target_set = locked_draft(target_set_id)
    project = _project(target_set, code)
    if project.revision != base:
        raise StaleSaveError(
            "您打开这张表之后，别人已经存过，直接保存会盖掉别人的改动",
            how="请逐格核对，选好要留的内容再保存",
            status=409,
        )
    read = editing.read(typed, code)
    if read.faults:
        first = read.faults[0]
        more = f"；还有 {len(read.faults) - 1} 格" if len(read.faults) > 1 else ""
        raise InputError(f"{first.message}{more}", where=editing.cell_name(first.cell), how="改好后再保存")
    before, after = rewrite_project(project, read.project)
    models.EditDraft.objects.filter(user=actor, project=project).delete()
    if before or after:
        touch(target_set)
        lint_set(target_set)
        record(events.EDITED, events.project_subject(target_set, project), before, after)
    return project


def _project(target_set: models.TargetSet, code: str) -> models.Project:
    found = target_set.projects.select_for_update().filter(code=code.replace("\0", "")).first()
    if found is None:
        raise InputError(f"没有项目 {code[:64]}", how="请回到项目清单重新选择", status=404)
    return found
