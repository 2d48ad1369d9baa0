"""One request, one effect: a program that is not sure whether it was heard sends the same request under the same key again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, transaction
from django.utils import timezone

from youju.foundation.identity import limits
from youju.foundation.identity.models import ApiRequest
from youju.foundation.kernel.errors import InputError

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

Answer = tuple[int, Any]

_LOCK = "SELECT pg_advisory_xact_lock(hashtextextended(%s, %s))"
_FIND = "SELECT digest, status, answer::text FROM identity_apirequest WHERE user_id = %s AND key = %s"
_KEEP = "INSERT INTO identity_apirequest (user_id, key, digest, status, answer) VALUES (%s, %s, %s, %s, %s)"


@transaction.atomic
def answered_once(
    *, actor: User, key: str, address: str, body: bytes, work: Callable[[], Answer]
) -> tuple[int, Any, bool]:
    """Do the work of a request, or give the answer that the same request got before.

    Work and answer are one transaction: a request that was refused, or died, may be sent again under its key.

    Args:
        actor: whose key it is.
        key: the ``Idempotency-Key`` header, 1 to 100 characters.
        address: method and path.
        body: the body as it came.
        work: does it and returns status and answer as plain data; may raise.

    Returns:
        Status, answer, and whether it is one from before.

    Raises:
        InputError: the key is missing or too long, or it was used for another request (422).
    """
    longest = ApiRequest._meta.get_field("key").max_length or 0
    if not key or len(key) > longest or "\0" in key:
        raise InputError(
            "请求缺少幂等键", where="Idempotency-Key 标头", how=f"每次办理带一个新的键，1 到 {longest} 个字符"
        )
    digest = hashlib.sha256(address.encode() + b"\0" + body).hexdigest()
    with connection.cursor() as cursor:
        # A request that waited for its twin must see what the twin did: the lock comes first, then a fresh look.
        cursor.execute(_LOCK, [key, actor.pk])
        cursor.execute(_FIND, [actor.pk, key])
        earlier = cursor.fetchone()
    if earlier is not None:
        if earlier[0] != digest:
            raise InputError("这个幂等键已用于另一个请求", where="Idempotency-Key 标头", how="请换一个新的键")
        return int(earlier[1]), json.loads(earlier[2]), True
    status, answer = work()
    text = json.dumps(answer, ensure_ascii=False, cls=DjangoJSONEncoder)
    with connection.cursor() as cursor:
        cursor.execute(_KEEP, [actor.pk, key, digest, status, text])
    return status, json.loads(text), False


def forget_requests() -> int:
    """Remove answers that are older than a program may still ask for; how many."""
    oldest = timezone.now() - timedelta(days=limits.request_days())
    return ApiRequest.objects.filter(at__lt=oldest).delete()[0]
