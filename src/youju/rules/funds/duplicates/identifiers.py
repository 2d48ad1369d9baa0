"""Numbers that name one thing: phones, accounts, containers, invoices, declared lines, credit codes."""

from __future__ import annotations

import re
import unicodedata

from youju.rules.funds.duplicates.facts import Box, Invoice, Line
from youju.rules.funds.duplicates.spelling import digits, plain
from youju.rules.trade.packing.checks.containers import check_digit

_APART = re.compile(r"[,;/、，；|]+|\s{2,}|\s(?=1\d{10}\b)")
_EXTENSION = re.compile(r"(?:转|EXT\.?|分机|X)\s*\d+\s*$", re.IGNORECASE)
_BOX = re.compile(r"[A-Z]{4}\d{7}")
_LETTERS = str.maketrans("0158", "OISB")
_FIGURES = str.maketrans("OQILSB", "001158")
_SHORTEST_PHONE, _SHORTEST_ACCOUNT = 7, 8


def phones(texts: tuple[str, ...]) -> frozenset[str]:
    """Numbers without country code, signs and extension: ``+86 138-0000-1111``, ``(0312)2811234转8`` → digits."""
    found = set()
    for text in texts:
        for part in _APART.split(unicodedata.normalize("NFKC", text)):
            number = digits(_EXTENSION.sub("", part))
            number = re.sub(r"^(?:00)?86(?=1\d{10}$|0\d{9,11}$|[2-9]\d{8,10}$)", "", number)
            number = number.removeprefix("0") if re.fullmatch(r"01[3-9]\d{9}", number) else number
            if len(number) >= _SHORTEST_PHONE and len(set(number)) > 1:
                found.add(number)
    return frozenset(found)


def account(text: str) -> str:
    """The digits of a bank account; empty for what is too short to be one."""
    number = digits(text)
    return number if len(number) >= _SHORTEST_ACCOUNT else ""


def container(text: str) -> str:
    """Four letters and seven digits, with O for 0 and the like put right by their place (ISO 6346).

    The repair is kept only where the check digit then holds, so that it never makes two numbers one by guessing.
    """
    number = plain(text)
    mended = number[:4].translate(_LETTERS) + number[4:].translate(_FIGURES)
    return mended if checks(mended) else number


def checks(number: str) -> bool:
    """Whether a container number has its shape and check digit."""
    return bool(_BOX.fullmatch(number)) and check_digit(number[:10]) == int(number[10])


def boxes(all_of: tuple[Box, ...]) -> dict[str, tuple[Box, ...]]:
    """Containers by their normalised number; blank ones are left out."""
    found: dict[str, tuple[Box, ...]] = {}
    for each in all_of:
        number = container(each.number)
        if number:
            found[number] = (*found.get(number, ()), each)
    return found


def invoices(all_of: tuple[Invoice, ...]) -> dict[str, Invoice]:
    """Invoices by keys under which no two different ones stand.

    A tax invoice by its own number (20 digits, or code and 8 digits). A commercial number only together with its issuer or its
    amount: every trader has an ``INV-2023-001``.
    """
    found: dict[str, Invoice] = {}
    for each in all_of:
        number, code = plain(each.number), digits(each.code)
        if re.fullmatch(r"\d{20}", number):
            found[number] = each
        elif re.fullmatch(r"\d{8}", number) and len(code) in (10, 12):
            found[f"{code}-{number}"] = each
        elif number:
            if each.issuer:
                found[f"{number}|{plain(each.issuer)}"] = each
            if each.amount:
                found[f"{number}|{_amount(each.amount)}"] = each
    return found


def _amount(text: str) -> str:
    number = re.sub(r"[^\d.]", "", unicodedata.normalize("NFKC", text))
    return number.rstrip("0").rstrip(".") if "." in number else number


def lines(all_of: tuple[Line, ...]) -> dict[str, tuple[Line, ...]]:
    """Declared lines by the declaration's number and the line's, in one spelling."""
    found: dict[str, tuple[Line, ...]] = {}
    for each in all_of:
        key = f"{plain(each.declaration)}:{each.number}"
        found[key] = (*found.get(key, ()), each)
    return found


def credit_code(text: str) -> str:
    """An 18-character credit code, or nothing: what is no such code names nobody."""
    code = plain(text)
    return code if re.fullmatch(r"[0-9A-Z]{18}", code) else ""
