"""A release: prepared, built anew, approved and published by another person, corrected by a new version, withdrawn."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils import timezone

from youju.foundation.audit.services import record
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.foundation.policies import law_on
from youju.foundation.workflow.selectors import log_of
from youju.foundation.workflow.services import advance, start
from youju.performance.disclosure import events, permissions
from youju.performance.disclosure.models import Release
from youju.performance.disclosure.selectors.providers import Ask
from youju.performance.disclosure.selectors.releases import release_of
from youju.performance.disclosure.services.building import build
from youju.performance.disclosure.services.refusing import checked, found
from youju.rules.performance.disclosure.contents import content_hash
from youju.rules.performance.disclosure.lifecycle import DRAFT, FLOW, INNER, KINDS, PUBLISHED, TARGETS

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

_REASON = 400
_LAST_MONTH = 12


@transaction.atomic
def prepare_release(
    *, actor: User, kind: str, year: int, until: date | None = None, reason: str = ""
) -> Release:
    """Put a release together. Figures are frozen now; what the rules find is kept beside it and stops its submission.

    Args:
        actor: who prepares it.
        kind: targets, progress or evaluation.
        year: the fiscal year.
        until: the last day whose data counts, none for targets; the year's end unless said.
        reason: for a version after the first: what is corrected and why; it will be public.

    Raises:
        PermissionDenied: the actor prepares no releases, or may not freeze figures.
        InputError: no such kind or no targets of the year, one is on its way already (409), ``until`` outside the year.
    """
    require(actor, permissions.PREPARE)
    if kind not in KINDS:
        raise InputError("没有这种公开内容", where="内容", how="请从列表里选择")
    if until is not None and until.year != year:
        raise InputError(f"截至日期不在 {year} 年", where="数据截至", how="请选这一年里的日子")
    ends = None if kind == TARGETS else until or date(year, _LAST_MONTH, 31)
    row = Release(
        kind=kind,
        year=year,
        until=ends,
        reason=reason.strip()[:_REASON],
        prepared_by=actor.username,
        prepared_name=actor.display_name[:50],
    )
    _fill(row, actor)
    same = Release.objects.filter(unit_key=row.unit_key, year=year, kind=kind)
    if same.filter(state__in=[DRAFT, "submitted"]).exists():
        raise InputError(f"{year} 年{KINDS[kind]}已有一份正在编制或待批准", how="请先办完那一份", status=409)
    last = same.order_by("-version").first()
    row.version = last.version + 1 if last else 1
    row.findings = [each.as_json() for each in found(row, "prepare", actor=actor)]
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise InputError("同样的公开内容刚刚已经有人在编制", how="请刷新列表", status=409) from error
    subject = events.subject_of(row)
    start(flow=FLOW, subject=subject, actor=actor, organisation=actor.organisation.code)
    told = {"kind": row.kind, "year": year, "version": row.version, "content_hash": row.content_hash, "reason": row.reason,
            "figures": len(row.content["figures"])}  # fmt: skip
    record(events.PREPARED, subject, None, told)
    return row


@transaction.atomic
def refresh_release(*, actor: User, release_id: int, reason: str | None = None) -> Release:
    """Build a draft anew from the data of now; ``reason`` puts the reason of a correction right.

    Raises:
        PermissionDenied: the actor prepares no releases.
        InputError: no such release (404), or it is no draft any more (409).
    """
    require(actor, permissions.PREPARE)
    row = _locked(actor, release_id)
    if row.state != DRAFT:
        raise InputError("已提交的公开内容不能再改", where=str(row), how="请先撤回", status=409)
    before = {"content_hash": row.content_hash, "reason": row.reason}
    if reason is not None:
        row.reason = reason.strip()[:_REASON]
    _fill(row, actor)
    row.prepared_by, row.prepared_name, row.prepared_at = (
        actor.username,
        actor.display_name[:50],
        timezone.now(),
    )
    row.findings = [each.as_json() for each in found(row, "prepare", actor=actor)]
    row.save()
    record(
        events.REFRESHED,
        events.subject_of(row),
        before,
        {"content_hash": row.content_hash, "reason": row.reason},
    )
    return row


@transaction.atomic
def step_release(*, actor: User, release_id: int, step: str, reason: str = "", expected: str = "") -> Release:
    """Submit, publish, send back, recall, drop or withdraw.

    Raises:
        PermissionDenied: no permission for the step, or the same person prepared it.
        InputError: no such release (404), the step does not lead on from here (409), a reason is missing.
        ReleaseRefusedError: the rules stop it.
    """
    require(actor, permissions.VIEW)
    row = _locked(actor, release_id)
    if step in INNER:
        raise InputError("没有这个步骤", how="请刷新页面后重试", status=422)
    subject, before = events.subject_of(row), row.state
    if step == "submit":
        checked(row, "prepare", actor=actor)
    if step == "publish":
        require(actor, permissions.PUBLISH)
        hands = tuple(dict.fromkeys([row.prepared_by, *(each.by for each in log_of(subject))]))
        checked(row, "publish", actor=actor, hands=hands)
    if step == "withdraw":
        least = law_on(timezone.localdate())["performance.disclosure.reason_least"]
        if len(reason.strip()) < int(str(least)):
            raise InputError(
                f"撤下的理由至少写 {least} 个字", where="理由", how="请写明为什么撤下，理由会公开"
            )
    if step == "publish":
        _replace(row, actor)
    case = advance(flow=FLOW, subject=subject, transition=step, actor=actor, reason=reason, expected=expected)
    row.state = case.state
    if step == "publish":
        row.published_by, row.published_name, row.published_at = (
            actor.username,
            actor.display_name[:50],
            timezone.now(),
        )
        record(
            events.PUBLISHED,
            subject,
            {"state": before},
            {"state": row.state, "content_hash": row.content_hash},
        )
    if step == "withdraw":
        row.closing, row.closed_at = reason.strip()[:_REASON], timezone.now()
        record(events.CLOSED, subject, {"state": before}, {"state": row.state, "closing": row.closing})
    row.save()
    return row


def _replace(row: Release, actor: User) -> None:
    """The version that was public gives way to this one."""
    old = (
        Release.objects.select_for_update()
        .filter(unit_key=row.unit_key, year=row.year, kind=row.kind, state=PUBLISHED)
        .first()
    )
    if old is None:
        return
    case = advance(
        flow=FLOW, subject=events.subject_of(old), transition="replace", actor=actor, reason=row.reason
    )
    old.state, old.closing, old.closed_at = case.state, row.reason, timezone.now()
    old.save()


def _fill(row: Release, actor: User) -> None:
    law = law_on(timezone.localdate())
    made = build(Ask(actor, row.kind, row.year, row.until), law)
    row.content, row.unit_key, row.unit_name, row.due_on = (
        made.content,
        made.unit_key,
        made.unit_name,
        made.due_on,
    )
    row.content_hash = content_hash({name: each for name, each in made.content.items() if name != "notes"})
    row.policy_hash = law.hash


def _locked(actor: User, release_id: int) -> Release:
    return Release.objects.select_for_update().get(pk=release_of(actor, release_id).pk)
