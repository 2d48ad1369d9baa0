"""Agreements for programs: the same request under the same key is one deed, however often it is sent."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.db import connection, transaction

from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.trade.parties import permissions
from youju.trade.parties.models import Agreement, AgreementRequest

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


@transaction.atomic
def agreement_once(
    *, actor: User, key: str, action: str, agreement_id: int | None, do: Callable[[], Agreement]
) -> Agreement:
    """Do it, or give what came of it when it was asked for under this key before.

    Args:
        actor: who asks.
        key: from the header ``Idempotency-Key``.
        action: what is asked for, such as ``sign``.
        agreement_id: of which agreement; ``None`` where one is made.
        do: the service's call.

    Raises:
        InputError: the key is missing or too long, or it was used for something else (422); else as the service.
    """
    require(actor, permissions.SIGN_AGREEMENTS)
    longest = AgreementRequest._meta.get_field("key").max_length or 0
    if not key or len(key) > longest or "\0" in key:
        raise InputError(
            "请求缺少幂等键", where="Idempotency-Key 标头", how=f"每次办理带一个新的键，1 到 {longest} 个字符"
        )
    # Two copies of one request arrive at once: the second waits here and then finds the first one's row.
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))",
            [f"parties.agreement.request:{actor.username}:{key}"],
        )
    earlier = AgreementRequest.objects.filter(username=actor.username, key=key).first()
    if earlier is not None:
        same = earlier.action == action and agreement_id in (None, earlier.agreement_id)
        if not same:
            raise InputError("这个幂等键已用于另一次办理", where="Idempotency-Key 标头", how="请换一个新的键")
        return Agreement.objects.get(pk=earlier.agreement_id)
    row = do()
    AgreementRequest.objects.create(username=actor.username, key=key, agreement=row, action=action)
    return row
