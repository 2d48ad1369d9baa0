"""Sending a declaration: the state, the message and the wish to put it out are one transaction; a job puts the file out.

Whatever crashes, the file goes out with the name and content that were fixed when it was sent: a file put out and not yet
marked is put out again as the same file, and the receiver knows it by ``ClientSeqNo``.
"""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from youju.foundation.audit.services import record
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.foundation.workflow.services import advance
from youju.rules.trade.declarations.lifecycle import DECLARATION_FLOW
from youju.trade.declarations import events_exchange as events
from youju.trade.declarations import permissions
from youju.trade.declarations.exchange import Exchange
from youju.trade.declarations.exchange.naming import MESSAGE, client_of, file_name
from youju.trade.declarations.models import Declaration, Message
from youju.trade.declarations.services import exchanging
from youju.trade.declarations.services.bodies import message_of
from youju.trade.declarations.services.held import held, saved, subject_of

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


@transaction.atomic
def send_declaration(*, actor: User, key: str, reason: str = "", expected: int | None = None) -> Declaration:
    """Send a declaration that is in pre-entry: from here on it waits for customs and nobody else.

    Args:
        actor: who sends; belongs to an organisation that takes part.
        key: number and version.
        reason: in words, if there is something to say.
        expected: the revision that the actor saw.

    Raises:
        InputError: no such declaration (404), it is in another state or changed (409), its message lacks required fields (422).
        PermissionDenied: the actor may not send, or only looks on.
    """
    require(actor, permissions.SEND)
    row = held(key, expected)
    if actor.organisation_id not in row.organisations:
        raise PermissionDenied("您的单位没有参与这票报关，不能办理。")
    content, subject = message_of(row), subject_of(row)
    view = advance(
        flow=DECLARATION_FLOW, subject=subject, transition="send", actor=actor, reason=reason, waits_at=()
    )
    now, client = timezone.now(), client_of(row.number, row.version)
    Message.objects.create(
        declaration=row,
        direction="out",
        key=client,
        state="waiting",
        kind=MESSAGE,
        name=file_name(client),
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
        created_at=now,
    )
    saved(row, state=view.state, sent_at=now)
    record(
        events.QUEUED,
        subject,
        None,
        {"file": file_name(client), "sha256": hashlib.sha256(content).hexdigest()},
    )
    from youju.trade.declarations.services.replying import apply_kept

    apply_kept(row)
    exchanging.exchange_soon()
    return row


@transaction.atomic
def send_again(*, actor: User, key: str) -> int:
    """Put out again what was never answered, counting anew; how many messages.

    Raises:
        InputError: no such declaration (404), or nothing of it is without an answer (409).
        PermissionDenied: the actor may neither send nor supervise.
    """
    require(actor, permissions.SUPERVISE)
    row = held(key)
    again = Message.objects.filter(declaration=row, direction="out", state="unanswered").update(
        state="waiting", attempts=0, text="由人工要求再发"
    )
    if not again:
        raise InputError("没有等不到回执的报文", where=key, how="请刷新页面", status=409)
    record(events.SENT_AGAIN, subject_of(row), None, {"attempts": 0})
    exchanging.exchange_soon()
    return again


def put_waiting(exchange: Exchange, *, now: datetime | None = None, most: int = 10_000) -> int:
    """Put out every message that waits, each marked in a transaction of its own; how many. May be killed and run again."""
    waiting = Message.objects.filter(direction="out", state="waiting").order_by("pk")
    return sum(_put(exchange, pk, now) for pk in list(waiting.values_list("pk", flat=True)[:most]))


@transaction.atomic
def _put(exchange: Exchange, pk: int, now: datetime | None) -> bool:
    row = (
        Message.objects.select_for_update(of=("self",), skip_locked=True)
        .filter(pk=pk, state="waiting")
        .first()
    )
    if row is None:  # answered meanwhile, or another worker has it
        return False
    exchange.put(row.name, bytes(row.content))
    row.state, row.attempts, row.done_at = "sent", row.attempts + 1, now or timezone.now()
    row.save(update_fields=["state", "attempts", "done_at"])
    return True
