"""Countries and regions by ISO 3166-1, with their names in both languages, for buyers' pages.

The Chinese names follow the practice of Chinese forms for the three regions of China.
"""

from __future__ import annotations

import gettext
from functools import lru_cache

import pycountry

_REGIONS_OF_CHINA = {
    "HK": ("中国香港", "Hong Kong, China"),
    "MO": ("中国澳门", "Macao, China"),
    "TW": ("中国台湾", "Taiwan, China"),
}
HOME = "CN"


@lru_cache(maxsize=2)
def countries(language: str) -> tuple[tuple[str, str], ...]:
    """Two-letter codes with names, by name; ``language`` is ``en`` or ``zh-hans``. China itself is left out: a foreign buyer
    comes from elsewhere.
    """
    chinese = language != "en"
    words = gettext.translation("iso3166-1", pycountry.LOCALES_DIR, languages=["zh_CN"], fallback=True)
    found = []
    for each in pycountry.countries:
        if each.alpha_2 == HOME:
            continue
        english = getattr(each, "common_name", each.name)
        region = _REGIONS_OF_CHINA.get(each.alpha_2)
        name = region[0 if chinese else 1] if region else words.gettext(english) if chinese else english
        found.append((each.alpha_2, name))
    return tuple(sorted(found, key=lambda pair: (pair[1], pair[0])))


def country_name(code: str, language: str) -> str:
    """The name of a country; its code where it has none here."""
    return dict(countries(language)).get(code, code)
