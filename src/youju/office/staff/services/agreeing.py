"""What labour-dispatch contracts agree: registered, and put right."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from youju.foundation.audit.encoding import changes
from youju.foundation.audit.services import record
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.office.staff import events, permissions
from youju.office.staff.models import Agreement
from youju.office.staff.selectors.lists import agreement_of
from youju.office.staff.wishes import AgreementWish

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

_NAMES = ("contract", "agency", "positions", "valid_from", "valid_to", "project", "note")


@transaction.atomic
def register_agreement(
    *, actor: User, wish: AgreementWish, agreement_id: int | None = None, revision: int | None = None
) -> Agreement:
    """Enter what a contract agrees, or (with ``agreement_id``) put it right.

    Raises:
        PermissionDenied: the actor imports no staff.
        InputError: none of the kind (404), changed meanwhile or the number is another's (409), days or positions that cannot be.
    """
    require(actor, permissions.IMPORT)
    row = Agreement(created_by=actor.username)
    if agreement_id is not None:
        seen = agreement_of(actor, agreement_id)
        row = Agreement.objects.select_for_update().get(pk=seen.pk)
        if row.revision != revision:
            raise InputError(f"{row.contract} 的约定刚被改过", how="请刷新页面，看过最新内容再改", status=409)
    before = _told(row) if row.pk else {}
    for name in _NAMES:
        value = getattr(wish, name)
        setattr(row, name, value.strip() if isinstance(value, str) else value)
    _possible(row)
    gone, new = changes(before, _told(row))
    if row.pk is None:
        row.save(force_insert=True)
        record(events.AGREED, events.agreement_subject(row), None, new)
    elif gone or new:
        row.revision += 1
        row.save()
        record(events.CHANGED, events.agreement_subject(row), gone, new)
    return row


def _possible(row: Agreement) -> None:
    if row.valid_to < row.valid_from:
        raise InputError("终止日期早于起始日期", where="终止日期", how="请对照合同改正")
    if not 1 <= row.positions <= 10_000:
        raise InputError("岗位数不对", where="约定岗位数", how="应在 1 至 10000 之间")
    if Agreement.objects.filter(contract=row.contract).exclude(pk=row.pk).exists():
        raise InputError(
            f"合同 {row.contract} 的约定已经登记", where="合同编号", how="请修改已有的那一条", status=409
        )


def _told(row: Agreement) -> dict[str, Any]:
    return {name: value for name in _NAMES if (value := getattr(row, name)) not in ("", None)}
