"""Running the rules over a stored set and keeping what they said, with the law they said it under."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.foundation.policies import law_on, policy_hash
from youju.performance.targets import facts, models, permissions
from youju.rules.performance.targets.lint import lint

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


def lint_set(target_set: models.TargetSet) -> None:
    """Replace the stored findings of a set by what the rules say now. Inner step: callers check permissions."""
    law = law_on(facts.lint_day(target_set.fiscal_year))
    document = facts.with_year(facts.document(target_set), target_set.fiscal_year)
    found = lint(document, law, serves=facts.serves(target_set))
    projects = {project.code: project for project in target_set.projects.all()}
    target_set.findings.all().delete()
    models.Finding.objects.bulk_create(
        models.Finding(
            target_set=target_set,
            project=projects.get(str(each.at.get("project"))),
            order=order,
            rule=each.rule,
            severity=each.severity.value,
            row=each.at.get("row"),
            field=each.at.get("field"),
            message=each.message,
            suggestion=each.suggestion,
            as_of=law.as_of,
            policy_hash=law.hash,
        )
        for order, each in enumerate(found, 1)
    )
    target_set.linted_as_of, target_set.linted_policy_hash = law.as_of, law.hash
    target_set.linted_at = timezone.now()
    target_set.save(update_fields=["linted_as_of", "linted_policy_hash", "linted_at"])


@transaction.atomic
def relint(*, actor: User, target_set_id: int) -> models.TargetSet:
    """Check a stored set again under today's policies.

    Raises:
        InputError: there is no such active set.
        PermissionDenied: the actor may not edit.
    """
    require(actor, permissions.EDIT)
    target_set = models.TargetSet.objects.select_for_update().filter(pk=target_set_id, is_active=True).first()
    if target_set is None:
        raise InputError("绩效目标已有新版本", how="请刷新页面后重试", status=409)
    lint_set(target_set)
    return target_set


@transaction.atomic
def relint_stale() -> int:
    """Check every active set again whose findings were made under other policies; for start-up. Returns how many."""
    stale = (
        models.TargetSet.objects.select_for_update()
        .filter(is_active=True)
        .exclude(linted_policy_hash=policy_hash())
    )
    sets = list(stale)
    for target_set in sets:
        lint_set(target_set)
    return len(sets)
