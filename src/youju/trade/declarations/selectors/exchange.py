"""Reads of the exchange: messages and replies with their state in words. Row-level security shows each person the own ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Case, CharField, Count, F, Q, QuerySet, Value, When
from django.db.models.functions import Cast, Concat

from youju.foundation.identity.permissions import allowed, require
from youju.foundation.kernel.subjects import Subject
from youju.foundation.workflow.selectors import available
from youju.rules.trade.declarations.lifecycle import DECLARATION_FLOW, DECLARATION_KIND
from youju.rules.trade.declarations.replies import RESULTS
from youju.trade.declarations import permissions
from youju.trade.declarations.exchange.naming import MESSAGE, STATE_QUERY, split_client
from youju.trade.declarations.models import Declaration, Message

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

STATES = {
    "waiting": "待发送",
    "sent": "已发送，等回执",
    "answered": "已有回执",
    "unanswered": "没有回执",
    "read": "已读取",
    "kept": "等前面的回执",
    "refused": "异常",
    "returned": "已放回",
}
"""The states of messages and replies in words."""
KINDS = {
    MESSAGE: "报关单报文",
    STATE_QUERY: "状态询问",
    "poison": "无法读取的文件",
    **{result.value: f"回执：{label}" for result, label in RESULTS.items()},
}
"""What a message is."""
WAYS = {"out": "发出", "in": "收到"}
_SHOWN_BYTES = 20_000


@dataclass(frozen=True, slots=True)
class Board:
    """How many messages stand in each state that is not done; and since when the oldest waits to be sent."""

    waiting: int
    sent: int
    unanswered: int
    kept: int
    refused: int
    oldest: datetime | None


@dataclass(frozen=True, slots=True)
class MessagePage:
    """One message with its text, as far as it is shown, and the declaration that it is about."""

    row: Message
    declaration: str
    text: str
    whole: bool
    may_put_back: bool


@dataclass(frozen=True, slots=True)
class ExchangePage:
    """The messages of one declaration, newest first, and what the reader may do."""

    key: str
    number: str
    revision: int
    state: str
    label: str
    entry_number: str
    rows: Sequence[Message]
    may_send: bool
    may_send_again: bool
    may_correct: bool
    steps: Sequence[tuple[str, str, bool]]


def messages(
    *, actor: User, text: str = "", state: str = "", way: str = "", problems: bool = False
) -> QuerySet[Message]:
    """Messages and replies without their content, with ``client``: the declaration's number and version; unsorted.

    Args:
        actor: who asks.
        text: part of the declaration's number, the customs number or the file's name.
        state: a code of ``STATES``.
        way: ``out`` or ``in``.
        problems: only what somebody should look at: unanswered, kept, refused.

    Raises:
        PermissionDenied: the actor may not see declarations.
    """
    require(actor, permissions.VIEW)
    rows = Message.objects.defer("content")
    if text := text.replace("\0", "").strip():
        rows = rows.filter(
            Q(declaration__number__icontains=text)
            | Q(declaration__entry_number__startswith=text)
            | Q(name__icontains=text)
        )
    if state:
        rows = rows.filter(state=state)
    if way:
        rows = rows.filter(direction=way)
    if problems:
        rows = rows.filter(state__in=["unanswered", "kept", "refused"])
    return rows.annotate(client=_client())


def poison(*, actor: User) -> QuerySet[Message]:
    """What was refused and waits for somebody, without the content, unsorted.

    Raises:
        PermissionDenied: the actor may not see declarations.
    """
    return messages(actor=actor, state="refused", way="in")


def board(*, actor: User) -> Board:
    """The counts of what is not done.

    Raises:
        PermissionDenied: the actor may not see declarations.
    """
    require(actor, permissions.VIEW)
    return counts()


def counts() -> Board:
    """``board`` within the reach in force, for commands."""
    names = ("waiting", "sent", "unanswered", "kept", "refused")
    rows = Message.objects.filter(state__in=names)
    found = dict(rows.order_by().values_list("state").annotate(count=Count("pk")))
    oldest = rows.filter(state="waiting").order_by("created_at").values_list("created_at", flat=True).first()
    return Board(**{name: found.get(name, 0) for name in names}, oldest=oldest)


def message_page(*, actor: User, pk: int) -> MessagePage | None:
    """One message; ``None`` where the actor does not see it.

    Raises:
        PermissionDenied: the actor may not see declarations.
    """
    require(actor, permissions.VIEW)
    row = Message.objects.filter(pk=pk).annotate(client=_client()).first()
    if row is None:
        return None
    content = bytes(row.content)
    return MessagePage(
        row,
        row.client or "",
        content[:_SHOWN_BYTES].decode("utf-8", "replace"),
        len(content) <= _SHOWN_BYTES,
        row.state == "refused" and allowed(actor, permissions.SUPERVISE),
    )


def exchange_page(*, actor: User, key: str) -> ExchangePage | None:
    """The messages of one declaration (number and version); ``None`` where the actor does not see it.

    Raises:
        PermissionDenied: the actor may not see declarations.
    """
    require(actor, permissions.VIEW)
    found = split_client(key)
    row = Declaration.objects.filter(number=found[0], version=found[1]).first() if found else None
    if row is None:
        return None
    rows = list(Message.objects.defer("content").filter(declaration=row).order_by("-created_at", "-pk"))
    supervises = allowed(actor, permissions.SUPERVISE)
    takes_part = actor.organisation_id in row.organisations
    options = [each for each in available(Subject(DECLARATION_KIND, str(row)), actor) if not each.blocked]
    steps = [
        (each.code, each.label, each.reason_required)
        for each in options
        if DECLARATION_FLOW.transition(each.code).outside
    ]
    return ExchangePage(
        key=str(row),
        number=row.number,
        revision=row.revision,
        state=row.state,
        label=DECLARATION_FLOW.state(row.state).label,
        entry_number=row.entry_number,
        rows=rows,
        may_send=takes_part and any(each.code == "send" for each in options),
        may_send_again=supervises and any(each.state == "unanswered" for each in rows),
        may_correct=supervises and row.state in {"accepted", "inspection", "released"},
        steps=steps,
    )


def _client() -> Case:
    named = Concat(
        F("declaration__number"),
        Value("-"),
        Cast("declaration__version", CharField()),
        output_field=CharField(),
    )
    return Case(When(declaration__isnull=False, then=named), default=Value(""), output_field=CharField())
