"""Personal numbers as the room keeps them: checked, sealed, fingerprinted and masked before anything is stored."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone

from youju.foundation.kernel.errors import InputError
from youju.foundation.kernel.sealing import fingerprint, seal, unseal
from youju.rules.trade.parties.changes import IDENTIFIERS
from youju.rules.trade.parties.checks.people import number_is_right
from youju.rules.trade.parties.masking import masked
from youju.rules.trade.parties.typed import tidy
from youju.trade.parties.models import ChangeRequest

_HOW = {
    "resident_id": "应为 18 位身份证号",
    "passport": "应为 5 到 20 位字母和数字",
    "phone": "手机号 11 位，座机带区号，国外号码以 + 开头",
}


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it is kept; nothing of it can be read but the masked form."""

    sealed: str
    fingerprint: str
    masked: str


def keep_number(name: str, text: str) -> Number:
    """A typed number as it is kept.

    Args:
        name: ``kind.holder``, one of ``IDENTIFIERS``.
        text: as typed; spaces, hyphens and case do not matter.

    Raises:
        InputError: it has not the form of its kind.
    """
    kind = name.partition(".")[0]
    plain = tidy(kind, text)
    if not number_is_right(kind, plain, timezone.localdate()):
        raise InputError("号码不对", where=IDENTIFIERS[name], how=f"{_HOW[kind]}，请对照证件重新填写")
    return sealed_number(kind, plain)


def sealed_number(kind: str, plain: str) -> Number:
    """A tidied number as every part of the room keeps it: one number has one fingerprint, whichever way it came."""
    return Number(seal(plain), fingerprint(plain, kind), masked(kind, plain))


def reseal_requests() -> int:
    """Seal the numbers in all change requests anew with the first key, fingerprints too; how many. For the exchange of keys."""
    count = 0
    for change in ChangeRequest.objects.select_for_update(of=("self",)).iterator(chunk_size=1000):
        found = {name: value for name, value in change.after.items() if name in IDENTIFIERS}
        if not found:
            continue
        for name, value in found.items():
            plain = unseal(value["sealed"])
            value |= {"sealed": seal(plain), "fingerprint": fingerprint(plain, name.partition(".")[0])}
        change.save(update_fields=["after"])
        count += len(found)
    return count
