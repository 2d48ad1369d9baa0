"""Appeals and repairs: asked by the party, checked by the centre, decided by the head; then the score is made anew."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, BinaryIO

from django.db import connection, transaction
from django.utils import timezone

from youju.foundation.audit.services import record
from youju.foundation.files.services import attach, keep
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.context import reaching_all
from youju.foundation.kernel.errors import InputError
from youju.foundation.kernel.subjects import Subject
from youju.foundation.workflow.selectors import log_of
from youju.foundation.workflow.services import advance, start
from youju.rules.trade.credit.facts import AppealFacts, RepairFacts
from youju.rules.trade.credit.lifecycle import APPEAL, CHECKED, FLOWS, PLEAS, SUBMITTED, UPHELD
from youju.trade.credit import events, permissions
from youju.trade.credit.facts import mark_of, policy_from
from youju.trade.credit.models import Plea, Score, SetAside
from youju.trade.credit.selectors.evidence import evidence
from youju.trade.credit.selectors.pleas import plea_of
from youju.trade.credit.services.refusing import checked
from youju.trade.credit.services.rescoring import score_again

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

File = tuple[bytes | BinaryIO, str]
_OPEN = (SUBMITTED, CHECKED)
_TEXT = 1000


def submit_plea(
    *,
    actor: User,
    kind: str,
    party_id: int,
    mark: str,
    reason: str,
    files: Sequence[File] = (),
    month: str = "",
) -> Plea:
    """Ask that a record be looked at again (``appeal``) or count no more since it was mended (``repair``).

    Args:
        actor: somebody of the party.
        kind: ``appeal`` or ``repair``.
        party_id: the party.
        mark: the record, as the score names it.
        reason: why, in words.
        files: contents with names that prove it.
        month: the score that is contested, ``2023-12``; the latest unless said.

    Raises:
        PermissionDenied: the actor may not appeal.
        InputError: no score of the actor's own with the record (404), a file that cannot be taken.
        CreditRefusedError: what the rules CRD-001…011 found.
    """
    require(actor, permissions.APPEAL)
    if kind not in PLEAS:
        raise InputError("没有这种申请", where="种类", how="请从得分页面重新选择", status=404)
    kept = [keep(content, name=name, purpose="evidence") for content, name in files]
    with transaction.atomic():
        row = _contested(actor, party_id, month)
        told = {mark_of(each): each for each in row.evidence}.get(mark)
        if told is None:
            raise InputError("得分里没有这条记录", where="记录", how="请从得分明细里选择", status=404)
        today = timezone.localdate()
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_advisory_xact_lock(hashtextextended('credit plea ' || %s, 0))", [party_id]
            )
        checked(_facts(kind, row, mark, told, reason, len(kept), today))
        with connection.cursor() as cursor:
            cursor.execute("SELECT nextval('credit_plea_number')")
            serial = cursor.fetchone()[0]
        plea = Plea.objects.create(
            number=f"{'SS' if kind == APPEAL else 'XF'}{today:%Y}{serial:05d}", kind=kind, party_id=party_id,
            organisation_id=row.organisation_id, sections=row.sections, name=row.name, score=row, mark=mark, record=told,
            reason=reason.replace("\0", "").strip()[:_TEXT], state=SUBMITTED, asked_by=[actor.username],
        )  # fmt: skip
        subject = events.plea_subject(plea)
        for each in kept:
            attach(sha256=each.sha256, subject=subject, name=each.name, role="evidence")
        start(flow=FLOWS[kind], subject=subject, actor=actor, organisation=actor.organisation.code)
        advance(flow=FLOWS[kind], subject=subject, transition="submit", actor=actor)
    return plea


def _contested(actor: User, party_id: int, month: str) -> Score:
    rows = Score.objects.filter(party_id=party_id, current=True, organisation_id=actor.organisation_id)
    if month:
        try:
            rows = rows.filter(snapshot__month=date.fromisoformat(f"{month}-01"))
        except ValueError:
            rows = rows.none()
    found = rows.select_related("snapshot").order_by("-snapshot__month").first()
    if found is None:
        raise InputError("没有这个主体的得分", how="请从“我的信用”重新选择", status=404)
    return found


def _facts(  # noqa: PLR0917 - what a plea hangs on
    kind: str, row: Score, mark: str, told: dict[str, Any], reason: str, files: int, today: date
) -> AppealFacts | RepairFacts:
    counted = any(mark in item["against"] for item in row.items)
    aside = SetAside.objects.filter(party_id=row.party_id, mark=mark).exists()
    waiting = Plea.objects.filter(party_id=row.party_id, mark=mark, state__in=_OPEN).count()
    if kind == APPEAL:
        return AppealFacts(
            "submit", today, row.snapshot.day, timezone.localdate(row.scored_at), counted, aside, waiting, reason, files
        )  # fmt: skip
    day = date.fromisoformat(told["day"])
    known = evidence(policy_from(row.snapshot.policy), today, [row.party_id]).get(row.party_id, ())
    later = tuple(
        each.day for each in known if each.kind == told["kind"] and each.mark != mark and each.day >= day
    )
    return RepairFacts("submit", today, told["kind"], day, later, counted, aside, waiting, reason, files)


@transaction.atomic
def take_plea_step(*, actor: User, plea_id: int, step: str, reason: str = "", expected: str = "") -> Plea:
    """Check, uphold, refuse or withdraw. Upheld, the record counts no more and the scores are made anew.

    Raises:
        PermissionDenied: no permission for the step, or two-person control bars the actor.
        InputError: none of the kind (404), the step does not lead on from here (409), a reason is missing.
        CreditRefusedError: CRD-005, CRD-011.
    """
    seen = plea_of(actor, plea_id)
    row = Plea.objects.select_for_update().get(pk=seen.pk)
    subject, flow = events.plea_subject(row), FLOWS[row.kind]
    if step in ("uphold", "refuse"):
        require(actor, permissions.DECIDE)
        checked(_deciding(row, actor))
    case = advance(flow=flow, subject=subject, transition=step, actor=actor, reason=reason, expected=expected)
    row.state, told = case.state, reason.replace("\0", "").strip()[:_TEXT]
    if step == "check":
        row.checked_by, row.finding = _hands(subject, actor), told
    elif step in ("uphold", "refuse"):
        row.decided_by, row.decided_at, row.decision = _hands(subject, actor), timezone.now(), told
    row.save()
    if row.state == UPHELD and row.decided_at is not None:
        set_record_aside(row, row.decided_at, actor.username)
    return row


def set_record_aside(plea: Plea, moment: datetime, by: str) -> SetAside:
    """The record counts no more; the contested score and those after it (an appeal), or the latest alone (a repair), anew."""
    with reaching_all():
        aside = SetAside.objects.create(
            plea=plea, party_id=plea.party_id, organisation_id=plea.organisation_id, sections=plea.sections, mark=plea.mark,
            record=plea.record, reason=plea.decision, decided_by=by, decided_at=moment,
        )  # fmt: skip
        latest = Score.objects.filter(party_id=plea.party_id, current=True).order_by("-snapshot__month")
        first = plea.score.snapshot.month
        if plea.kind != APPEAL:
            first = latest.values_list("snapshot__month", flat=True).first() or first
    record(
        events.SET_ASIDE, events.plea_subject(plea), None, {"record": plea.mark, "way": PLEAS[plea.kind]}, reason=plea.decision
    )  # fmt: skip
    score_again(plea.party_id, first, moment, f"{PLEAS[plea.kind]} {plea.number}")
    return aside


def _deciding(row: Plea, actor: User) -> AppealFacts | RepairFacts:
    today, hands = timezone.localdate(), (*row.asked_by, *row.checked_by)
    if row.kind == APPEAL:
        return AppealFacts(
            "decide", today, today, today, True, False, 0, row.reason, 1, hands, actor.username
        )
    day = date.fromisoformat(row.record["day"])
    return RepairFacts(
        "decide", today, row.record["kind"], day, (), True, False, 0, row.reason, 1, hands, actor.username
    )


def _hands(subject: Subject, actor: User) -> list[str]:
    """The actor, and whom the actor stood in for."""
    last = log_of(subject)[-1]
    return [each for each in (last.by or actor.username, last.on_behalf_of) if each]
