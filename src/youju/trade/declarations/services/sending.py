"""Sending a declaration: the state, the message and the wish to put it out are one transaction; a job puts the file out.

Whatever crashes, the file goes out with the name and content that were fixed when it was sent: a file put out and not yet marked is
put out again as the same file, and the receiver knows it by ``ClientSeqNo``.
"""

from __future__ import annotations

import hashlib
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from youju.foundation.audit.services import record
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.foundation.policies import law_on
from youju.foundation.workflow.services import advance
from youju.rules.law import UnknownPolicyError
from youju.rules.trade.declarations.facts import Declaration as Facts
from youju.rules.trade.declarations.facts import DeclaredLine as Line
from youju.rules.trade.declarations.lifecycle import DECLARATION_FLOW
from youju.rules.trade.declarations.money import to_cents
from youju.trade.declarations import events_exchange as events
from youju.trade.declarations import permissions
from youju.trade.declarations.documents.message import message
from youju.trade.declarations.exchange import Exchange
from youju.trade.declarations.exchange.forms import MESSAGE, client_of, file_name
from youju.trade.declarations.exchange.outgoing import signed
from youju.trade.declarations.models import Declaration, Message
from youju.trade.declarations.services import exchanging
from youju.trade.declarations.services.holding import held, saved, subject_of

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

_SHOWN = 6


@transaction.atomic
def send_declaration(*, actor: User, key: str, expected: int | None = None) -> Declaration:
    """Send a declaration that is in pre-entry: from here on it waits for customs and nobody else.

    Args:
        actor: who sends; belongs to an organisation that takes part.
        key: number and version.
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
    view = advance(flow=DECLARATION_FLOW, subject=subject, transition="send", actor=actor, waits_at=())
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
    exchanging.put_out_soon()
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
    exchanging.put_out_soon()
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


def message_of(row: Declaration) -> bytes:
    """The bytes of a declaration's message, by the law of its day.

    Raises:
        InputError: required fields are missing, or a value does not fit its field (422).
    """
    try:
        client = client_of(row.number, row.version)
    except ValueError as error:
        raise InputError("申报单号只能有大写字母和数字", where=row.number, how="请联系系统管理员") from error
    header = {
        "TrafMode": row.transport_mode,
        "IEPort": row.port,
        "BillNo": row.packing.bill_of_lading,
        **{name: str(value) for name, value in row.header.items()},
    }
    try:
        made = message(_facts(row), law_on(row.declared_on), header)
    except (UnknownPolicyError, ValueError) as error:
        raise InputError(f"报文做不出来：{error}", where=str(row), how="请改正后再发送") from error
    if made.missing:
        told = "、".join(
            f"{gap.label}" if gap.line is None else f"第 {gap.line} 项{gap.label}"
            for gap in made.missing[:_SHOWN]
        )
        more = f"等 {len(made.missing)} 处" if len(made.missing) > _SHOWN else ""
        raise InputError(f"还缺必填项：{told}{more}", where=str(row), how="请补全后再发送")
    return signed(made.xml, client)


def _facts(row: Declaration) -> Facts:
    lines = []
    for line in row.lines.order_by("g_no"):
        lines.append(
            Line(
                number=line.g_no,
                hs_code=line.hs_code,
                name=line.name,
                quantity=_plain(line.quantity),
                unit=line.unit,
                cents=to_cents(line.amount),
                net_weight=_plain(line.net_weight),
                gross_weight=_plain(line.gross_weight),
                packages=0 if lines else row.packages,  # the message tells the sum alone
                merged=line.merged,
                sources=(),
                first_quantity=_plain(line.quantity1) if line.quantity1 is not None else None,
                first_unit=line.unit1,
                second_quantity=_plain(line.quantity2) if line.quantity2 is not None else None,
                second_unit=line.unit2,
            )
        )
    return Facts(1, (), row.currency, tuple(lines))


def _plain(value: Decimal) -> Decimal:
    """Without the zeros that a column of five places adds; the message holds plain digits."""
    short = value.normalize()
    return short.quantize(Decimal(1)) if short == short.to_integral_value() else short
