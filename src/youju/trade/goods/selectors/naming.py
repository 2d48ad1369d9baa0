"""Names of tariff codes of two, four or ten digits, for who has codes and needs words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from youju.foundation.policies import law_on
from youju.rules.law import table
from youju.trade.goods.models import Heading, TariffLine

CHAPTER, HEADING = 2, 4


def code_names(codes: Iterable[str], *, day: date) -> Mapping[str, str]:
    """Code → name: of a chapter as the policy says, of a heading as the nomenclature does (Chinese, else English), of ten
    digits as the latest version of the tariff that has the code. Codes without a name are left out. At most two queries.
    """
    wanted = set(codes)
    chapters = table(law_on(day), "trade.goods.chapters")
    found = {code: str(chapters[code]) for code in wanted if len(code) == CHAPTER and code in chapters}
    if headings := [code for code in wanted if len(code) == HEADING]:
        rows = Heading.objects.filter(code__in=headings)
        found |= {row.code: row.name or row.name_en for row in rows}
    if lines := [code for code in wanted if len(code) > HEADING]:
        named = TariffLine.objects.filter(code__in=lines).order_by("code", "version__valid_from")
        found |= dict(named.values_list("code", "name"))
    return found
