"""Award lists: a round is filled with applications that passed, frozen, made public, cleared and decided."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from youju.foundation.audit.services import record
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.foundation.policies import law_on
from youju.foundation.workflow.calendars import fixed_holidays
from youju.foundation.workflow.services import advance, advance_many, start
from youju.funds.subsidies import claim_events, permissions
from youju.funds.subsidies.models import Application, Award, AwardRound, ListVersion, RoundLine
from youju.funds.subsidies.selectors.claims import claims
from youju.funds.subsidies.selectors.rounds import list_case, list_of, round_label, round_of
from youju.funds.subsidies.selectors.texts import issued_of, text_of
from youju.funds.subsidies.services.claim_computing import keep_computation
from youju.funds.subsidies.services.claim_numbers import next_number
from youju.funds.subsidies.services.refusing import refuse_errors
from youju.funds.subsidies.services.reviewing import bar_conflict
from youju.rules.funds.claims.judging import judge_list
from youju.rules.funds.claims.lifecycle import (
    AWARDED,
    CLAIM_FLOW,
    CLEARED,
    DROPPED,
    GATHERING,
    LISTED,
    PASSED,
    PUBLICISED,
    ROUND_FLOW,
    SHOWN,
)
from youju.rules.funds.claims.publishing import list_hash
from youju.rules.funds.subsidies.cents import pro_rata
from youju.rules.funds.subsidies.shapes import CostShare
from youju.rules.workflow.workdays import add_working_days

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Shown:
    """A list that was made public: its version, hash and days."""

    round: AwardRound
    version: ListVersion


@transaction.atomic
def open_round(*, actor: User, policy: str, numbers: Sequence[str] = ()) -> AwardRound:
    """Open a round of awards under a policy, filled with applications that passed (all of them where none is named).

    The round's budget is what the policy has and earlier rounds have not given.

    Raises:
        PermissionDenied: the actor publicises nothing.
        InputError: no such policy (404), or no application waits (409).
    """
    require(actor, permissions.PUBLICISE)
    waiting = claims(actor, policy=policy).filter(state=PASSED)
    if numbers:
        waiting = waiting.filter(number__in=list(numbers))
    first = waiting.order_by("pk").first()
    if first is None:
        raise InputError(
            "没有复核通过的申请", where=issued_of(policy).text.title, how="复核通过后再拟名单", status=409
        )
    text = text_of(first.text)
    row = AwardRound.objects.create(
        number=next_number("MD"),
        policy_code=policy,
        policy_title=first.policy_title,
        policy_hash=first.policy_hash,
        text=first.text,
        project=first.project,
        budget=text.budget - given_before(policy),
        created_by=actor.username,
    )
    subject = claim_events.round_subject(row)
    record(claim_events.ROUND_OPENED, subject, None, {"policy": row.policy_title, "budget": row.budget})
    start(flow=ROUND_FLOW, subject=subject, actor=actor)
    _add(actor, row, [each.number for each in waiting.filter(policy_hash=first.policy_hash)])
    return row


def given_before(policy: str) -> Decimal:
    """CNY that was decided under a policy so far."""
    given = Award.objects.filter(application__policy_code=policy).aggregate(given=Sum("amount"))["given"]
    return given or _ZERO


@transaction.atomic
def add_to_round(*, actor: User, number: str, applications: Sequence[str]) -> AwardRound:
    """Put more applications that passed into a round that is being gathered.

    Raises:
        PermissionDenied: the actor may not.
        InputError: no such round (404), it is public already, or an application does not fit (409).
    """
    row = _locked(actor, number, GATHERING)
    _add(actor, row, applications)
    return row


@transaction.atomic
def remove_from_round(*, actor: User, number: str, application: str, reason: str) -> AwardRound:
    """Take an application out of a round that is being gathered; it waits for another one.

    Raises:
        PermissionDenied, InputError: as :func:`add_to_round`.
    """
    row = _locked(actor, number, GATHERING)
    line = row.lines.filter(live=True, application__number=application).select_related("application").first()
    if line is None:
        raise InputError("名单里没有这份申请", where=application[:20], how="请刷新页面", status=404)
    take_out(actor, line, step="unlist", state=PASSED, reason=reason)
    share_round(row)
    return row


@transaction.atomic
def show_list(*, actor: User, number: str, reason: str = "", expected: str = "") -> Shown:
    """Freeze the list and make it public for the policy's working days, counted from tomorrow.

    Raises:
        PermissionDenied: the actor may not.
        InputError: no such round (404), it is not being gathered (409), or it is empty (409).
    """
    row = _locked(actor, number, GATHERING)
    share_round(row)
    lines = list(row.lines.filter(live=True).select_related("application"))
    if not lines:
        raise InputError("名单是空的", where=number, how="先列入复核通过的申请", status=409)
    shown = publish(actor, row, reason=reason)
    _move_all(actor, "publicise", PUBLICISED, lines)
    row.state = SHOWN
    row.save()
    advance(
        flow=ROUND_FLOW,
        subject=claim_events.round_subject(row),
        transition="show",
        actor=actor,
        expected=expected,
        due=shown.shown_until + timedelta(days=1),
    )
    return Shown(row, shown)


def publish(actor: User, row: AwardRound, *, reason: str = "", today: date | None = None) -> ListVersion:
    """Write the next version of a round's list as it stands; the round is saved by the caller."""
    day = today or timezone.localdate()
    days = text_of(row.text).publicity_days
    until = add_working_days(day, days, fixed_holidays())
    row.version += 1
    content = list_of(row)
    row.list_hash, row.shown_on, row.shown_until = list_hash(content), day, until.day
    row.save()
    version = ListVersion.objects.create(
        round=row,
        version=row.version,
        content=content,
        hash=row.list_hash,
        shown_on=day,
        shown_until=until.day,
        provisional=until.provisional,
        reason=reason.strip()[:2000],
        published_by=actor.username,
    )
    record(
        claim_events.LIST_SHOWN,
        claim_events.round_subject(row),
        None,
        {
            "version": row.version,
            "hash": row.list_hash,
            "lines": len(content["lines"]),
            "total": content["total"],
            "shown_on": day,
            "shown_until": until.day,
        },
        reason=version.reason,
    )
    return version


@transaction.atomic
def clear_round(*, actor: User, number: str, expected: str = "") -> AwardRound:
    """Say that the publicity is over and nothing stands against the list: the head decides next.

    Raises:
        PermissionDenied: the actor may not.
        InputError: no such round (404), it is not public (409).
        ClaimRefusedError: its days are not over (CLM-012), objections are open (CLM-013), the list has changed (CLM-014).
    """
    row = _locked(actor, number, SHOWN)
    refuse_errors(judge_list(list_case(row), law_on(timezone.localdate())))
    row.state = CLEARED
    row.save(update_fields=["state"])
    advance(
        flow=ROUND_FLOW,
        subject=claim_events.round_subject(row),
        transition="clear",
        actor=actor,
        expected=expected,
    )
    return row


@transaction.atomic
def award_round(*, actor: User, number: str, list_hash: str, expected: str = "") -> list[Award]:
    """Decide the awards of a cleared list, all of them or none. Who reviewed, re-checked or publicised may not decide.

    Args:
        list_hash: of the list that the actor read; another one now is refused (409).

    Raises:
        PermissionDenied: the actor may not decide, or took an earlier step.
        InputError: no such round (404), not cleared, or another list (409).
        ClaimRefusedError: the rules found something by now (CLM-012 to CLM-015).
    """
    row = _locked(actor, number, CLEARED, permission=permissions.AWARD)
    if row.list_hash != list_hash:
        raise InputError("名单与您看到的不同", where=number, how="请刷新页面，看过最新名单再决定", status=409)
    refuse_errors(judge_list(list_case(row), law_on(timezone.localdate())))
    lines = list(row.lines.filter(live=True, amount__gt=0).select_related("application").order_by("pk"))
    for line in lines:
        bar_conflict(actor, line.application)
    today = timezone.localdate()
    belongs = text_of(row.text).window.end - timedelta(days=1)
    awards = Award.objects.bulk_create(
        Award(
            application=line.application,
            round=row,
            amount=line.amount,
            decided_on=today,
            belongs_on=belongs,
            platform=is_platform(line.application),
            list_hash=row.list_hash,
        )
        for line in lines
    )
    _move_all(actor, "award", AWARDED, lines)
    row.state, row.decided_on = AWARDED, today
    row.decided_by, row.decided_name = actor.username, actor.display_name
    row.save()
    advance(
        flow=ROUND_FLOW,
        subject=claim_events.round_subject(row),
        transition="award",
        actor=actor,
        expected=expected,
    )
    return awards


@transaction.atomic
def take_round_step(
    *, actor: User, number: str, step: str, reason: str = "", expected: str = ""
) -> AwardRound:
    """``send_back`` a cleared list to be gathered anew (the head), or ``drop`` one that is being gathered.

    Raises:
        PermissionDenied: the actor may not.
        InputError: no such round (404) or step (422), or it does not lead on from here (409).
    """
    if step == "send_back":
        row = _locked(actor, number, CLEARED, permission=permissions.AWARD)
        row.state = GATHERING
        # The step is the head's; who gathers publicises every line anew.
        lines = list(row.lines.filter(live=True).select_related("application"))
        Application.objects.filter(pk__in=[each.application_id for each in lines]).update(state=LISTED)
        advance_many(
            flow=CLAIM_FLOW,
            subjects=[claim_events.claim_subject(each.application) for each in lines],
            transition="relist",
            actor=actor,
            reason=reason,
        )
    elif step == "drop":
        row = _locked(actor, number, GATHERING)
        row.state = DROPPED
        for line in row.lines.filter(live=True).select_related("application"):
            take_out(actor, line, step="unlist", state=PASSED, reason=reason)
    else:
        raise InputError(f"没有“{step[:40]}”这个步骤", how="请刷新页面后重试", status=422)
    row.save()
    advance(
        flow=ROUND_FLOW,
        subject=claim_events.round_subject(row),
        transition=step,
        actor=actor,
        reason=reason,
        expected=expected,
    )
    return row


def share_round(row: AwardRound) -> None:
    """Share the round's budget out among its lines: in full where it suffices, pro rata to the cent where it does not."""
    lines = list(row.lines.filter(live=True).order_by("pk"))
    # By a key of fixed width, so that equal remainders are told apart by who was listed first.
    shares = pro_rata({f"{line.pk:020d}": line.computed for line in lines}, max(row.budget, _ZERO))
    for line in lines:
        line.amount = shares[f"{line.pk:020d}"]
    RoundLine.objects.bulk_update(lines, ["amount"])


def take_out(actor: User, line: RoundLine, *, step: str, state: str, reason: str) -> None:
    """Take a line out of its list; the application moves to a state by a step of its flow."""
    line.live, line.gone_reason = False, reason.strip()[:2000]
    line.save(update_fields=["live", "gone_reason"])
    application = line.application
    application.state = state
    application.save(update_fields=["state"])
    advance(
        flow=CLAIM_FLOW,
        subject=claim_events.claim_subject(application),
        transition=step,
        actor=actor,
        reason=reason,
    )


def _add(actor: User, row: AwardRound, numbers: Iterable[str]) -> None:
    wanted = list(dict.fromkeys(numbers))
    seen = claims(actor, policy=row.policy_code).filter(number__in=wanted, policy_hash=row.policy_hash)
    keys = list(seen.filter(state=PASSED).values_list("pk", flat=True))
    if len(keys) != len(wanted):
        raise InputError(
            "有的申请还没有复核通过，或者不是同一政策同一版本的",
            where=row.number,
            how="请刷新页面重新选择",
            status=409,
        )
    found = list(Application.objects.select_for_update().filter(pk__in=keys).order_by("submitted_at", "pk"))
    for each in found:
        bar_conflict(actor, each)
        keep_computation(each, "list")
        RoundLine.objects.create(round=row, application=each, computed=each.amount, amount=each.amount)
    _move(actor, "list", LISTED, found)
    share_round(row)
    record(
        claim_events.ROUND_FILLED,
        claim_events.round_subject(row),
        None,
        {"applications": [each.number for each in found]},
    )


def _move_all(actor: User, step: str, state: str, lines: Sequence[RoundLine]) -> None:
    _move(actor, step, state, [line.application for line in lines])


def _move(actor: User, step: str, state: str, rows: Sequence[Application]) -> None:
    Application.objects.filter(pk__in=[each.pk for each in rows]).update(state=state)
    advance_many(
        flow=CLAIM_FLOW,
        subjects=[claim_events.claim_subject(each) for each in rows],
        transition=step,
        actor=actor,
    )


def _locked(actor: User, number: str, state: str, *, permission: object = None) -> AwardRound:
    require(actor, permission or permissions.PUBLICISE)  # type: ignore[arg-type]
    seen = round_of(actor, number)
    row = AwardRound.objects.select_for_update().get(pk=seen.pk)
    if row.state != state:
        raise InputError(
            f"批次 {number} 的状态是“{round_label(row)}”", how="请刷新页面，看过最新情况再办理", status=409
        )
    return row


def is_platform(row: Application) -> bool:
    """Whether a clause on costs of platforms gave something: a platform project was supported."""
    last = row.computations.order_by("-pk").first()
    given = {line["clause"] for line in (last.lines if last else []) if Decimal(line["amount"]) > 0}
    return any(
        isinstance(clause.shape, CostShare) and "platform" in clause.shape.kinds and clause.id in given
        for clause in text_of(row.text).clauses
    )
