"""Countries and regions by ISO 3166, with their names in both languages, as pycountry carries them.

The names of the three regions of China follow the practice of Chinese forms.
"""

from __future__ import annotations

import gettext
import unicodedata
from functools import lru_cache

import pycountry

HOME = "CN"
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
_SHORT_EN = {"HK": "Hong Kong, China", "MO": "Macao, China", "TW": "Taiwan, China"}


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
    found = {
        each.alpha_2: _SHORT_EN.get(each.alpha_2) or str(getattr(each, "common_name", each.name))
        for each in pycountry.countries
    }
    return dict(sorted(found.items(), key=lambda pair: pair[1]))


def countries(language: str) -> tuple[tuple[str, str], ...]:
    """Two-letter codes with names, by name; ``language`` is ``en`` or ``zh-hans``. China itself is left out: a foreign buyer
    comes from elsewhere.
    """
    found = names_en() if language == "en" else names()
    pairs = ((code, name) for code, name in found.items() if code != HOME)
    return tuple(sorted(pairs, key=lambda pair: (pair[1], pair[0])))


def country_name(code: str, language: str) -> str:
    """The name of a country; its code where it has none here."""
    return (names_en() if language == "en" else names()).get(code, code)


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


def alpha_3(code: str) -> str:
    """The three letters of a country that is given by two; empty for an unknown code."""
    found = pycountry.countries.get(alpha_2=code)
    return str(found.alpha_3) if found else ""
