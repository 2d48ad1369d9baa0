"""Replies that lie aside: shown even where we were killed before that, and put back when somebody has mended the cause."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from youju.foundation.audit.services import record
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.foundation.kernel.subjects import Subject
from youju.foundation.policies import law_on
from youju.rules.law import whole
from youju.trade.declarations import events_exchange as events
from youju.trade.declarations import permissions
from youju.trade.declarations.exchange import Exchange, exchange
from youju.trade.declarations.models import Declaration, Message
from youju.trade.declarations.services import exchanging
from youju.trade.declarations.services.held import held_message
from youju.trade.declarations.services.replying import judge_again, poison_key, poisoned

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


def note_poison(through: Exchange) -> int:
    """Show what lies in the poison and stands in no row (we were killed between the two), and no longer what was moved away.

    Returns:
        How many were found that stood in no row.
    """
    lying = dict(through.poisoned())
    known = set(
        Message.objects.filter(
            direction="in", state="refused", key__in=[poison_key(name) for name in lying]
        ).values_list("key", flat=True)
    )
    law, noted = law_on(timezone.localdate()), 0
    for name, why in lying.items():
        if poison_key(name) not in known:
            most = whole(law, "trade.declarations.max_reply_bytes")
            poisoned(name, through.read_poison(name, most), why, timezone.now())
            noted += 1
    shown = Message.objects.filter(direction="in", state="refused", kind="poison").values_list("pk", "name")
    gone = [(pk, name) for pk, name in shown if name not in lying]
    if gone:
        still = {name for name, _ in through.poisoned()}  # one may have been laid there since we looked
        Message.objects.filter(pk__in=[pk for pk, name in gone if name not in still], state="refused").update(
            state="returned", done_at=timezone.now()
        )
    return noted


@transaction.atomic
def put_back(*, actor: User, message: int, through: Exchange | None = None) -> str:
    """Let a reply that was refused be read again: a file returns to ``in/``, a contradicting one is judged anew; its state then.

    Raises:
        InputError: no such reply (404), it is not refused, or its file does not lie there any more (409).
        PermissionDenied: the actor may not supervise.
    """
    require(actor, permissions.SUPERVISE)
    seen = Message.objects.filter(pk=message, direction="in").first()
    if seen is None:
        raise InputError("没有这个回执", how="请刷新页面", status=404)
    row = (
        Declaration.objects.select_for_update().filter(pk=seen.declaration_id).first()
        if seen.declaration_id
        else None
    )
    made = held_message(message)
    if made is None or made.state != "refused":
        raise InputError("这个回执已经不在异常回执里", how="请刷新页面", status=409)
    told = {"file": made.name, "sha256": made.sha256}
    record(events.PUT_BACK, Subject(events.MESSAGE_KIND, str(made.pk), made.name or made.key), told, None)
    if row is not None:
        return judge_again(row, made, timezone.now())
    made.state, made.done_at = "returned", timezone.now()
    made.save(update_fields=["state", "done_at"])
    # Last, so that what fails leaves the row as it was; a crash after the move leaves a file that is read as any other.
    exchanging.exchange_soon()
    if not (through or exchange()).put_back(made.name):
        raise InputError(
            f"poison 文件夹里已经没有 {made.name}",
            how="它可能已被人移走，请核对后重新放入 in 文件夹",
            status=409,
        )
    return made.state
