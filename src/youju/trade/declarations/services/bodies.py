"""The message of a declaration as it is sent: complete, by the law of its day, with our number in it."""

from __future__ import annotations

from decimal import Decimal

from youju.foundation.kernel.errors import InputError
from youju.foundation.policies import law_on
from youju.rules.law import UnknownPolicyError
from youju.rules.trade.declarations.facts import Declaration as Facts
from youju.rules.trade.declarations.facts import DeclaredLine as Line
from youju.rules.trade.declarations.money import to_cents
from youju.trade.declarations.documents.message import message
from youju.trade.declarations.exchange.naming import client_of
from youju.trade.declarations.exchange.outgoing import signed
from youju.trade.declarations.models import Declaration

_SHOWN = 6


def message_of(row: Declaration) -> bytes:
    """The bytes of a declaration's message, by the law of its day.

    Raises:
        InputError: required fields are missing, or a value does not fit its field (422).
    """
    try:
        client = client_of(row.number, row.version)
    except ValueError as error:
        raise InputError("申报单号只能有大写字母和数字", where=row.number, how="请联系系统管理员") from error
    header = {
        "TrafMode": row.transport_mode,
        "IEPort": row.port,
        "BillNo": row.packing.bill_of_lading,
        **{name: str(value) for name, value in row.header.items()},
    }
    try:
        made = message(_facts(row), law_on(row.declared_on), header)
    except (UnknownPolicyError, ValueError) as error:
        raise InputError(f"报文做不出来：{error}", where=str(row), how="请改正后再发送") from error
    if made.missing:
        told = "、".join(
            f"{gap.label}" if gap.line is None else f"第 {gap.line} 项{gap.label}"
            for gap in made.missing[:_SHOWN]
        )
        more = f"等 {len(made.missing)} 处" if len(made.missing) > _SHOWN else ""
        raise InputError(f"还缺必填项：{told}{more}", where=str(row), how="请补全后再发送")
    return signed(made.xml, client)


def _facts(row: Declaration) -> Facts:
    lines: list[Line] = []
    for line in row.lines.order_by("g_no"):
        lines.append(
            Line(
                number=line.g_no,
                hs_code=line.hs_code,
                name=line.name,
                quantity=_plain(line.quantity),
                unit=line.unit,
                cents=to_cents(line.amount),
                net_weight=_plain(line.net_weight),
                gross_weight=_plain(line.gross_weight),
                packages=0 if lines else row.packages,  # the message tells the sum alone
                merged=line.merged,
                sources=(),
                first_quantity=_plain(line.quantity1) if line.quantity1 is not None else None,
                first_unit=line.unit1,
                second_quantity=_plain(line.quantity2) if line.quantity2 is not None else None,
                second_unit=line.unit2,
            )
        )
    return Facts(1, (), row.currency, tuple(lines))


def _plain(value: Decimal) -> Decimal:
    """Without the zeros that a column of five places adds; the message holds plain digits."""
    short = value.normalize()
    return short.quantize(Decimal(1)) if short == short.to_integral_value() else short
