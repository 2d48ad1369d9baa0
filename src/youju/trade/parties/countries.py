"""Countries and regions by ISO 3166, with their Chinese names, as pycountry carries them."""

from __future__ import annotations

import gettext
import unicodedata
from functools import lru_cache

import pycountry

# Shorter than the translations of the standard's official names, and what people look for.
_SHORT = {
    "CN": "中国",
    "HK": "中国香港",
    "MO": "中国澳门",
    "TW": "中国台湾",
    "IR": "伊朗",
    "KR": "韩国",
    "KP": "朝鲜",
    "SY": "叙利亚",
    "TZ": "坦桑尼亚",
    "VE": "委内瑞拉",
    "BO": "玻利维亚",
    "MD": "摩尔多瓦",
    "LA": "老挝",
    "CD": "刚果（金）",
    "CG": "刚果（布）",
    "AE": "阿联酋",
    "GB": "英国",
    "VN": "越南",
    "RU": "俄罗斯",
    "PS": "巴勒斯坦",
}


@lru_cache(maxsize=1)
def names() -> dict[str, str]:
    """alpha-2 code → Chinese name, by code."""
    chinese = gettext.translation("iso3166-1", pycountry.LOCALES_DIR, languages=["zh_CN"], fallback=True)
    found = {
        each.alpha_2: _SHORT.get(each.alpha_2) or chinese.gettext(each.name) for each in pycountry.countries
    }
    return dict(sorted(found.items()))


@lru_cache(maxsize=1)
def names_en() -> dict[str, str]:
    """alpha-2 code → English name, by name."""
    found = {each.alpha_2: str(getattr(each, "common_name", each.name)) for each in pycountry.countries}
    return dict(sorted(found.items(), key=lambda pair: pair[1]))


def name_of(code: str) -> str:
    """The Chinese name; empty for an unknown code."""
    return names().get(code, "")


@lru_cache(maxsize=1)
def _words() -> dict[str, str]:
    words: dict[str, str] = {}
    for each in pycountry.countries:
        for word in (each.name, each.alpha_3, each.alpha_2, names()[each.alpha_2], names_en()[each.alpha_2]):
            words[_plain(word)] = each.alpha_2
    return words


def code_of(text: str) -> str:
    """The alpha-2 code of a country given by code, Chinese or English name; what was given, where there is none."""
    return _words().get(_plain(text), text)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().casefold()
