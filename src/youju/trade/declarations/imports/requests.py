"""What is asked of the planner, and how rows of values become goods lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from youju.foundation.imports.kinds import BadCellError, Day
from youju.foundation.kernel.errors import InputError
from youju.rules.trade.declarations.facts import USD, GoodsLine
from youju.rules.trade.declarations.money import to_cents


@dataclass(frozen=True, slots=True)
class PlanRequest:
    """Goods lines to be declared on a day. ``header``: what the message needs besides; ``notes``: what must be said aloud."""

    day: date
    currency: str
    lines: tuple[GoodsLine, ...]
    usd_rates: Mapping[str, Decimal] = field(default_factory=dict)
    header: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def today() -> date:
    """The day in China."""
    return datetime.now(ZoneInfo("Asia/Shanghai")).date()


def day_of(value: Any, where: str) -> date:
    """The day of declaration.

    Raises:
        InputError: not a day.
    """
    try:
        return Day().read(value)
    except BadCellError as error:
        raise InputError(str(error), where=where, how="请写成 2023-06-01 的样子") from error


def currency_of(value: Any, rates: Mapping[str, Decimal], where: str) -> str:
    """A currency in which the cap can be checked.

    Raises:
        InputError: not three letters, or no rate is known.
    """
    text = str(value).strip().upper()
    if not (isinstance(value, str) and len(text) == 3 and text.isascii() and text.isalpha()):
        raise InputError(f"“{str(value)[:20]}”不是币制代码", where=where, how="请写三个字母，例如 USD")
    if text != USD and text not in rates:
        raise InputError(
            f"没有 {text} 折美元的汇率，无法核对单票上限",
            where=where,
            how=f"请在 usd_rates 里给出 1 {text} 合多少美元",
        )
    return text


def goods_line(values: Mapping[str, Any], currency: str) -> GoodsLine:
    """A goods line from values as the columns' kinds give them; a blank yes or no is no."""
    return GoodsLine(
        number=values["line"],
        order=values["order"],
        merchant=values["merchant"],
        hs_code=values["hs_code"],
        name=values["name"],
        quantity=trimmed(values["quantity"]),
        unit=values["unit"],
        packages=values["packages"],
        cents=to_cents(values["amount"]),
        net_weight=trimmed(values["net_weight"]),
        gross_weight=trimmed(values["gross_weight"]),
        currency=(values.get("currency") or currency).upper(),
        inspection=bool(values.get("inspection")),
        export_duty=bool(values.get("export_duty")),
        first_quantity=_optional(values.get("quantity1")),
        first_unit=values.get("unit1") or "",
        second_quantity=_optional(values.get("quantity2")),
        second_unit=values.get("unit2") or "",
    )


@lru_cache(maxsize=50_000)
def trimmed(number: Decimal) -> Decimal:
    """Without zeros at the end, never in powers of ten."""
    short = number.normalize()
    return short if int(short.as_tuple().exponent) <= 0 else short.quantize(Decimal(1))


def _optional(number: Decimal | None) -> Decimal | None:
    return None if number is None else trimmed(number)


def rates_of(values: Mapping[str, Any], where: str) -> dict[str, Decimal]:
    """Dollars for one unit of each currency.

    Raises:
        InputError: a rate that is no positive number, a code that is none.
    """
    rates: dict[str, Decimal] = {}
    for code, rate in values.items():
        text = str(rate).strip()
        known = len(code) == 3 and code.isascii() and code.isalpha()
        plain = isinstance(rate, str | Decimal | int) and not isinstance(rate, bool)
        number = Decimal(text) if plain and _is_plain(text) else Decimal(0)
        if not known or number <= 0:
            raise InputError(
                f"汇率“{code}：{text[:20]}”不对", where=where, how='请写成 {"EUR": "1.08"} 的样子，汇率大于零'
            )
        rates[code.upper()] = number
    return rates


def _is_plain(text: str) -> bool:
    whole, _, part = text.partition(".")
    return (
        len(text) <= 24
        and whole.isascii()
        and whole.isdigit()
        and (not part or (part.isascii() and part.isdigit()))
    )


def told(parts: Sequence[str]) -> str:
    """Some of many, for a sentence."""
    return "、".join(parts[:5]) + (" 等" if len(parts) > 5 else "")
