"""Rows → facts of recognition, for one good or thousands: the number of queries does not grow with the goods."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q

from youju.rules.trade.goods.facts import (
    AuthorisationFacts,
    Facts,
    GoodFacts,
    LineFacts,
    PartyFacts,
    TariffFacts,
)
from youju.trade.goods.models import Element, Good, Heading, TariffLine, TariffVersion
from youju.trade.parties.selectors import PartyScope, party_scopes

_MANY = 8
"""Neighbours of a missing code that are kept as facts."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """The facts of goods, in the order asked for, and the tariff version that they were looked up in."""

    facts: tuple[Facts, ...]
    version: TariffVersion | None


def load(goods: Sequence[Good], *, as_of: date, version: TariffVersion | None = None) -> Loaded:
    """The facts of the goods as of a day.

    Args:
        goods: rows as they stand; nothing but their own columns is read of them.
        as_of: the day whose tariff counts.
        version: a tariff version in place of the one in force on the day (an officer tries it).
    """
    versions = list(TariffVersion.objects.order_by("valid_from"))
    current = version or _in_force(versions, as_of)
    codes = {good.hs_code for good in goods}
    lines = _lines(current, codes)
    missing = codes - set(lines)
    others = _elsewhere(versions, current, missing, as_of) if missing else {}
    near = _successors(current, missing) if missing and current else {}
    parties = party_scopes({good.party_id for good in goods})
    tariffs = {
        code: TariffFacts(
            version=current.name if current else "",
            line=lines.get(code),
            successors=near.get(code[:6], ()) if code not in lines else (),
            **({} if code in lines else others.get(code, {})),
        )
        for code in codes
    }
    return Loaded(
        tuple(_facts(good, as_of, tariffs[good.hs_code], parties.get(good.party_id)) for good in goods),
        current,
    )


def _facts(good: Good, as_of: date, tariff: TariffFacts, party: PartyScope | None) -> Facts:
    elements = good.elements if isinstance(good.elements, dict) else {}
    return Facts(
        as_of=as_of,
        good=GoodFacts(
            number=good.number,
            name=good.name,
            hs_code=good.hs_code,
            unit=good.unit,
            name_en=good.name_en,
            model=good.model,
            brand_kind=good.brand_kind,
            brand=good.brand,
            producer=good.producer,
            elements=tuple(sorted((str(name), str(text or "")) for name, text in elements.items())),
        ),
        tariff=tariff,
        party=PartyFacts(party.number, party.state, party.chapters, party.valid_to)
        if party
        else PartyFacts("", "unknown"),
        authorisation=AuthorisationFacts(good.authorisation is not None, good.authorised_until),
    )


def _in_force(versions: Sequence[TariffVersion], day: date) -> TariffVersion | None:
    fitting = [
        each for each in versions if each.valid_from <= day and (each.valid_to is None or day < each.valid_to)
    ]
    return fitting[-1] if fitting else None


def _lines(version: TariffVersion | None, codes: set[str]) -> dict[str, LineFacts]:
    if version is None:
        return {}
    rows = list(TariffLine.objects.filter(version=version, code__in=codes).order_by())
    prefixes = {row.code[:size] for row in rows for size in range(2, 11)}
    elements = {
        each.code: tuple(each.names)
        for each in Element.objects.filter(version=version, code__in=prefixes).order_by()
    }
    headings = dict(
        Heading.objects.filter(code__in={each for each in prefixes if len(each) in {4, 6}})
        .order_by()
        .values_list("code", "name")
    )
    return {row.code: _line(row, elements, headings) for row in rows}


def _line(row: TariffLine, elements: dict[str, tuple[str, ...]], headings: dict[str, str]) -> LineFacts:
    # The longest prefix that names elements rules; shorter ones are for the codes that have none of their own.
    own = next((elements[row.code[:size]] for size in range(10, 1, -1) if row.code[:size] in elements), ())
    above = (headings.get(row.code[:4], ""), headings.get(row.code[:6], ""))
    return LineFacts(
        code=row.code,
        name=row.name,
        unit1=row.unit1,
        unit2=row.unit2,
        export_duty=row.export_duty,
        supervision=row.supervision,
        inspection=row.inspection,
        heading=" ".join(each for each in above if each),
        elements=own,
    )


def _elsewhere(
    versions: Sequence[TariffVersion], current: TariffVersion | None, codes: set[str], day: date
) -> dict[str, dict[str, Any]]:
    """For codes that the version lacks: the newest earlier and the first later version that has them."""
    by_id = {each.pk: each for each in versions}
    rows = TariffLine.objects.filter(code__in=codes).order_by("version__valid_from")
    if current is not None:
        rows = rows.exclude(version=current)
    found: dict[str, dict[str, Any]] = defaultdict(dict)
    for code, name, version_id in rows.values_list("code", "name", "version_id"):
        version = by_id[version_id]
        if version.valid_from > day:
            found[code].setdefault("later", (version.name, version.valid_from.isoformat()))
        else:
            end = version.valid_to or (current.valid_from if current else day)
            found[code]["earlier"] = (version.name, (end - timedelta(days=1)).isoformat(), name)
    return found


def _successors(version: TariffVersion, codes: set[str]) -> dict[str, tuple[tuple[str, str], ...]]:
    """Lines of the version under the subheadings of the codes, by subheading."""
    wanted = Q()
    for subheading in {code[:6] for code in codes}:
        wanted |= Q(code__startswith=subheading)
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    rows = TariffLine.objects.filter(wanted, version=version).order_by("code").values_list("code", "name")
    for code, name in rows:
        if len(found[code[:6]]) < _MANY:
            found[code[:6]].append((code, name))
    return {subheading: tuple(lines) for subheading, lines in found.items()}
