"""Personal numbers of a change request: checked, sealed, fingerprinted and masked before anything is stored."""

from __future__ import annotations

import hmac
import os
import re
from dataclasses import dataclass

from youju.foundation.kernel.errors import InputError
from youju.foundation.kernel.sealing import seal, unseal
from youju.foundation.kernel.secret_files import ensure_secret
from youju.rules.trade.parties.changes import IDENTIFIERS
from youju.trade.parties.models import ChangeRequest

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)  # GB 11643
_SHAPES = {
    "resident_id": (r"\d{17}[\dX]", "应为 18 位身份证号"),
    "passport": (r"[A-Z0-9]{5,20}", "应为 5 到 20 位字母和数字"),
    "phone": (r"\+?\d{6,20}", "应为 6 到 20 位数字，国外号码以 + 开头"),
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
    plain = re.sub(r"[\s\-()（）]", "", text).upper()
    shape, how = _SHAPES[kind]
    if not re.fullmatch(shape, plain) or (kind == "resident_id" and not _checks(plain)):
        raise InputError("号码不对", where=IDENTIFIERS[name], how=f"{how}，请对照证件重新填写")
    return Number(seal(plain), fingerprint(kind, plain), masked(kind, plain))


def fingerprint(kind: str, plain: str) -> str:
    """A keyed hash by which the same number is found again, under the first of the keys that seal fields."""
    first = (os.environ.get("YOUJU_FIELD_KEY") or ensure_secret("field_key")).split(",")[0].strip()
    key = hmac.new(first.encode(), b"youju fingerprint", "sha256").digest()
    return hmac.new(key, f"{kind}\0{plain}".encode(), "sha256").hexdigest()


def masked(kind: str, plain: str) -> str:
    """What may be shown: the ends, and stars for the rest."""
    front, back = (2, 2) if kind == "passport" else (3, 4)
    if len(plain) <= front + back + 2:
        front, back = 1, 1
    return plain[:front] + "*" * (len(plain) - front - back) + plain[-back:]


def reseal_requests() -> int:
    """Seal the numbers in all change requests anew with the first key, fingerprints too; how many. For the exchange of keys."""
    count = 0
    for change in ChangeRequest.objects.select_for_update(of=("self",)).iterator(chunk_size=1000):
        found = {name: value for name, value in change.after.items() if name in IDENTIFIERS}
        if not found:
            continue
        for name, value in found.items():
            plain = unseal(value["sealed"])
            value |= {"sealed": seal(plain), "fingerprint": fingerprint(name.partition(".")[0], plain)}
        change.save(update_fields=["after"])
        count += len(found)
    return count


def _checks(plain: str) -> bool:
    total = sum(int(digit) * weight for digit, weight in zip(plain, _WEIGHTS, strict=False))
    return "10X98765432"[total % 11] == plain[-1]
