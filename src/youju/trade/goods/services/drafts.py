"""Typing that is not saved yet: kept for whoever typed it, thrown away when it is saved."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.trade.goods import permissions
from youju.trade.goods.models import Good, GoodDraft
from youju.trade.parties.selectors import acting_party

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

_FIELDS = 80
_LONGEST = 2_000


@transaction.atomic
def keep_typing(
    *, actor: User, good_id: int | None, party_id: int | None, base: int, form: Mapping[str, str]
) -> datetime | None:
    """Keep the fields of a form as typed, one draft for each person and good; ``None`` while no party is chosen.

    Raises:
        InputError: no such good (404), or more than a form holds (413).
        PermissionDenied: the actor may not edit goods, or not act for the party.
    """
    require(actor, permissions.EDIT)
    good = Good.objects.filter(pk=good_id).first() if good_id is not None else None
    if good_id is not None:
        if good is None:
            raise InputError("没有这件商品", how="请回到商品列表重新选择", status=404)
        party_id = good.party_id
    if party_id is None:
        return None
    if acting_party(actor, timezone.localdate(), party_id) is None:
        raise PermissionDenied("您不能为这家经营户登记商品。")
    if len(form) > _FIELDS or any(len(value) > _LONGEST for value in form.values()):
        raise InputError("填的内容太长，没有自动保存", how="请缩短后再继续", status=413)
    kept = {name: value.replace("\0", "") for name, value in form.items()}
    now = timezone.now()
    GoodDraft.objects.update_or_create(
        user=actor,
        good=good,
        defaults={"party_id": party_id, "base": base, "form": kept, "saved_at": now},
    )
    return now


@transaction.atomic
def forget_typing(*, actor: User, good_id: int | None) -> None:
    """Throw the actor's unsaved typing away; without any, nothing happens."""
    require(actor, permissions.EDIT)
    drop_draft(actor, good_id)


def drop_draft(actor: User, good_id: int | None) -> None:
    """The actor's draft of a good, or of the new one, is gone."""
    mine = GoodDraft.objects.filter(user=actor)
    (mine.filter(good=None) if good_id is None else mine.filter(good_id=good_id)).delete()
