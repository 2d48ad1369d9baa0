"""Drafting a policy: begin, save, read in from a file, begin the next version."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from youju.foundation.audit.services import record
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.foundation.kernel.subjects import Subject
from youju.foundation.workflow.services import start
from youju.funds.subsidies import events, permissions
from youju.funds.subsidies.models import Policy
from youju.rules.funds.subsidies.comparing import differences
from youju.rules.funds.subsidies.policy_lifecycle import DRAFT, OPEN, POLICY_FLOW
from youju.rules.funds.subsidies.reader import PolicyTextError
from youju.rules.funds.subsidies.reading import check_code, read_policy
from youju.rules.funds.subsidies.texts import PolicyText
from youju.rules.funds.subsidies.writing import plain_policy

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

_LARGEST = 200_000
"""Characters of a text in JSON: many times what forty clauses need."""


@transaction.atomic
def begin_policy(
    *, actor: User, code: str, text: Mapping[str, Any] | None = None, file: str = "", is_demo: bool = False
) -> Policy:
    """Begin the next version of a policy: of a new code, from a file, or from the latest version of the code.

    Args:
        actor: who drafts.
        code: the policy's code.
        text: plain data to begin with; left out, the latest version's text, or an empty draft.
        file: the name of the file from which the text came, for the trail.

    Raises:
        PermissionDenied: the actor does not draft policies.
        InputError: the code is not well formed (422), or a version of it is on its way (409).
    """
    require(actor, permissions.DRAFT)
    try:
        check_code(code)
    except PolicyTextError as error:
        raise InputError(error.what, where="编号", how=error.how) from error
    latest = Policy.objects.select_for_update().filter(code=code).order_by("-number").first()
    if latest is not None and latest.state in OPEN:
        raise InputError(f"“{latest}”还没有办完", where=code, how="先办完或作废它，再起草新版", status=409)
    data = dict(text) if text is not None else dict(latest.text) if latest else blank(code)
    row = Policy(
        code=code,
        number=latest.number + 1 if latest else 1,
        made_from=latest,
        created_by=actor.username,
        is_demo=is_demo,
    )
    fill(row, {**data, "code": code})
    row.save()
    subject = subject_of(row)
    start(flow=POLICY_FLOW, subject=subject, actor=actor)
    verb = events.POLICY_READ_IN if file else events.POLICY_BEGUN
    record(
        verb, subject, None, {"code": code, "number": row.number, "title": row.title, "file": file or None}
    )
    return row


@transaction.atomic
def save_policy(*, actor: User, policy_id: int, text: Mapping[str, Any], expected: int) -> Policy:
    """Keep what was typed; a draft may be unfinished. Nothing is written where nothing changed.

    Raises:
        PermissionDenied: the actor does not draft policies.
        InputError: none such (404), it is no draft any more or was changed meanwhile (409), or it is too long (422).
    """
    require(actor, permissions.DRAFT)
    row = held(policy_id)
    if row.state != DRAFT:
        raise InputError("不是草稿，不能改", where=str(row), how="请退回或起草新版", status=409)
    if row.revision != expected:
        raise InputError("已被别人改过", where=str(row), how="请刷新页面，再改您的部分", status=409)
    before, was = readable(row.text), row.sha256
    fill(row, {**text, "code": row.code})
    if row.sha256 == was:
        return row
    row.revision += 1
    row.changed_at = timezone.now()
    row.save()
    after = readable(row.text)
    said = (
        [f"{d.label}：{d.before or '（无）'} → {d.after or '（无）'}" for d in differences(before, after)]
        if before and after
        else []
    )
    record(
        events.POLICY_SAVED,
        subject_of(row),
        {"revision": row.revision - 1},
        {"revision": row.revision, "changes": "；".join(said) or None, "sha256": row.sha256},
    )
    return row


def held(policy_id: int) -> Policy:
    """The version, locked until the transaction ends; 404 where there is none."""
    row = Policy.objects.select_for_update().filter(pk=policy_id).first()
    if row is None:
        raise InputError("没有这项政策", how="请回到列表重新选择", status=404)
    return row


def fill(row: Policy, text: Mapping[str, Any]) -> None:
    """Put a text into a row, with what lists show of it."""
    canonical = json.dumps(text, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    if len(canonical) > _LARGEST:
        raise InputError("条文太长", where=row.code, how=f"至多 {_LARGEST} 字")
    row.text, row.sha256 = dict(text), hashlib.sha256(canonical.encode()).hexdigest()
    found = readable(text)
    row.title = str(text.get("title") or "")[:200]
    row.project = str(text.get("project") or "")[:40]
    row.window_from, row.window_to = (found.window.start, found.window.end) if found else (None, None)
    row.filing_from, row.filing_to = (found.filing.start, found.filing.end) if found else (None, None)
    row.budget = found.budget if found else None


def readable(text: Mapping[str, Any]) -> PolicyText | None:
    """A text as the rules take it, ``None`` while it cannot be read."""
    try:
        return read_policy(text)
    except PolicyTextError:
        return None


def blank(code: str) -> dict[str, Any]:
    """What an empty draft begins with."""
    return {"code": code, "eligible": {"roles": ["merchant"]}, "clauses": []}


def canonical_text(policy: PolicyText) -> dict[str, Any]:
    """A readable text in the order of its keys, as files have it."""
    return plain_policy(policy)


def subject_of(row: Policy) -> Subject:
    """A version as the trail and the workflow know it."""
    return Subject(events.POLICY_KIND, str(row.pk), str(row))
