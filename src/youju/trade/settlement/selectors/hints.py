"""Which declaration a receipt names, in its hint or in the words of the payer."""

from __future__ import annotations

import re

from django.db.models import Q, QuerySet

from youju.trade.settlement.models import Lot

_KEY = re.compile(r"(?<![A-Z0-9])(D\d{12})(?:-(\d{1,4}))?(?!\d)|(?<!\d)(\d{18})(?!\d)")


def named_in(*texts: str) -> list[tuple[str, int | None]]:
    """Numbers of declarations, ours with the version where it is said, or customs', in the order of the texts."""
    found = []
    for text in texts:
        for number, version, entry in _KEY.findall(text.upper().replace("\0", "")):
            found.append((number or entry, int(version) if version else None))
    return list(dict.fromkeys(found))


def lots_named(names: list[tuple[str, int | None]]) -> QuerySet[Lot]:
    """Standing lines in the asker's reach of the declarations that are named."""
    wish = Q(pk=None)
    for number, version in names:
        if version is not None:
            wish |= Q(number=number, version=version)
        else:
            wish |= Q(number=number) | Q(entry_number=number)
    return Lot.objects.filter(wish, live=True).order_by("number", "g_no", "pk")
