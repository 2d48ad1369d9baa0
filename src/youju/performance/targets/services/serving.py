"""Which project serves which sub-goal: a judgement of the performance officer, not of the document."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from django.db import transaction

from youju.foundation.audit.services import record
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.performance.targets import events, facts, permissions
from youju.performance.targets.models import ProjectSubgoal, TargetSet
from youju.performance.targets.services.linting import lint_set
from youju.performance.targets.services.versions import locked_draft

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


@transaction.atomic
def assign_subgoals(*, actor: User, target_set_id: int, serves: Mapping[str, Collection[int]]) -> TargetSet:
    """Set which sub-goals the given projects serve (code → 1-based numbers; empty: none), and lint anew.

    Projects that are not named keep theirs.

    Raises:
        InputError: the version is no draft (any more), a code or a number is unknown; nothing changes then.
        PermissionDenied: the actor may not edit.
    """
    require(actor, permissions.EDIT)
    target_set = locked_draft(target_set_id)
    before = facts.serves(target_set)
    subgoals = {subgoal.order: subgoal for subgoal in target_set.subgoals.all()}
    projects = {project.code: project for project in target_set.projects.filter(code__in=serves)}
    links = []
    for code, numbers in serves.items():
        if code not in projects:
            raise InputError(f"没有项目 {code}", how="请刷新页面后重试")
        for number in sorted(set(numbers)):
            if number not in subgoals:
                raise InputError(f"没有第 {number} 项分项目标", where=f"项目 {code}", how="请刷新页面后重试")
            links.append(ProjectSubgoal(project=projects[code], subgoal=subgoals[number]))
    ProjectSubgoal.objects.filter(project__in=[project.pk for project in projects.values()]).delete()
    ProjectSubgoal.objects.bulk_create(links)
    target_set.revision += 1
    target_set.save(update_fields=["revision"])
    lint_set(target_set)
    after = facts.serves(target_set)
    changed = [code for code in projects if before.get(code, ()) != after.get(code, ())]
    if changed:
        record(
            events.SERVED,
            events.set_subject(target_set),
            {code: before.get(code, ()) for code in changed},
            {code: after.get(code, ()) for code in changed},
        )
    return target_set
