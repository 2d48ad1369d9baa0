"""Many orders in one request: a line in, a line out, each order a transaction of its own."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from pydantic import BaseModel, ValidationError

from youju.foundation.identity.permissions import require
from youju.foundation.identity.services.idempotency import answered_once
from youju.foundation.kernel.errors import InputError
from youju.foundation.policies import law_on
from youju.rules.law import whole
from youju.trade.orders import permissions
from youju.trade.orders.facts import OrderWish
from youju.trade.orders.services.registering import register_within

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

ADDRESS = "NDJSON /api/v1/orders/bulk"


def answers(
    stream: Any,
    actor: User,
    schema: type[BaseModel],
    wish_of: Callable[[Any], OrderWish],
) -> Iterator[str]:
    """One JSON line for each line of the stream: ``{"line", "key", "status", …}``. Blank lines are passed over.

    Args:
        stream: lines as bytes.
        actor: who registers.
        schema: what a line must hold beside its ``key``.
        wish_of: an order as sent → as the services take it.

    Raises:
        PermissionDenied: the actor may not register orders.
    """
    require(actor, permissions.EDIT)
    most = whole(law_on(timezone.localdate()), "trade.orders.bulk_lines")

    def each() -> Iterator[str]:
        count = 0
        for number, raw in enumerate(stream, 1):
            if not raw.strip():
                continue
            count += 1
            if count > most:
                told = f"一次至多 {most} 张，后面的没有处理；请分几次发送。"
                yield _line(number, "", 413, {"detail": told})
                return
            yield _one(number, raw, actor, schema, wish_of)

    return each()


def _one(number: int, raw: bytes, actor: User, schema: type[BaseModel], wish_of: Any) -> str:
    key = ""
    try:
        sent = json.loads(raw)
        if not isinstance(sent, dict):
            raise InputError("这一行不是一个 JSON 对象", how="每行写一张交易单")
        key = sent.pop("key", "")
        if not isinstance(key, str):
            raise InputError("key 应是文字", how="每张交易单带一个自己的 key")
        wish = wish_of(schema.model_validate(sent))

        def work() -> tuple[int, Any]:
            done = register_within(actor=actor, wish=wish)
            return 201, {
                "number": done.number,
                "state": done.state,
                "amount": done.amount,
                "findings": [each.as_json() for each in done.findings],
            }

        body = json.dumps(sent, sort_keys=True).encode()
        status, answer, _ = answered_once(
            actor=actor, key=key, address=ADDRESS, body=body, work=work, along=True
        )
        return _line(number, key, status, answer)
    except (json.JSONDecodeError, UnicodeDecodeError, RecursionError):
        return _line(number, "", 422, {"detail": "这一行不是 JSON；每行写一张交易单，以换行结束。"})
    except ValidationError as error:
        names = "、".join(dict.fromkeys(".".join(map(str, each["loc"])) for each in error.errors()))
        return _line(number, key, 422, {"detail": f"字段 {names} 不对；请对照接口说明。"})
    except InputError as error:
        found = [each.as_json() for each in getattr(error, "findings", ())]
        return _line(number, key, error.status, {"detail": str(error), "findings": found})
    except PermissionDenied as error:
        return _line(number, key, 403, {"detail": str(error)})


def _line(number: int, key: str, status: int, answer: dict[str, Any]) -> str:
    return json.dumps({"line": number, "key": key, "status": status} | answer, ensure_ascii=False) + "\n"
