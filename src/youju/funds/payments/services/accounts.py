"""Accounts of payees: sealed, found again by fingerprint, shown masked; one shown in full leaves its reason on the trail."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction
from django.utils import timezone

from youju.foundation.audit.services import record_read
from youju.foundation.identity.permissions import require
from youju.foundation.kernel.errors import InputError
from youju.foundation.kernel.sealing import Sealer, fingerprint, reseal, unseal
from youju.foundation.policies import law_on
from youju.funds.payments import events, permissions
from youju.funds.payments.models import BankFile, Instruction, Payment
from youju.funds.payments.services.holding import subject_of
from youju.rules.law import whole

if TYPE_CHECKING:
    from youju.foundation.identity.models import User

PURPOSE = "payments.account"
_SPACES = re.compile(r"[\s\-\u3000]+")
_SHOWN = 4
_FULL = 8
_CHUNK = 500


@dataclass(frozen=True, slots=True)
class KeptAccount:
    """An account as it is kept; nothing of it can be read but the masked form."""

    sealed: str
    fingerprint: str
    masked: str


def tidy(account: str) -> str:
    """An account without spaces and hyphens, full-width digits made plain, letters large."""
    plain = account.replace("\0", "").translate({0xFF10 + d: str(d) for d in range(10)})
    return _SPACES.sub("", plain).upper()


def masked(account: str) -> str:
    """``6222020200001234567`` → ``6222***********4567``; short ones show their last two signs."""
    if len(account) <= _FULL:
        return "*" * max(len(account) - 2, 0) + account[-2:]
    return account[:_SHOWN] + "*" * (len(account) - 2 * _SHOWN) + account[-_SHOWN:]


def keep_account(account: str, sealer: Sealer | None = None) -> KeptAccount:
    """A tidied account as it is kept."""
    box = sealer or Sealer()
    return KeptAccount(box.seal(account), box.fingerprint(account, PURPOSE), masked(account))


@transaction.atomic
def unmask(*, actor: User, number: str, reason: str) -> str:
    """The payee's account of a payment in full; who asked and why is on the trail before anything is shown.

    Raises:
        PermissionDenied: the actor may not.
        InputError: no such payment (404), no reason or one too long (422).
    """
    require(actor, permissions.UNMASK)
    reason = reason.replace("\0", "").strip()
    longest = whole(law_on(timezone.localdate()), "foundation.workflow.reason_length")
    if not reason or len(reason) > longest:
        raise InputError("查看完整账号须写明理由", where="理由", how=f"请写一句话，至多 {longest} 个字")
    row = Payment.objects.filter(number=number.replace("\0", "")).first()
    if row is None:
        raise InputError("没有这笔付款", how="请核对付款编号", status=404)
    record_read(events.UNMASKED, subject_of(row), fields=["收款账号"], reason=reason)
    return unseal(row.account_sealed)


def reseal_all() -> int:
    """Seal every account and bank file anew with the first key, fingerprints too; how many. For the exchange of keys."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('youju.resealing', 'on', true)")
    count = _reseal(Payment, "account_sealed") + _reseal(Instruction, "account_sealed")
    count += _reseal(BankFile, "sealed_csv", "sealed_xlsx")
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('youju.resealing', '', true)")
    return count


def _reseal(model: type[Payment | Instruction | BankFile], *names: str) -> int:
    count, last = 0, 0
    rows = model._default_manager.select_for_update().order_by("pk")
    while chunk := list(rows.filter(pk__gt=last)[:_CHUNK]):
        for row in chunk:
            for name in names:
                setattr(row, name, reseal(getattr(row, name)))
            if isinstance(row, Payment):
                row.account_fingerprint = fingerprint(unseal(row.account_sealed), PURPOSE)
        marks = ("account_fingerprint",) if model is Payment else ()
        manager: Any = model._default_manager
        manager.bulk_update(chunk, [*names, *marks])
        count, last = count + len(chunk), chunk[-1].pk
    return count
