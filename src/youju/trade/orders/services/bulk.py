"""Many orders in one request: a line in, a line out, each order judged and answered for itself, written in groups."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import DatabaseError
from django.utils import timezone
from pydantic import BaseModel, ValidationError

from youju.foundation.identity.permissions import require
from youju.foundation.identity.services.idempotency import digest_of
from youju.foundation.kernel.errors import InputError
from youju.foundation.policies import law_on
from youju.rules.law import whole
from youju.trade.orders import permissions
from youju.trade.orders.facts import OrderWish
from youju.trade.orders.services.answering import register_alone
from youju.trade.orders.services.grouping import Sent, groups, register_group

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

ADDRESS = "NDJSON /api/v1/orders/bulk"
# So many lines of a stream are read before they are answered.
TOGETHER = 100
_PIECE = 65_536

Answer = tuple[int, Any]
WishOf = Callable[[Any], OrderWish]


def answers(
    stream: Any, actor: User, schema: type[BaseModel], wish_of: WishOf, *, together: int = TOGETHER
) -> Iterator[str]:
    """One JSON line for each line of the stream: ``{"line", "key", "status", …}``. Blank lines are passed over.

    Args:
        stream: the body, as something to read bytes from.
        actor: who registers.
        schema: what a line must hold beside its ``key``.
        wish_of: an order as sent → as the services take it.
        together: how many lines are read before they are answered.

    Raises:
        PermissionDenied: the actor may not register orders.
    """
    require(actor, permissions.EDIT)
    most = whole(law_on(timezone.localdate()), "trade.orders.bulk_lines")

    def each() -> Iterator[str]:
        filled = ((number, raw) for number, raw in enumerate(_lines_of(stream), 1) if raw.strip())
        left = most
        while some := list(islice(filled, min(together, left + 1))):
            yield from _answered(some[:left], actor, schema, wish_of)
            if len(some) > left:
                note = f"一次至多 {most} 张，后面的没有处理；请分几次发送。"
                yield _line(some[left][0], "", 413, {"detail": note})
                return
            left -= len(some)

    return each()


def _lines_of(stream: Any) -> Iterator[bytes]:
    """The lines of a body as they come in.

    Cut here and not by the stream's own ``readline``: that of the web server (granian 2.8) gives the first line and then nothing.
    """
    begun: list[bytes] = []
    while piece := stream.read(_PIECE):
        first, *more = piece.split(b"\n")
        begun.append(first)
        if more:
            yield b"".join(begun)
            yield from more[:-1]
            begun = more[-1:]
    yield b"".join(begun)


def _answered(
    some: list[tuple[int, bytes]], actor: User, schema: type[BaseModel], wish_of: WishOf
) -> list[str]:
    """The answers to lines, in their order."""
    read = [_read(number, raw, schema, wish_of) for number, raw in some]
    given: dict[int, str] = {}
    for group in groups(each for each in read if isinstance(each, Sent)):
        for sent, (status, answer) in zip(group, _registered(group, actor), strict=True):
            given[sent.line] = _line(sent.line, sent.key, status, answer)
    return [given[each.line] if isinstance(each, Sent) else each for each in read]


def _read(number: int, raw: bytes, schema: type[BaseModel], wish_of: WishOf) -> Sent | str:
    """A line as an order, or what is answered to it."""
    key = ""
    try:
        sent = json.loads(raw)
        if not isinstance(sent, dict):
            raise InputError("这一行不是一个 JSON 对象", how="每行写一张交易单")
        key = sent.pop("key", "")
        if not isinstance(key, str):
            key = ""
            raise InputError("key 应是文字", how="每张交易单带一个自己的 key")
        wish = wish_of(schema.model_validate(sent))
        body = json.dumps(sent, sort_keys=True).encode()
        return Sent(number, key, digest_of(key, ADDRESS, body), ADDRESS, body, wish)
    except (json.JSONDecodeError, UnicodeDecodeError, RecursionError):
        return _line(number, "", 422, {"detail": "这一行不是 JSON；每行写一张交易单，以换行结束。"})
    except ValidationError as error:
        names = "、".join(dict.fromkeys(".".join(map(str, each["loc"])) for each in error.errors()))
        return _line(number, key, 422, {"detail": f"字段 {names} 不对；请对照接口说明。"})
    except InputError as error:
        return _line(number, key, *refused(error))


def _registered(group: list[Sent], actor: User) -> list[Answer]:
    if len(group) > 1:
        try:
            return [
                refused(each) if isinstance(each, Exception) else each[:2]
                for each in register_group(actor=actor, group=group)
            ]
        except DatabaseError:
            # One of them, or its twin in another request, stops all: then each for itself, so that none harms another.
            pass
    return [_alone(sent, actor) for sent in group]


def _alone(sent: Sent, actor: User) -> Answer:
    try:
        return register_alone(actor=actor, sent=sent)[:2]
    except (InputError, PermissionDenied) as error:
        return refused(error)


def refused(error: Exception) -> Answer:
    """Status and answer for what an order was refused with."""
    if isinstance(error, InputError):
        found = [each.as_json() for each in getattr(error, "findings", ())]
        return error.status, {"detail": str(error), "findings": found}
    return 403, {"detail": str(error)}


def _line(number: int, key: str, status: int, answer: dict[str, Any]) -> str:
    return json.dumps({"line": number, "key": key, "status": status} | answer, ensure_ascii=False) + "\n"
