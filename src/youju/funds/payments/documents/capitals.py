"""Amounts in the capital numerals of vouchers (人民币大写), as 正确填写票据和结算凭证的基本规定 writes them."""

from __future__ import annotations

from decimal import Decimal

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿", "万亿")
_FOUR = 10_000


def capital(amount: Decimal) -> str:
    """``1001.50`` → ``壹仟零壹元伍角整``; not negative, to the cent, below ten thousand 万亿."""
    cents = int(amount * 100)
    yuan, (jiao, fen) = cents // 100, divmod(cents % 100, 10)
    told = f"{_whole(yuan)}元" if yuan else ""
    if not jiao and not fen:
        return f"{told or '零元'}整"
    if jiao:
        told += f"{_DIGITS[jiao]}角"
    elif yuan:
        told += "零"
    return f"{told}{_DIGITS[fen]}分" if fen else f"{told}整"


def _whole(number: int) -> str:
    groups = []
    while number:
        number, rest = divmod(number, _FOUR)
        groups.append(rest)
    told, gap = "", False
    for place in range(len(groups) - 1, -1, -1):
        group = groups[place]
        if not group:
            gap = bool(told)
            continue
        if told and (gap or group < _FOUR // 10):
            told += "零"
        told += _group(group) + _GROUPS[place]
        gap = False
    return told


def _group(number: int) -> str:
    told, gap = "", False
    for place in range(3, -1, -1):
        digit = number // 10**place % 10
        if digit:
            told += ("零" if gap and told else "") + _DIGITS[digit] + _PLACES[place]
            gap = False
        else:
            gap = True
    return told
