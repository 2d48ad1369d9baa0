"""One request, one effect: a program that is not sure whether it was heard sends the same request under the same key again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils import timezone

from youju.foundation.database.statements import Part, later, send
from youju.foundation.identity import limits
from youju.foundation.identity.models import ApiRequest
from youju.foundation.kernel.errors import InputError

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

Answer = tuple[int, Any]

_CLAIM = "identity_claim(%s::bigint, %s)"
_KEEP = "identity_keep(%s::bigint, %s, %s, %s::smallint, %s::jsonb)"


class _AnsweredBeforeError(Exception):
    """What was found under the key: digest, status, answer."""

    def __init__(self, digest: str, status: int, answer: Any) -> None:
        super().__init__(status)
        self.digest, self.status, self.answer = digest, status, answer


def answered_once(
    *,
    actor: User,
    key: str,
    address: str,
    body: bytes,
    work: Callable[[], Answer],
    along: bool = False,
) -> tuple[int, Any, bool]:
    """Do the work of a request, or give the answer that the same request got before.

    Work and answer are one transaction: a request that was refused, or died, may be sent again under its key.

    Args:
        actor: whose key it is.
        key: the ``Idempotency-Key`` header, 1 to 100 characters.
        address: method and path.
        body: the body as it came.
        work: does it and returns status and answer as plain data; may raise.
        along: let the claim on the key go along with the work's first statement, which ends the work where there is an
            answer. For work that does nothing outside the database.

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
    try:
        with transaction.atomic():
            status, text = _done(str(actor.pk), key, digest, work, along)
    except _AnsweredBeforeError as earlier:
        if earlier.digest != digest:
            raise InputError(
                "这个幂等键已用于另一个请求", where="Idempotency-Key 标头", how="请换一个新的键"
            ) from None
        return earlier.status, earlier.answer, True
    return status, json.loads(text), False


def _done(user: str, key: str, digest: str, work: Callable[[], Answer], along: bool) -> tuple[int, str]:
    claim = _Claim()
    later(Part(_CLAIM, [user, key], claim.looked))
    if not along:
        send()
    try:
        status, answer = work()
    finally:
        # Of work that was refused before it asked the database anything: who was answered once gets that answer.
        if not claim.made:
            send()
    text = json.dumps(answer, ensure_ascii=False, cls=DjangoJSONEncoder)
    later(Part(_KEEP, [user, key, digest, str(status), text]))
    send()
    return status, text


class _Claim:
    """Whether the key has been looked at; it ends the work where there is an answer."""

    made = False

    def looked(self, found: str | None) -> None:
        self.made = True
        if found is not None:
            raise _AnsweredBeforeError(*json.loads(found))


def forget_requests() -> int:
    """Remove answers that are older than a program may still ask for; how many."""
    oldest = timezone.now() - timedelta(days=limits.request_days())
    return ApiRequest.objects.filter(at__lt=oldest).delete()[0]
