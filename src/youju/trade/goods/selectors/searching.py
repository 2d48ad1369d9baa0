"""Finding a line of the tariff by name, pinyin initials or code: plain SQL over an index of short pieces."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.utils import timezone

from youju.foundation.policies import law_on
from youju.rules.law import names, whole
from youju.trade.goods import spelling
from youju.trade.goods.models import TariffVersion
from youju.trade.goods.selectors.tariffs import Line, version_on

_LONGEST = 40
_WORDS = 6
_DIGITS = 10
_CODE = re.compile(r"[\d.]+")


@dataclass(frozen=True, slots=True)
class Hit:
    """A line that was found; ``exact`` where every word stands in it, else it merely shares pieces with them."""

    line: Line
    exact: bool


def words_of(text: str) -> list[str]:
    """The words of a search: half-width, lower case, runs of Chinese, of letters, and of digits with dots apart."""
    plain = unicodedata.normalize("NFKC", text.replace("\0", ""))[:_LONGEST].lower()
    # A lone letter begins half of all names: it says nothing yet.
    return re.findall(r"[\u3400-\u9fff]+|[a-z]{2,}|[\d.]*\d", plain)[:_WORDS]


def search(text: str, *, version: TariffVersion | None = None, limit: int | None = None) -> list[Hit]:
    """The lines that fit best, best first: one query where enough lines have every word, two where not.

    Every word must be in a line: digits as the start of the code, letters in the pinyin initials, Chinese in the name. Where
    that leaves too few, lines follow that hold a stretch of a Chinese word.

    Args:
        version: where to look; the version in force today by default.
        limit: how many at most; the policy's number by default.
    """
    found = version or version_on()
    words = words_of(text)
    if found is None or not words:
        return []
    most = limit or whole(law_on(timezone.localdate()), "trade.goods.suggestions")
    hits = _exact(found.pk, words, most)
    han = [word for word in words if spelling.is_han(word)]
    if len(hits) < most and any(len(word) > 1 for word in han):
        seen = {hit.line.code for hit in hits}
        hits += [hit for hit in _alike(found.pk, han, most) if hit.line.code not in seen][: most - len(hits)]
    return hits


_SELECT = "SELECT code, name, unit1, unit2, export_duty, supervision, inspection FROM goods_tariffline WHERE version_id = %s"


def _exact(version_id: int, words: list[str], most: int) -> list[Hit]:
    common = _common()
    conditions: list[str] = []
    wanted: list[str] = []
    ranks: list[str] = []
    parameters: list[Any] = [version_id]
    ranked: list[Any] = []
    for word in words:
        if _CODE.fullmatch(word):
            digits = word.replace(".", "")[:_DIGITS]
            conditions.append("code BETWEEN %s AND %s")
            parameters += [digits.ljust(_DIGITS, "0"), digits.ljust(_DIGITS, "9")]
            continue
        column = "name" if spelling.is_han(word) else "initials"
        conditions.append(f"{column} LIKE %s")
        parameters.append(f"%{word}%")
        # A word that stands everywhere narrows nothing: reading the pieces of so many lines costs more than it saves.
        if len(word) > 1 and word not in common:
            wanted += spelling.wanted(word)
        # Wholly the word, then beginning with it, then holding it; the earlier the better.
        ranks.append(f"(CASE WHEN {column} = %s THEN 0 WHEN {column} LIKE %s THEN 1 ELSE 2 END)")
        ranked += [word, f"{word}%"]
    sql = f"{_SELECT} AND {' AND '.join(conditions)}"
    if wanted:
        sql += " AND grams @> %s"
        parameters.append(spelling.in_version(version_id, wanted))
    order = f"{' + '.join(ranks)}, length(name), code" if ranks else "code"
    return _hits(f"{sql} ORDER BY {order} LIMIT %s", [*parameters, *ranked, most], exact=True)


def _alike(version_id: int, han: list[str], most: int) -> list[Hit]:
    """Lines that hold a stretch of a word: three characters of it, or two where it has no more than three."""
    common = _common()
    stretches: dict[tuple[str, ...], None] = {}
    for word in han:
        pairs = [piece for piece in spelling.wanted(word) if len(piece) > 1]
        size = 2 if len(pairs) > 2 else 1
        stretches |= dict.fromkeys(tuple(pairs[at : at + size]) for at in range(len(pairs) - size + 1))
    telling = [stretch for stretch in stretches if not common.issuperset(stretch)]
    if not telling:
        return []
    pairs = list(dict.fromkeys(piece for stretch in telling for piece in stretch))
    score = " + ".join(["(CASE WHEN name LIKE %s THEN 1 ELSE 0 END)"] * len(pairs))
    # The text is asked before the pieces: where no index is used, few pieces are read then.
    either = " OR ".join(["(name LIKE %s AND grams @> %s)"] * len(telling))
    sql = f"{_SELECT} AND ({either}) ORDER BY {score} DESC, length(name), code LIMIT %s"
    held: list[Any] = []
    for stretch in telling:
        whole_stretch = stretch[0] + "".join(piece[-1] for piece in stretch[1:])
        held += [f"%{whole_stretch}%", spelling.in_version(version_id, list(stretch))]
    return _hits(sql, [version_id, *held, *(f"%{pair}%" for pair in pairs), most], exact=False)


def _common() -> frozenset[str]:
    return frozenset(names(law_on(timezone.localdate()), "trade.goods.common_words"))


def _hits(sql: str, parameters: list[Any], *, exact: bool) -> list[Hit]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return [Hit(Line(*row), exact) for row in cursor.fetchall()]
