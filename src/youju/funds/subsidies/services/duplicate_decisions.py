"""What people say of a hit at duplicates: confirmed, not a duplicate, to be looked at again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from youju.foundation.audit.services import record
from youju.foundation.identity.permissions import allowed
from youju.foundation.kernel.context import acting
from youju.foundation.kernel.errors import InputError
from youju.funds.subsidies import duplicate_events, permissions
from youju.funds.subsidies.models import Application, DuplicateHit, Opinion

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

State, Against = DuplicateHit.State, DuplicateHit.Against
VERDICTS = ("duplicate", "distinct", "reopen")
_LONGEST = 500


@transaction.atomic
def decide(
    *, actor: User, hit: int, verdict: str, why: str, against: str = "", expected: str = ""
) -> DuplicateHit:
    """Judge a hit. To clear hard evidence takes two: who reviews proposes it, another person who re-checks agrees.

    Args:
        verdict: ``duplicate``, ``distinct`` or ``reopen`` (for who re-checks).
        why: how it was looked into; kept with the hit.
        against: for ``duplicate``, which application gets nothing: ``first``, ``second`` or ``both``.
        expected: the state that the actor saw; another one now is refused (409).

    Raises:
        PermissionDenied: the actor reviews nothing, has an interest in one of the two, or proposed it itself.
        InputError: no such hit (404), it stands elsewhere (409), nothing said or no such verdict (422).
    """
    if not allowed(actor, permissions.REVIEW_CLAIMS) and not allowed(actor, permissions.RECHECK):
        raise PermissionDenied("只有审核补贴申请的人员才能判断重复线索。")
    words = " ".join(why.replace("\0", "").split())[:_LONGEST]
    if verdict not in VERDICTS:
        raise InputError(f"没有“{verdict[:20]}”这种判断", how="请刷新页面后重试", status=422)
    if not words:
        raise InputError("没有写判断的理由", where="理由", how="写明看了什么、怎样核对的", status=422)
    row = DuplicateHit.objects.select_for_update().filter(pk=hit).first()
    if row is None:
        raise InputError("没有这条重复线索", how="请从列表里打开", status=404)
    if row.state == State.GONE or (expected and row.state != expected):
        raise InputError(
            f"这条线索现在是“{row.get_state_display()}”", how="请刷新页面，看过以后再判断", status=409
        )
    _bar_interest(actor, row)
    before = row.get_state_display()
    if verdict == "reopen":
        _reopen(actor, row)
    elif verdict == "duplicate":
        _confirm(actor, row, against, words)
    else:
        _clear(actor, row, words)
    row.save()
    record(
        duplicate_events.HIT_DECIDED,
        duplicate_events.hit_subject(row),
        {"state": before},
        {"state": row.get_state_display()} | ({"against": row.get_against_display()} if row.against else {}),
        reason=words,
    )
    return row


def _confirm(actor: User, row: DuplicateHit, against: str, words: str) -> None:
    if row.state not in (State.OPEN, State.PROPOSED):
        raise InputError("这条线索已经判断过", how="先由复核人员重新打开", status=409)
    if against not in Against.values:
        raise InputError(
            "没有写明哪一份不予补助", where="不予补助的", how="选先申请的、后申请的或两份都", status=422
        )
    row.state, row.against, row.why = State.CONFIRMED, against, words
    row.proposed_by, row.decided_by, row.decided_at = "", actor.username, timezone.now()


def _clear(actor: User, row: DuplicateHit, words: str) -> None:
    if row.state == State.OPEN and row.hard:
        row.state, row.proposed_by, row.why = State.PROPOSED, actor.username, words
        return
    if row.state not in (State.OPEN, State.PROPOSED):
        raise InputError("这条线索已经判断过", how="先由复核人员重新打开", status=409)
    if row.state == State.PROPOSED:
        if row.proposed_by == actor.username:
            raise PermissionDenied("排除硬证据要两个人：您提出了排除，请由另一位复核人员确认。")
        if not allowed(actor, permissions.RECHECK):
            raise PermissionDenied("排除硬证据须由复核人员确认。")
        row.why = f"{row.why} 复核：{words}"[:_LONGEST]
    else:
        row.why = words
    row.state, row.decided_by, row.decided_at = State.CLEARED, actor.username, timezone.now()


def _reopen(actor: User, row: DuplicateHit) -> None:
    if not allowed(actor, permissions.RECHECK):
        raise PermissionDenied("重新打开判断过的线索须由复核人员办理。")
    if row.state == State.OPEN:
        raise InputError("这条线索还没有判断", how="直接写下判断", status=409)
    row.state, row.against, row.why = State.OPEN, "", ""
    row.proposed_by, row.decided_by, row.decided_at = "", "", None


def _bar_interest(actor: User, row: DuplicateHit) -> None:
    """Nobody judges a hit of its own organisation, or of an applicant with whom it has declared an interest."""
    with acting(reads="all"):
        two = [row.first.application_id, row.second.application_id]
        declared = Opinion.objects.filter(
            application__in=two, username=actor.username, conflict=True
        ).exists()
        own = (
            actor.organisation_id is not None
            and Application.objects.filter(pk__in=two, organisation=actor.organisation_id).exists()
        )
    if declared or own:
        raise PermissionDenied(
            "您与其中一个申请人有利害关系，不能判断这条线索；请转给另一位同事（CLM-008）。"
        )
