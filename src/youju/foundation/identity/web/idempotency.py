"""Endpoints that create something, once for each ``Idempotency-Key``."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeAlias, cast

from django.http import HttpRequest, HttpResponse
from ninja import HeaderEx, P

from youju.foundation.identity.services.idempotency import Answer, answered_once
from youju.foundation.kernel.json_text import json_text

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

IdempotencyKey: TypeAlias = HeaderEx[
    str,
    P(
        alias="Idempotency-Key",
        description="每个新请求一个新的键；同一个请求重发时用同一个键，只办一次",
        max_length=200,
    ),
]


def once(request: HttpRequest, key: str, work: Callable[[], Answer], *, along: bool = False) -> HttpResponse:
    """The answer of an endpoint that creates: ``work()`` gives status and plain data; a repeated one says so in a header.

    ``along``: as for ``services.idempotency.answered_once``.

    Raises:
        InputError: no key, or it was used for another request; and whatever ``work`` raises.
    """
    actor = cast("User", request.user)
    return answer_of(
        *answered_once(
            actor=actor, key=key, address=address_of(request), body=request.body, work=work, along=along
        )
    )


def address_of(request: HttpRequest) -> str:
    """What a key is used for, beside the body: method and path."""
    return f"{request.method} {request.get_full_path()}"


def answer_of(status: int, answer: Any, again: bool) -> HttpResponse:
    """An answer as it goes out; ``again``: it is one from before, and says so."""
    response = HttpResponse(json_text(answer), status=status, content_type="application/json")
    if again:
        response["Idempotent-Replayed"] = "true"
    return response
