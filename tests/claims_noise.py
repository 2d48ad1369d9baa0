"""Ways to write one thing differently, and characters of one sound."""

from __future__ import annotations

import random
from collections import defaultdict
from functools import cache, lru_cache

from claims_words import BRAND, GIVEN

FULL_WIDTH = {ord(sign): chr(ord(sign) + 0xFEE0) for sign in "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-()"}


def noisy(chance: random.Random, text: str) -> str:
    """A number as somebody else types it."""
    return chance.choice(
        (text, text.lower(), text.translate(FULL_WIDTH), f"{text[:4]} {text[4:]}", f"{text[:6]}-{text[6:]}")
    )


def noisy_box(chance: random.Random, number: str) -> str:
    """A container's number, now and then with the letter O for a nought."""
    if chance.random() < 0.2 and "0" in number[4:]:
        return number[:4] + number[4:].replace("0", "O", 1)
    return noisy(chance, number)


def noisy_phone(chance: random.Random, phone: str) -> str:
    """A telephone number as people write it."""
    parted = f"{phone[:3]}-{phone[3:7]}-{phone[7:]}"
    return chance.choice((phone, phone, f"+86 {phone}", parted, phone.translate(FULL_WIDTH)))


@lru_cache(maxsize=1)
def same_sound() -> dict[str, tuple[str, ...]]:
    """Common characters by syllable without tone, from the generator's own words."""
    found: dict[str, set[str]] = defaultdict(set)
    for sign in {
        *BRAND,
        *"".join(GIVEN),
        *"鸿洪红弘大答欣心新馨元缘园圆恒横太泰圣胜晟力丽立顺舜通同桐佳家嘉优友尤品平诚程城成",
    }:
        found[syllable(sign)].add(sign)
    return {syllable: tuple(sorted(signs)) for syllable, signs in found.items()}


@cache
def syllable(sign: str) -> str:
    from pypinyin import lazy_pinyin

    return str(lazy_pinyin(sign)[0])
