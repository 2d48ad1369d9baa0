"""Invented names of people, shops, companies and buyers."""

from __future__ import annotations

import unicodedata

from youju.foundation.kernel.chance import Chance
from youju.rules.trade.parties.roles import PartyRole
from youju.trade.parties.demo.tables import Country, authored

_SHOP_KINDS = ("商行", "经营部", "批发部")
_STRIDE = 1_117  # a prime: neighbours get unlike names, and none comes twice


def person(chance: Chance) -> str:
    """Somebody's Chinese name."""
    words = authored("people")
    return str(chance.pick(words["surnames"]) + chance.pick(words["given"]))


def shop(index: int, label: str, english: str) -> tuple[str, str]:
    """A merchant's Chinese and English name; no two merchants share one."""
    words = authored("people")
    first, second, kind, turn = _parts(index, len(_SHOP_KINDS))
    name = f"{words['shops'][first]}{words['shop_second'][second]}{label}{_SHOP_KINDS[kind]}"
    spelled = f"{words['shops_en'][first]}{words['shop_second_en'][second]} {english}"
    return (f"{name}第{turn + 1}分号", f"{spelled} No. {turn + 1}") if turn else (name, spelled)


def company(index: int, role: PartyRole) -> tuple[str, str]:
    """A company's Chinese and English name; no two of one role share one."""
    words = authored("people")
    kinds = words["trades"][role.value]
    first, second, kind, turn = _parts(index, len(kinds))
    name = f"示例{words['shops'][first]}{words['shop_second'][second]}{kinds[kind]}"
    spelled = f"{words['shops_en'][first]}{words['shop_second_en'][second]} {words['trades_en'][role.value]}"
    return (f"{name}第{turn + 1}分公司", f"{spelled} No. {turn + 1}") if turn else (name, spelled)


def _parts(index: int, kinds: int) -> tuple[int, int, int, int]:
    """First word, second word, kind, and how often all names were used up before."""
    words = authored("people")
    firsts, seconds = len(words["shops"]), len(words["shop_second"])
    turn, rest = divmod(index, firsts * seconds * kinds)
    rest = rest * _STRIDE % (firsts * seconds * kinds)
    rest, first = divmod(rest, firsts)
    kind, second = divmod(rest, seconds)
    return first, second, kind, turn


def foreigner(chance: Chance, country: Country) -> str:
    """Somebody's name abroad."""
    words = authored("buyers")["languages"][country.language]
    return f"{chance.pick(words['given'])} {chance.pick(words['family'])}"


def plain(name: str) -> str:
    """A name without accents: forms take the English name in plain Latin letters."""
    parted = unicodedata.normalize("NFKD", name.replace("ı", "i"))
    return parted.encode("ascii", "ignore").decode()


def importer(chance: Chance, country: Country) -> str:
    """A firm's name abroad."""
    words = authored("buyers")["languages"][country.language]
    pattern = str(chance.pick(words["company"]))
    return pattern.format(a=chance.pick(words["family"]), b=chance.pick(words["family"]))
