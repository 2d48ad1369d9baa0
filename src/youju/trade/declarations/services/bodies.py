"""The message of a declaration as it is sent: complete, valid against the schema, with our number in it."""

from __future__ import annotations

from youju.foundation.kernel.errors import InputError
from youju.trade.declarations.exchange.naming import client_of
from youju.trade.declarations.exchange.outgoing import signed
from youju.trade.declarations.models import Declaration
from youju.trade.declarations.services.messages import sendable


def message_of(row: Declaration) -> bytes:
    """The bytes of a declaration's message, by the law of its day.

    Raises:
        InputError: required fields are missing, or a value does not fit its field (422).
    """
    try:
        client = client_of(row.number, row.version)
    except ValueError as error:
        raise InputError("申报单号只能有大写字母和数字", where=row.number, how="请联系系统管理员") from error
    return signed(sendable(row).xml, client)
