"""Answers to findings (答复): each warning must be mended or explained before a version is submitted."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from youju.foundation.audit.services import record
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.foundation.policies import law_on
from youju.performance.targets import events, models, permissions
from youju.performance.targets.services.versions import locked_draft
from youju.rules.findings import Severity
from youju.rules.law import whole

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

LENGTH = "performance.targets.answer_length"


@transaction.atomic
def answer_finding(
    *, actor: User, target_set_id: int, fingerprint: str, text: str, alike: bool = False
) -> int:
    """Answer a finding of a draft, or take the answer back with an empty text.

    Args:
        actor: who answers.
        target_set_id: the draft.
        fingerprint: the finding's.
        text: why it stands as it is.
        alike: give the same answer to every finding of the same rule that has none yet.

    Returns:
        How many answers were written or taken back.

    Raises:
        InputError: no draft, no such finding (any more), an error (which is mended, not answered), a text too long.
        PermissionDenied: the actor may not edit.
    """
    require(actor, permissions.EDIT)
    target_set = locked_draft(target_set_id)
    text = text.replace("\0", "").strip()
    longest = whole(law_on(timezone.localdate()), LENGTH)
    if len(text) > longest:
        raise InputError(f"答复有 {len(text)} 个字，至多 {longest} 个", where="答复", how="请只写理由")
    mark = fingerprint.replace("\0", "")
    finding = target_set.findings.filter(fingerprint=mark).first() if mark else None
    if finding is None:
        raise InputError("这条审核意见已经没有了", how="请刷新页面查看现在的意见", status=409)
    if finding.severity == Severity.ERROR:
        raise InputError("错误必须改正，不能以答复代替", how="请打开项目改正", status=409)
    before = {each.fingerprint: each for each in target_set.answers.filter(rule=finding.rule)}
    chosen = [finding]
    if alike and text:
        same = target_set.findings.filter(rule=finding.rule).exclude(pk=finding.pk)
        chosen += [each for each in same if each.fingerprint not in before]
    marks = [each.fingerprint for each in chosen]
    target_set.answers.filter(fingerprint__in=marks).delete()
    if text:
        _write(target_set, chosen, text, actor)
    record(
        events.ANSWERED,
        events.set_subject(target_set),
        {each.message[:200]: before[each.fingerprint].text for each in chosen if each.fingerprint in before},
        {each.message[:200]: text for each in chosen} if text else {},
        reason=f"规则 {finding.rule}，{len(chosen)} 条",
    )
    return len(chosen)


def _write(target_set: models.TargetSet, chosen: Iterable[models.Finding], text: str, actor: User) -> None:
    models.Answer.objects.bulk_create(
        models.Answer(
            target_set=target_set,
            fingerprint=each.fingerprint,
            rule=each.rule,
            text=text,
            answered_by=actor.username,
            answered_name=actor.display_name,
        )
        for each in chosen
    )
