"""How the exchange finds and holds declarations and messages.

Everybody holds in the same order: declaration, its messages, its case. Who puts files out holds one message and nothing else.
"""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction

from youju.foundation.kernel.context import reaching_all
from youju.foundation.kernel.errors import InputError
from youju.trade.declarations.exchange.naming import split_client
from youju.trade.declarations.models import Declaration, Message
from youju.trade.declarations.services.refusing import saved as written
from youju.trade.declarations.services.refusing import subject_of

__all__ = [
    "held",
    "held_if_there",
    "held_message",
    "refuse_taken",
    "saved",
    "subject_of",
    "taken",
]


def held(key: str, expected: int | None = None) -> Declaration:
    """The declaration of a number and version (``D230601000001-1``), held until the transaction ends.

    Raises:
        InputError: none that row-level security shows (404), or it changed since it was shown (409).
    """
    row = held_if_there(key)
    if row is None:
        raise InputError(f"没有报关单“{key[:40]}”", how="请核对申报单号和版本", status=404)
    if expected is not None and expected != row.revision:
        raise InputError("这票报关单刚才有改动", where=key, how="请刷新页面，看过再办", status=409)
    return row


def held_if_there(key: str) -> Declaration | None:
    """As ``held``, or ``None``."""
    found = split_client(key)
    if found is None:
        return None
    number, version = found
    return Declaration.objects.select_for_update().filter(number=number, version=version).first()


def saved(row: Declaration, **fields: Any) -> None:
    """Write fields of a held declaration under its next revision.

    Raises:
        InputError: the customs number belongs to another declaration (409).
    """
    for name, value in fields.items():
        setattr(row, name, value)
    try:
        with transaction.atomic():
            written(row, *fields)
    except IntegrityError as error:
        if "declarations_entry_once" not in str(error):
            raise
        raise taken(row.entry_number) from error


def refuse_taken(row: Declaration, entry_number: str) -> None:
    """Refuse a customs number that another declaration bears, whoever may see that one.

    Raises:
        InputError: it does (409).
    """
    with reaching_all():
        there = Declaration.objects.filter(entry_number=entry_number).exclude(pk=row.pk).exists()
    if there:
        raise taken(entry_number)


def taken(entry_number: str) -> InputError:
    """What is said of a customs number that is in use."""
    return InputError(
        f"报关单号 {entry_number} 已用在另一票上", where="报关单号", how="请核对海关的回执", status=409
    )


def held_message(pk: int) -> Message | None:
    """A message, held; the declaration it is about was held before."""
    return Message.objects.select_for_update(of=("self",)).filter(pk=pk).first()
