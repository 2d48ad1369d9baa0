"""For programs: the same request under the same key is done once, however often it is sent."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.db import connection, transaction

from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.trade.parties import permissions
from youju.trade.parties.models import FilingRequest, Party
from youju.trade.parties.selectors.reach import visible

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


@transaction.atomic
def once(*, actor: User, key: str, action: str, make: Callable[[], Party]) -> Party:
    """Do what a program asked for, or give the party that the same request led to before.

    Args:
        actor: who asks.
        key: the idempotency key, 1 to 100 characters.
        action: what is asked for, its content included where another content is another request.
        make: does it, inside this transaction.

    Raises:
        InputError: no key, or one that was used for another request (422); else what ``make`` says.
        PermissionDenied: the actor may not file.
    """
    require(actor, permissions.FILE)
    longest = FilingRequest._meta.get_field("key").max_length or 0
    if not key or len(key) > longest or "\0" in key:
        raise InputError(
            "请求缺少幂等键", where="Idempotency-Key 标头", how=f"每次请求带一个新的键，1 到 {longest} 个字符"
        )
    with (
        connection.cursor() as cursor
    ):  # two copies at once: the second waits and then finds the first one's row
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"youju.parties.{actor.pk}.{key}"]
        )
    earlier = FilingRequest.objects.filter(user=actor, key=key).first()
    if earlier is not None:
        found = visible(actor).filter(pk=earlier.party_id).first()
        if earlier.action != action or found is None:
            raise InputError("这个幂等键已用于另一次请求", where="Idempotency-Key 标头", how="请换一个新的键")
        return found
    party = make()
    FilingRequest.objects.create(user=actor, key=key, action=action, party=party)
    return party
