"""A hit in people's hands: assigned, explained, disposed of, appealed against, decided."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from itertools import cycle
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from youju.foundation.audit.services import record
from youju.foundation.audit.verbs import Verb
from youju.foundation.identity.permissions import require
from youju.foundation.identity.selectors import organisation_codes, user_named
from youju.foundation.kernel.errors import InputError
from youju.foundation.kernel.subjects import Subject
from youju.foundation.policies import law_on
from youju.foundation.workflow.selectors import case
from youju.foundation.workflow.services import advance, lapse, start
from youju.rules.law import whole
from youju.rules.trade.risk.lifecycle import (
    APPEALED,
    ASKED,
    ASSIGNED,
    CLOSED,
    CONCLUSIONS,
    DISPOSED,
    FOUND,
    HIT_FLOW,
    STATES,
)
from youju.trade.declarations.selectors import registrars as declared_by
from youju.trade.orders.selectors import registrars as ordered_by
from youju.trade.risk import events, permissions
from youju.trade.risk.models import Hit
from youju.trade.risk.selectors.officers import officers

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

_LONGEST, _AT_ONCE = 2_000, 200


@transaction.atomic
def assign_hits(*, actor: User, hits: Iterable[int], to: str = "") -> int:
    """Give hits to somebody, or in turn to the officers of each hit's sections who have least of them; how many.

    Raises:
        PermissionDenied: the actor may not assign.
        InputError: none or too many at once, one of them gone (404), nobody there who may dispose of it (422), or it is beyond
            being assigned (409).
    """
    require(actor, permissions.ASSIGN)
    wanted = sorted(set(hits))
    if not wanted or len(wanted) > _AT_ONCE:
        raise InputError(
            "没有选预警，或者一次选得太多", where="预警", how=f"请选 1 到 {_AT_ONCE} 条", status=422
        )
    rows = list(Hit.objects.select_for_update().filter(pk__in=wanted).order_by("pk"))
    if len(rows) != len(wanted):
        raise InputError("其中有的预警没有了", where="预警", how="请刷新列表", status=404)
    people = officers(actor)
    named = _officer(people, to) if to else None
    turns: dict[tuple[str, ...], Any] = {}
    for row in rows:
        if row.state not in {FOUND, ASSIGNED}:
            raise InputError(
                f"预警 {row.pk} {STATES[row.state]}，不能再分派", where="预警", how="请去掉这一条", status=409
            )
        key = tuple(sorted(row.sections))
        if named is None and key not in turns:
            turns[key] = cycle(_in_turn(people, key))
        _assign(row, actor, named or next(turns[key]))
    return len(rows)


@transaction.atomic
def ask_party(*, actor: User, hit: int, reason: str, expected: int | None = None) -> Hit:
    """Open a hit to the party and ask it to explain.

    Raises:
        PermissionDenied: the actor does not dispose of hits, or not of this one.
        InputError: none such (404); not in hand, or changed meanwhile (409); the party has no account, or no words (422).
    """
    require(actor, permissions.DISPOSE)
    row = _held(hit, expected)
    if not row.organisations:
        raise InputError(
            "这条预警的主体没有可以登录的单位", where="主体", how="请电话联系后直接处置", status=422
        )
    words = _worded(reason, "要说明什么")
    codes = organisation_codes(row.organisations)
    row.opened_at = row.opened_at or timezone.now()
    _step(row, "ask", actor, words, waits_at=list(codes.values()))
    return _kept(row, ASKED, events.ASKED, {"reason": words}, "opened_at")


@transaction.atomic
def answer_hit(*, actor: User, hit: int, words: str, expected: int | None = None) -> Hit:
    """The party explains.

    Raises:
        PermissionDenied: the actor is not of the party.
        InputError: none such that was opened to the party (404), not asked (409), no words (422).
    """
    require(actor, permissions.APPEAL)
    row = _own(actor, hit, expected)
    row.explanation = _worded(words, "说明")
    officer = user_named(row.assigned_to)
    _step(row, "answer", actor, row.explanation, assigned=officer)
    return _kept(row, ASSIGNED, events.ANSWERED, {"explanation": row.explanation}, "explanation")


@transaction.atomic
def dispose_hit(*, actor: User, hit: int, conclusion: str, grounds: str, expected: int | None = None) -> Hit:
    """Conclude: genuine, false alarm, explained, referred to customs; with the grounds. The party may see and appeal from now on.

    Raises:
        PermissionDenied: the actor does not dispose of hits, or registered what it is about.
        InputError: none such (404), not in hand or changed meanwhile (409), no such conclusion or no grounds (422).
    """
    require(actor, permissions.DISPOSE)
    row = _held(hit, expected)
    if conclusion not in CONCLUSIONS:
        raise InputError("请选处置结论", where="结论", how="、".join(CONCLUSIONS.values()), status=422)
    if actor.username in registrars_of(row):
        raise PermissionDenied("这条预警涉及您自己登记的单证，请由别人处置。")
    row.grounds = _worded(grounds, "依据")
    row.conclusion, row.disposed_by, row.disposed_at = conclusion, actor.username, timezone.now()
    row.opened_at = row.opened_at or row.disposed_at
    _step(row, "dispose", actor, row.grounds)
    told = {"conclusion": CONCLUSIONS[conclusion], "grounds": row.grounds}
    names = ("grounds", "conclusion", "disposed_by", "disposed_at", "opened_at")
    return _kept(row, DISPOSED, events.DISPOSED, told, *names)


@transaction.atomic
def appeal_hit(*, actor: User, hit: int, words: str, expected: int | None = None) -> Hit:
    """The party does not accept the conclusion.

    Raises:
        PermissionDenied: the actor is not of the party.
        InputError: none such that was opened to the party (404), not disposed of (409), too late or no words (422).
    """
    require(actor, permissions.APPEAL)
    row = _own(actor, hit, expected)
    days = whole(law_on(timezone.localdate()), "trade.risk.appeal_days")
    if row.disposed_at and timezone.now() > row.disposed_at + timedelta(days=days):
        raise InputError(f"处置已经过了 {days} 天", where="申诉", how="请联系服务中心", status=422)
    row.appeal, row.appealed_at = _worded(words, "申诉理由"), timezone.now()
    _step(row, "appeal", actor, row.appeal)
    return _kept(row, APPEALED, events.APPEALED, {"appeal": row.appeal}, "appeal", "appealed_at")


@transaction.atomic
def decide_appeal(
    *, actor: User, hit: int, decision: str, conclusion: str = "", expected: int | None = None
) -> Hit:
    """Answer an appeal: the conclusion stays, or becomes another one. Not by who disposed of it.

    Raises:
        PermissionDenied: the actor does not decide, or disposed of it.
        InputError: none such (404), not under appeal or changed meanwhile (409), no such conclusion or no words (422).
    """
    require(actor, permissions.DECIDE)
    row = _held(hit, expected)
    if conclusion and conclusion not in CONCLUSIONS:
        raise InputError("没有这种结论", where="结论", how="、".join(CONCLUSIONS.values()), status=422)
    row.decision = _worded(decision, "答复")
    changed = bool(conclusion) and conclusion != row.conclusion
    _step(row, "change" if changed else "uphold", actor, row.decision)
    if changed:
        row.conclusion = conclusion
    told = {"decision": row.decision, "conclusion": CONCLUSIONS[row.conclusion]}
    return _kept(row, CLOSED, events.DECIDED, told, "decision", "conclusion")


@transaction.atomic
def close_old() -> int:
    """Hits whose time for an appeal has run out, for the night; how many."""
    now = timezone.now()
    days = whole(law_on(timezone.localdate(now)), "trade.risk.appeal_days")
    rows = list(
        Hit.objects.select_for_update().filter(state=DISPOSED, disposed_at__lt=now - timedelta(days=days))[
            :_LONGEST
        ]
    )
    for row in rows:
        lapse(flow=HIT_FLOW, subject=subject_of(row), transition="expire")
    Hit.objects.filter(pk__in=[row.pk for row in rows]).update(state=CLOSED)
    return len(rows)


def registrars_of(row: Hit) -> set[str]:
    """Who registered or made the orders and declarations that a hit is about. Two queries at most."""
    places = [place.split(":", 1) for place in row.places]
    orders = [key for kind, key in places if kind == "order"]
    declared = [key for kind, key in places if kind == "declaration"]
    return (ordered_by(orders) if orders else set()) | (declared_by(declared) if declared else set())


def subject_of(row: Hit) -> Subject:
    """A hit as the trail and the to-do list name it."""
    return Subject(events.HIT_KIND, str(row.pk), f"{row.rule} 预警 {row.pk}")


def _assign(row: Hit, actor: User, officer: User) -> None:
    subject = subject_of(row)
    if case(subject) is None:
        start(flow=HIT_FLOW, subject=subject, actor=actor)
    advance(flow=HIT_FLOW, subject=subject, transition="assign", actor=actor, assigned=officer)
    before = row.assigned_to
    row.assigned_to = officer.username
    _kept(row, ASSIGNED, events.ASSIGNED, {"assigned_to": officer.display_name}, "assigned_to", before=before)


def _officer(people: Sequence[User], username: str) -> User:
    found = next((each for each in people if each.username == username), None)
    if found is None:
        raise InputError("承办人不能处置预警", where="承办人", how="请从名单里选", status=422)
    return found


def _in_turn(people: Sequence[User], sections: Sequence[str]) -> list[User]:
    """Who may dispose of hits of these sections, who has least in hand first."""
    fit = [each for each in people if not sections or set(sections) & set(each.sections)]
    if not fit:
        raise InputError(
            "受理科室没有能处置预警的人", where="承办人", how="请指定一位承办人，或请管理员授权", status=422
        )
    load = {each.username: 0 for each in fit}
    held = Hit.objects.filter(assigned_to__in=load, state__in=(ASSIGNED, ASKED))
    for name in held.values_list("assigned_to", flat=True):
        load[name] += 1
    return sorted(fit, key=lambda each: (load[each.username], each.username))


def _held(hit: int, expected: int | None) -> Hit:
    row = Hit.objects.select_for_update().filter(pk=hit).first()
    if row is None:
        raise InputError("没有这条预警", how="请从列表里打开", status=404)
    if expected is not None and row.revision != expected:
        raise InputError("这条预警刚才有人办理过", where="预警", how="请刷新页面再办理", status=409)
    if row.state == FOUND:
        raise InputError("这条预警还没有分派", where="预警", how="请先分派", status=409)
    return row


def _own(actor: User, hit: int, expected: int | None) -> Hit:
    row = _held(hit, expected)
    if actor.organisation_id not in row.organisations or row.opened_at is None:
        raise PermissionDenied("这条预警不是您单位的，或者没有向您单位公开。")
    return row


def _step(row: Hit, step: str, actor: User, reason: str, **more: Any) -> None:
    advance(flow=HIT_FLOW, subject=subject_of(row), transition=step, actor=actor, reason=reason, **more)


def _kept(row: Hit, state: str, verb: Verb, after: dict[str, Any], *names: str, before: str = "") -> Hit:
    was = {"state": STATES[row.state]} | ({"assigned_to": before} if before else {})
    row.state = state
    row.revision += 1
    row.save(update_fields=[*names, "state", "revision"])
    record(verb, subject_of(row), was, {"state": STATES[state], **after})
    return row


def _worded(words: str, where: str) -> str:
    text = words.replace("\0", "").strip()[:_LONGEST]
    if not text:
        raise InputError(f"没有写{where}", where=where, how="请写清楚事实和理由", status=422)
    return text
