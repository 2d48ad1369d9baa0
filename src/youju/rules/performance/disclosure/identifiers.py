"""Personal data in a text: numbers of identity cards, phones, bank accounts, e-mail, addresses, names.

Hashes, codes of projects and numbers of documents are none of these, however many digits they have.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_CARD = re.compile(
    r"(?<![0-9A-Za-z])[1-9]\d{5}(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?![0-9A-Za-z])"
)
_OLD_CARD = re.compile(
    r"(?<![0-9A-Za-z])[1-9]\d{7}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}(?![0-9A-Za-z])"
)
_MOBILE = re.compile(r"(?<![0-9A-Za-z.])(?:\+?86[- ]?)?1[3-9]\d(?:[- ]?\d{4}){2}(?![0-9A-Za-z])")
_LANDLINE = re.compile(r"(?<![0-9A-Za-z-])[(（]?0\d{2,3}[)）]?[- ]\d{7,8}(?![0-9])")
_ACCOUNT = re.compile(r"(?<![0-9A-Za-z.])\d{4}(?:[ -]?\d{4}){3}(?:[ -]?\d{1,3})?(?![0-9A-Za-z.])")
_MAIL = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_ADDRESS = re.compile(
    r"(?:住址|住所|家庭地址|通讯地址|联系地址)[:：]?\s*\S{4,}|[一-鿿]{2,}(?:路|街|巷|大道|胡同|村)\s*\d+\s*号(?:[^，。；\s]{0,12}?(?:室|楼|单元|户))?"
)
_PASSPORT = re.compile(r"(?:护照|通行证|军官证)(?:号码?)?[:：]?\s*[A-Z]?\d{6,9}", re.IGNORECASE)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_CARD_LENGTH, _NAME_LEAST = 18, 2
_SHOWN = 3


def card_numbers(text: str) -> Iterator[str]:
    """Numbers of identity cards: 18 characters with a right check digit, or 15 digits of the old kind."""
    for match in _CARD.finditer(text):
        number = match[0].upper()
        if (
            _CHECKS[
                sum(int(each) * weight for each, weight in zip(number, _WEIGHTS, strict=False)) % len(_CHECKS)
            ]
            == number[-1]
        ):
            yield match[0]
    yield from (match[0] for match in _OLD_CARD.finditer(text))
    yield from (match[0] for match in _PASSPORT.finditer(text))


def phones(text: str) -> Iterator[str]:
    """Numbers of mobile phones and land lines."""
    for pattern in (_MOBILE, _LANDLINE):
        yield from (match[0] for match in pattern.finditer(text))


def accounts(text: str) -> Iterator[str]:
    """Numbers of bank accounts: 16 to 19 digits that are no identity card."""
    cards = set(card_numbers(text))
    yield from (match[0] for match in _ACCOUNT.finditer(text) if match[0] not in cards)


def mails(text: str) -> Iterator[str]:
    """E-mail addresses."""
    yield from (match[0] for match in _MAIL.finditer(text))


def addresses(text: str) -> Iterator[str]:
    """Where somebody lives."""
    yield from (match[0] for match in _ADDRESS.finditer(text))


def named(text: str, names: frozenset[str]) -> Iterator[str]:
    """Names out of a list that stand in the text. A name of one character is none."""
    yield from sorted(each for each in names if len(each) >= _NAME_LEAST and each in text)


def hidden(text: str) -> str:
    """The beginning of something personal, for a sentence that may be read by many."""
    return f"{text[:_SHOWN]}…" if len(text) > _SHOWN else f"{text[:1]}…"
