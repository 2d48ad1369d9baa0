"""Asking for what does not come: a message without answer goes out again, a silent declaration is asked about; then people.

How long and how often are policies. After the last try the record stands in the to-do list of whoever supervises.
"""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import cast

from django.db import transaction
from django.db.models import Exists, Max, OuterRef, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from youju.foundation.audit.services import record
from youju.foundation.policies import law_on
from youju.foundation.workflow.services import ask_for_hands
from youju.rules.law import table, whole
from youju.rules.trade.declarations.lifecycle import DECLARATION_FLOW
from youju.trade.declarations import events_exchange as events
from youju.trade.declarations.exchange.naming import MESSAGE, STATE_QUERY, client_of, query_name
from youju.trade.declarations.exchange.outgoing import query
from youju.trade.declarations.models import Declaration, Message
from youju.trade.declarations.services.held import subject_of

_ROOM = "trade.declarations"
_AT_ONCE = 2_000
"""How many are looked after in one round; the rest in the next."""


@dataclass(slots=True)
class Asked:
    """How many messages go out again, how many declarations are asked about, how many became a to-do."""

    again: int = 0
    queries: int = 0
    todo: int = 0

    def as_json(self) -> dict[str, int]:
        """The counts by name."""
        return asdict(self)


def ask_again(*, now: datetime | None = None) -> Asked:
    """Look after everything without an answer, each declaration in a transaction of its own."""
    moment = now or timezone.now()
    law, done = law_on(timezone.localdate(moment)), Asked()
    pause = timedelta(minutes=whole(law, f"{_ROOM}.resend_minutes"))
    for pk in list(_unanswered(moment - pause)):
        _resend(pk, moment - pause, whole(law, f"{_ROOM}.resend_most"), done)
    minutes = {
        state: timedelta(minutes=cast("int", each))
        for state, each in table(law, f"{_ROOM}.query_minutes").items()
    }
    for pk in list(_silent(moment, minutes, pause)):
        _query(pk, moment, whole(law, f"{_ROOM}.query_most"), done)
    return done


def _unanswered(before: datetime) -> list[int]:
    rows = Message.objects.filter(direction="out", kind=MESSAGE, state="sent", done_at__lte=before)
    found = rows.order_by("done_at").values_list("declaration_id", flat=True)[:_AT_ONCE]
    return [pk for pk in found if pk is not None]  # what goes out is always about one


@transaction.atomic
def _resend(declaration: int, before: datetime, most: int, done: Asked) -> None:
    row = Declaration.objects.select_for_update().get(pk=declaration)
    rows = Message.objects.select_for_update().filter(
        declaration=row, direction="out", kind=MESSAGE, state="sent", done_at__lte=before
    )
    for each in rows:  # one, or none where an answer came meanwhile
        if each.attempts < most:
            Message.objects.filter(pk=each.pk).update(
                state="waiting", text=f"没有回执，再发（第 {each.attempts + 1} 次）"
            )
            done.again += 1
        else:
            _give_up(row, each, f"发了 {each.attempts} 次都没有回执")
            done.todo += 1


def _silent(now: datetime, minutes: dict[str, timedelta], pause: timedelta) -> list[int]:
    messages = Message.objects.filter(declaration=OuterRef("pk"))
    late = Q()
    for state, most in minutes.items():
        late |= Q(state=state, news__lte=now - most)
    rows = (
        # Nobody was ever sent the declarations of the demo year, so nobody can tell what became of them.
        Declaration.objects.filter(state__in=minutes, is_demo=False)
        .annotate(
            news=Max(Coalesce("messages__done_at", "messages__created_at")),
            kept=Exists(messages.filter(direction="in", state="kept")),
            open=Exists(
                messages.filter(direction="out").filter(
                    Q(state="waiting") | Q(state__in=["sent", "unanswered"], kind=MESSAGE)
                )
            ),
            given_up=Exists(messages.filter(direction="out", state="unanswered")),
        )
        .filter(late | Q(kept=True, news__lte=now - pause), open=False, given_up=False)
        .exclude(news=None)
    )
    return list(rows.order_by("news").values_list("pk", flat=True)[:_AT_ONCE])


@transaction.atomic
def _query(declaration: int, now: datetime, most: int, done: Asked) -> None:
    row = Declaration.objects.select_for_update().get(pk=declaration)
    rows = Message.objects.filter(declaration=row)
    heard = rows.filter(direction="in").aggregate(last=Max("created_at"))["last"]
    asked = rows.filter(direction="out", kind=STATE_QUERY).order_by("-pk")
    since = asked.filter(created_at__gte=heard) if heard else asked
    if since.count() >= most:
        _give_up(row, since[0], f"问了 {most} 次都没有新的消息")
        done.todo += 1
        return
    turn, client = asked.count() + 1, client_of(row.number, row.version)
    content = query(client, row.sequence_number, turn)
    name = query_name(client, turn)
    Message.objects.create(
        declaration=row,
        direction="out",
        key=name.removesuffix(".xml"),
        state="waiting",
        kind=STATE_QUERY,
        name=name,
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
        text="询问办理状态",
        created_at=now,
    )
    done.queries += 1


def _give_up(row: Declaration, each: Message, why: str) -> None:
    Message.objects.filter(pk=each.pk).update(state="unanswered", text=f"{why}，已转为待办")
    subject = subject_of(row)
    record(events.UNANSWERED, subject, None, {"file": each.name, "attempts": each.attempts})
    ask_for_hands(flow=DECLARATION_FLOW, subject=subject)
