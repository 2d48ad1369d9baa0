"""Reading replies: each once, in any order. A reply's row, its step and its mark are one transaction; then the file goes aside.

A repeated reply does nothing; one that comes too early is kept and applied in its turn; one that contradicts what is known is
refused and shown. What cannot be read, or is about nothing of ours, goes to ``poison/`` with the reason.
"""

from __future__ import annotations

import hashlib
import logging
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.foundation.policies import law_on
from youju.foundation.workflow.services import follow
from youju.rules.law import whole
from youju.rules.trade.declarations.lifecycle import DECLARATION_FLOW, REJECTED
from youju.rules.trade.declarations.replies import RESULTS, Notice, Standing, Turn, Verdict, judge
from youju.trade.declarations import permissions
from youju.trade.declarations.exchange import Exchange, Incoming
from youju.trade.declarations.exchange.replies import UnreadableReply, key_of, read_reply
from youju.trade.declarations.models import Declaration, Message
from youju.trade.declarations.services.changing import entered, noted
from youju.trade.declarations.services.held import held_if_there, subject_of

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

logger = logging.getLogger(__name__)
SOURCE = "海关回执"
_STATES = {Turn.APPLY: "read", Turn.KEEP: "kept", Turn.PAST: "read", Turn.REFUSE: "refused"}


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of a reply: ``state`` as in ``Message``, ``repeated`` where it was there before, why in Chinese."""

    message: int
    state: str
    repeated: bool
    text: str


@dataclass(slots=True)
class Round:
    """One look into what came: how many replies were new, repeated, kept for their turn, refused, unreadable, left alone."""

    read: int = 0
    repeated: int = 0
    kept: int = 0
    refused: int = 0
    poison: int = 0
    left: int = 0

    def as_json(self) -> dict[str, int]:
        """The counts by name."""
        return asdict(self)


def hand_in_reply(*, actor: User, content: bytes) -> Receipt:
    """A reply that a gateway hands in; by the reply's own words it counts once, however often it is handed in.

    Raises:
        PermissionDenied: the actor may not.
        InputError: it is too large (413), cannot be read (422), or is about no declaration that the actor reaches (404).
    """
    require(actor, permissions.REPLY)
    most = whole(law_on(timezone.localdate()), "trade.declarations.max_reply_bytes")
    if len(content) > most:
        raise InputError(f"回执超过 {most} 字节", how="请核对接入程序", status=413)
    return receive(content, name="")


def receive(content: bytes, *, name: str, now: datetime | None = None) -> Receipt:
    """Take a reply in.

    Raises:
        UnreadableReply: it cannot be read.
        InputError: it is about no declaration here (404).
    """
    notice, moment = read_reply(content), now or timezone.now()
    return _repeated(notice, moment) or _take(notice, content, name, moment)


def read_incoming(exchange: Exchange, *, now: datetime | None = None) -> Round:
    """Read what lies in the exchange. May be killed at any step and run again, also by two at once.

    Raises:
        Exception: what went wrong with one reply for no fault of its own, after all others were read; its file stays.
    """
    law = law_on(timezone.localdate())
    most = whole(law, "trade.declarations.max_reply_bytes")
    settle = whole(law, "trade.declarations.settle_seconds")
    rest = whole(law, "trade.declarations.replies_at_once")
    done, fault = Round(), None
    for found in exchange.incoming():
        if rest <= 0:
            break
        rest -= 1
        try:
            _read_one(exchange, found, done, most, settle, now)
        except Exception as error:
            logger.exception("reply %r", found.name)
            fault = fault or error
    if fault:
        raise fault
    return done


def _read_one(  # noqa: PLR0917 - one look
    exchange: Exchange, found: Incoming, done: Round, most: int, settle: int, now: datetime | None
) -> None:
    content = b""
    try:
        if found.size > most:
            raise InputError(f"回执有 {found.size} 字节，超过 {most} 字节，没有读取", how="请核对接入程序")
        read = exchange.read(found.name, most)
        if read is None:
            return
        content = read
        receipt = receive(content, name=found.name, now=now)
    except InputError as error:
        if isinstance(error, UnreadableReply) and error.cut and found.age < settle:
            done.left += 1
            return
        kept = exchange.poison(found.name, str(error))
        if kept:
            poisoned(kept, content[:most], str(error), now or timezone.now())
            done.poison += 1
        return
    exchange.archive(found.name)
    if receipt.repeated:
        done.repeated += 1
    else:
        setattr(done, receipt.state, getattr(done, receipt.state) + 1)


def poison_key(kept: str) -> str:
    """What makes a file in the poison one row, by the name under which it lies there."""
    return f"poison/{hashlib.sha256(kept.encode()).hexdigest()}"


@transaction.atomic
def poisoned(kept: str, content: bytes, why: str, now: datetime) -> None:
    """Show a file that lies in the poison. Should we be killed before this, ``note_poison`` finds the file."""
    sha256 = hashlib.sha256(content).hexdigest()
    values = {"state": "refused", "kind": "poison", "name": kept, "text": why, "sha256": sha256}
    row, new = Message.objects.get_or_create(
        direction="in",
        key=poison_key(kept),
        defaults=values | {"content": content, "attempts": 1, "created_at": now},
    )
    if not new:
        Message.objects.filter(pk=row.pk).update(
            **values, content=content, attempts=row.attempts + 1, created_at=now
        )


def _repeated(notice: Notice, now: datetime) -> Receipt | None:
    """Most of what comes again was read before: that is seen without holding anything. ``None`` where it was not."""
    rows = Message.objects.filter(direction="in", key=key_of(notice), state="read")
    there = rows.values_list("pk", "declaration_id", "text").first()
    if there is None or there[1] is None:
        return None
    rows.update(attempts=F("attempts") + 1)
    _answered(there[1], notice, now)
    return Receipt(there[0], "read", repeated=True, text=there[2])


@transaction.atomic
def _take(notice: Notice, content: bytes, name: str, now: datetime) -> Receipt:
    row = held_if_there(notice.client)
    if row is None:
        raise InputError(f"没有申报单 {notice.client}", how="请核对是不是别的单位的回执", status=404)
    key = key_of(notice)
    there = Message.objects.select_for_update().filter(direction="in", key=key).first()
    _answered(row.pk, notice, now)
    if there is not None and there.state != "refused":
        Message.objects.filter(pk=there.pk).update(attempts=there.attempts + 1)
        return Receipt(there.pk, there.state, repeated=True, text=there.text)
    made = there or Message(
        declaration=row,
        direction="in",
        key=key,
        kind=notice.result,
        name=name[:160].encode("utf-8", "backslashreplace").decode(),
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
        position=notice.position,
        created_at=now,
    )
    made.attempts += 1
    _settle(row, made, notice, now)
    if made.state == "read":
        apply_kept(row, now=now)
    return Receipt(made.pk, made.state, repeated=False, text=made.text)


def apply_kept(row: Declaration, *, now: datetime | None = None) -> int:
    """Apply to a held declaration the kept replies whose turn has come, until none has; how many."""
    applied, progress = 0, True
    while progress:
        progress = False
        waiting = Message.objects.select_for_update(of=("self",)).filter(
            declaration=row, direction="in", state="kept"
        )
        for made in list(waiting.order_by("position", "pk")):
            _settle(row, made, read_reply(bytes(made.content)), now or timezone.now())
            if made.state != "kept":
                applied, progress = applied + 1, True
    return applied


def judge_again(row: Declaration, made: Message, now: datetime) -> str:
    """Judge a refused reply of a held declaration anew, as what is known may have been corrected; its state then."""
    _settle(row, made, read_reply(bytes(made.content)), now)
    if made.state == "read":
        apply_kept(row, now=now)
    return made.state


def _settle(row: Declaration, made: Message, notice: Notice, now: datetime) -> None:
    verdict = judge(_standing(row), notice)
    if verdict.turn is Turn.APPLY:
        try:
            with transaction.atomic():
                _apply(row, notice, verdict)
        except InputError as error:  # another declaration bears the number, or the case stands elsewhere
            row.refresh_from_db()
            verdict = Verdict(Turn.REFUSE, why=str(error))
    made.state, made.text = _STATES[verdict.turn], verdict.why or RESULTS[notice.result]
    made.done_at = None if made.state == "kept" else now
    made.save()


def _standing(row: Declaration) -> Standing:
    read = Message.objects.filter(declaration=row, direction="in", state="read").exclude(position=None)
    return Standing(
        row.state,
        row.entry_number,
        row.sequence_number,
        frozenset(read.values_list("position", flat=True)),  # type: ignore[arg-type]
    )


def _apply(row: Declaration, notice: Notice, verdict: Verdict) -> None:
    numbers = {"entry_number": notice.entry_number, "sequence_number": notice.sequence_number}
    if not verdict.step:
        noted(row, **numbers)
        return
    target = DECLARATION_FLOW.transition(verdict.step).target
    view = follow(
        flow=DECLARATION_FLOW,
        subject=subject_of(row),
        transition=verdict.step,
        source=SOURCE,
        reason=notice.reason,
        # Customs goes on by itself; our people are asked where nothing comes, and where a rejected one must be mended.
        waits_at=None if target == REJECTED else (),
    )
    entered(row, view.state, at=notice.at, rejection=notice.reason, **numbers)


def _answered(declaration: int, notice: Notice, now: datetime) -> None:
    """Whatever customs says of a declaration, it has our message; to a question any reply is an answer."""
    Message.objects.filter(
        declaration_id=declaration, direction="out", state__in=["waiting", "sent", "unanswered"]
    ).update(state="answered", done_at=now, text=f"收到回执：{RESULTS[notice.result]}")
