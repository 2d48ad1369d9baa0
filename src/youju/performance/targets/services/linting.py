"""Running the rules over a stored set and keeping what they said, with the law they said it under."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from youju.foundation.audit.services import record, record_many
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.foundation.policies import law_on, policy_hash
from youju.performance.targets import events, facts, models, permissions
from youju.performance.targets.services.versions import locked_set
from youju.rules.findings import Severity
from youju.rules.performance.targets.fingerprints import fingerprints
from youju.rules.performance.targets.lifecycle import OPEN
from youju.rules.performance.targets.lint import lint

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


def lint_set(target_set: models.TargetSet) -> None:
    """Replace the stored findings of a set by what the rules say now. Inner step: callers check permissions."""
    law = law_on(facts.lint_day(target_set.fiscal_year))
    document = facts.with_year(facts.document(target_set), target_set.fiscal_year)
    found = lint(document, law, serves=facts.serves(target_set))
    marks = fingerprints(document, found)
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
            fingerprint=mark,
            as_of=law.as_of,
            policy_hash=law.hash,
        )
        for order, (each, mark) in enumerate(zip(found, marks, strict=True), 1)
    )
    target_set.linted_as_of, target_set.linted_policy_hash = law.as_of, law.hash
    target_set.linted_at = timezone.now()
    target_set.save(update_fields=["linted_as_of", "linted_policy_hash", "linted_at"])


def counts_of(target_set: models.TargetSet) -> dict[str, int]:
    """How many stored findings there are of each severity: ``{"errors": 1, …}``."""
    found = list(target_set.findings.order_by().values_list("severity", flat=True))
    return {f"{each.value}s": found.count(each.value) for each in Severity}


def carry_answers(former: models.TargetSet, target_set: models.TargetSet) -> int:
    """Copy the answers to findings that the new version has as well; how many."""
    marks = set(target_set.findings.order_by().values_list("fingerprint", flat=True))
    kept = [answer for answer in former.answers.all() if answer.fingerprint in marks]
    for answer in kept:
        answer.pk, answer.target_set = None, target_set
        answer._state.adding = True
    return len(models.Answer.objects.bulk_create(kept))


@transaction.atomic
def relint(*, actor: User, target_set_id: int) -> models.TargetSet:
    """Check a stored set again under today's policies.

    Raises:
        InputError: there is no such version, or a newer one has taken its place.
        PermissionDenied: the actor may not edit.
    """
    require(actor, permissions.EDIT)
    target_set = locked_set(target_set_id)
    if not target_set.is_active and target_set.state not in OPEN:
        raise InputError("绩效目标已有新版本", how="请刷新页面后重试", status=409)
    before = counts_of(target_set)
    lint_set(target_set)
    record(events.LINTED, events.set_subject(target_set), before, counts_of(target_set))
    return target_set


@transaction.atomic
def relint_stale() -> int:
    """Check every version in use again whose findings were made under other policies; for start-up. Returns how many."""
    stale = (
        models.TargetSet.objects.select_for_update(of=("self",))
        .filter(Q(is_active=True) | Q(state__in=OPEN))
        .exclude(linted_policy_hash=policy_hash())
    )
    deeds = []
    for target_set in stale:
        before = counts_of(target_set)
        lint_set(target_set)
        deeds.append((events.set_subject(target_set), before, counts_of(target_set)))
    if deeds:
        record_many(events.LINTED, deeds, reason="规则或政策值有变化")
    return len(deeds)
