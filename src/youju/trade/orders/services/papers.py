"""Photographed lists and other papers of an order: put there by its sides, read by who takes part in it."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, BinaryIO, cast

from django.db import transaction

from youju.foundation.files.selectors import Attached
from youju.foundation.files.services import attach, keep
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.rules.trade.orders.lifecycle import CONFIRMED, DRAFT, REGISTERED
from youju.trade.orders import permissions
from youju.trade.orders.selectors.papers import ROLE, papers_of
from youju.trade.orders.services.deciding import locked, refuse_unless, side_of, subject_of

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

_MOST = 20


@transaction.atomic
def add_paper(*, actor: User, number: str, name: str, content: IO[bytes] | bytes) -> Attached:
    """Attach a photographed list or another paper.

    Raises:
        InputError: no such order (404), cancelled or full of papers (409), a file that is empty, too large or of a kind
            that is no evidence (413, 415).
        PermissionDenied: the actor belongs to neither side.
    """
    require(actor, permissions.EDIT)
    order = locked(number, None)
    side_of(actor, order)
    refuse_unless(order, (DRAFT, REGISTERED, CONFIRMED), "附材料")
    if len(papers_of(order.number)) >= _MOST:
        raise InputError(f"已经附了 {_MOST} 份材料", where=order.number, how="请合成一份再附", status=409)
    kept = keep(cast("bytes | BinaryIO", content), name=name, purpose="evidence")
    return attach(sha256=kept.sha256, subject=subject_of(order), name=kept.name, role=ROLE)
