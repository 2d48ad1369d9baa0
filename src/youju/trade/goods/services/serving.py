"""Handing out the files of a good."""

from __future__ import annotations

from typing import TYPE_CHECKING

from youju.foundation.audit.services import record_read
from youju.foundation.files.selectors import Attached
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.trade.goods import events, permissions
from youju.trade.goods.selectors import catalogue

if TYPE_CHECKING:
    from youju.foundation.identity.models import User


def hand_out_authorisation(*, actor: User, good_id: int) -> Attached:
    """The brand's authorisation that the good bears now; that it was handed out is recorded.

    Raises:
        InputError: no such good, or it has none (404).
        PermissionDenied: the actor may not see goods.
    """
    require(actor, permissions.VIEW)
    good = catalogue.good(actor, good_id)
    found = catalogue.authorisation_of(good) if good else None
    if good is None or found is None:
        raise InputError("没有这份授权文件", how="请回到商品页", status=404)
    record_read(events.AUTHORISATION_READ, events.good_subject(good), fields=[found.name])
    return found
