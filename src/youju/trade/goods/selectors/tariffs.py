"""The tariff of a day: its versions, one line with its elements, what differs between two versions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import connection
from django.db.models import Q, QuerySet
from django.utils import timezone

from youju.foundation.policies import law_on
from youju.rules.law import names, table
from youju.trade.goods.models import Element, Heading, TariffLine, TariffVersion

FIELDS = {
    "name": "商品名称",
    "unit1": "法定第一单位",
    "unit2": "法定第二单位",
    "export_duty": "出口关税（%）",
    "supervision": "监管条件",
    "inspection": "检验检疫类别",
    "elements": "申报要素",
}
"""The fields of a line in the order in which they are compared and shown."""

DIFFERENCES = {"added": "新增", "gone": "不再有", "changed": "有改动"}


@dataclass(frozen=True, slots=True)
class Line:
    """One ten-digit line as pages and the API show it; ``export_duty`` in per cent, ``None`` where there is none."""

    code: str
    name: str
    unit1: str
    unit2: str
    export_duty: Decimal | None
    supervision: str
    inspection: str


@dataclass(frozen=True, slots=True)
class ElementField:
    """One declaration element; ``known`` names the field of a good that answers it already."""

    name: str
    required: bool
    known: str = ""


@dataclass(frozen=True, slots=True)
class CodeFacts:
    """What the tariff of a day says of a code: the line, its headings, its elements, the version and the day."""

    line: Line
    version: TariffVersion
    headings: Sequence[Heading]
    elements: Sequence[ElementField]


@dataclass(frozen=True, slots=True)
class Difference:
    """One line that differs between two versions: ``changes`` holds (field, before, after) in words."""

    kind: str
    code: str
    name: str
    changes: Sequence[tuple[str, str, str]]

    @property
    def kind_label(self) -> str:
        """In Chinese."""
        return DIFFERENCES[self.kind]


def versions() -> QuerySet[TariffVersion]:
    """Every version, latest first."""
    return TariffVersion.objects.order_by("-valid_from")


def version(version_id: int) -> TariffVersion | None:
    """One version."""
    return TariffVersion.objects.filter(pk=version_id).first()


def version_on(day: date | None = None) -> TariffVersion | None:
    """The version in force on a day (today where none is given)."""
    day = day or timezone.localdate()
    return (
        TariffVersion.objects.filter(valid_from__lte=day)
        .filter(Q(valid_to=None) | Q(valid_to__gt=day))
        .order_by("-valid_from")
        .first()
    )


def lines(found: TariffVersion, *, text: str = "", duty: str = "", chapter: str = "") -> QuerySet[TariffLine]:
    """The lines of a version that fit: words of the name or a code's start, ``duty`` ``yes``/``no``, a chapter."""
    rows = TariffLine.objects.filter(version=found)
    for word in text.replace("\0", "").split():
        rows = rows.filter(Q(code__startswith=word) | Q(name__contains=word))
    if duty:
        rows = rows.filter(export_duty__gt=0) if duty == "yes" else rows.exclude(export_duty__gt=0)
    return rows.filter(code__startswith=chapter) if chapter else rows


def line_of(code: str, day: date | None = None) -> CodeFacts | None:
    """What the tariff says of a ten-digit code on a day, or ``None``: four queries."""
    found = version_on(day)
    return line_in(found, code) if found else None


def line_in(found: TariffVersion, code: str) -> CodeFacts | None:
    """What a version says of a ten-digit code, or ``None``."""
    row = TariffLine.objects.filter(version=found, code=code.replace("\0", "")).first()
    if row is None:
        return None
    headings = Heading.objects.filter(code__in=[code[:2], code[:4], code[:6]]).order_by("code")
    return CodeFacts(
        as_line(row), found, list(headings), element_fields(_element_names(found, code), day=found.valid_from)
    )


def as_line(row: TariffLine) -> Line:
    """A row as frozen data."""
    return Line(row.code, row.name, row.unit1, row.unit2, row.export_duty, row.supervision, row.inspection)


def elements_on(code: str, day: date | None = None) -> list[ElementField]:
    """The declaration elements of a code on a day; none where no version knows it: two queries."""
    found = version_on(day)
    return element_fields(_element_names(found, code)) if found else []


def _element_names(found: TariffVersion, code: str) -> list[str]:
    """The elements of the longest prefix that has any."""
    prefixes = [code[:size] for size in range(2, len(code) + 1)]
    row = Element.objects.filter(version=found, code__in=prefixes).order_by("-code").first()
    return list(row.names) if row else []


def element_fields(wanted: Iterable[str], *, day: date | None = None) -> list[ElementField]:
    """Element names with what the law of the day says of each: required or not, answered by another field or not."""
    law = law_on(max(day or timezone.localdate(), date(2020, 1, 1)))
    optional, known = names(law, "trade.goods.optional_elements"), table(law, "trade.goods.known_elements")
    return [
        ElementField(
            name, required="非必报" not in name and name not in optional, known=str(known.get(name, ""))
        )
        for name in wanted
    ]


def known_prefixes(prefixes: Iterable[str]) -> set[str]:
    """Of the given six-digit prefixes those that the nomenclature has."""
    return set(Heading.objects.filter(code__in=set(prefixes)).values_list("code", flat=True))


def known_codes(codes: Iterable[str], day: date | None = None) -> Mapping[str, tuple[str, str]]:
    """Of the given codes those in force on a day, with their statutory units: two queries."""
    found = version_on(day)
    if found is None:
        return {}
    rows = TariffLine.objects.filter(version=found, code__in=set(codes))
    return {code: (unit1, unit2) for code, unit1, unit2 in rows.values_list("code", "unit1", "unit2")}


def element_names_of(codes: Iterable[str], day: date | None = None) -> Mapping[str, list[str]]:
    """Code → its element names, for many codes at once: two queries."""
    found = version_on(day)
    if found is None:
        return {}
    wanted = set(codes)
    prefixes = {code[:size] for code in wanted for size in range(2, len(code) + 1)}
    stored = dict(Element.objects.filter(version=found, code__in=prefixes).values_list("code", "names"))
    return {
        code: next((stored[code[:size]] for size in range(len(code), 1, -1) if code[:size] in stored), [])
        for code in wanted
    }


_SIDE = """SELECT l.code, l.name, l.unit1, l.unit2, l.export_duty, l.supervision, l.inspection,
  array_to_string(e.names, '；') AS elements
  FROM goods_tariffline l LEFT JOIN goods_element e ON e.version_id = l.version_id AND e.code = l.code WHERE l.version_id = %s"""
_DIFFERENCE = (  # both parts are constants
    "WITH a AS (" + _SIDE + "), b AS (" + _SIDE + ")"  # noqa: S608
    " SELECT coalesce(a.code, b.code), a.code IS NULL, b.code IS NULL, a.name, b.name, a.unit1, b.unit1, a.unit2, b.unit2,"
    " a.export_duty, b.export_duty, a.supervision, b.supervision, a.inspection, b.inspection, a.elements, b.elements"
    " FROM a FULL JOIN b USING (code) WHERE a IS DISTINCT FROM b ORDER BY 1"
)


def difference(left: TariffVersion, right: TariffVersion) -> list[Difference]:
    """What ``right`` has that ``left`` has not, what is gone, what changed, by code: one query; equal lines stay behind."""
    with connection.cursor() as cursor:
        cursor.execute(_DIFFERENCE, [left.pk, right.pk])
        rows = cursor.fetchall()
    return [_difference(row, list(FIELDS)) for row in rows]


def _difference(row: tuple[object, ...], every: Sequence[str]) -> Difference:
    code, added, gone, *cells = row
    pairs = {name: (_words(cells[at * 2]), _words(cells[at * 2 + 1])) for at, name in enumerate(every)}
    kind = "added" if added else "gone" if gone else "changed"
    name = pairs["name"][0 if gone else 1]
    changes = (
        [(FIELDS[field], before, after) for field, (before, after) in pairs.items() if before != after]
        if kind == "changed"
        else []
    )
    return Difference(kind, str(code), name, changes)


def _words(value: object) -> str:
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return "" if value is None else str(value)
