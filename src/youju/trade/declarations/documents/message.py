"""One declaration as a DecMessage. What is not known is left out and named, never made up: such a message is a draft.

On exports the two country fields of a goods line are swapped in practice: ``OriginCountry`` carries the destination and
``DestinationCountry`` the origin (single-window-dec#list).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from lxml import etree

from youju.rules.law import PolicyValue, table, text
from youju.rules.trade.declarations.facts import Declaration, DeclaredLine
from youju.rules.trade.declarations.money import amount_of
from youju.trade.declarations.documents.fields import (
    CONSTANTS,
    CONTAINER,
    DEFAULTS,
    DESTINATION,
    HEAD,
    LINE,
    ORIGIN,
    Field,
    fields_of,
    number,
    unit_code,
)
from youju.trade.declarations.documents.schema import NAMESPACE

DRAFT_MARK = "草稿，不可发送"
_NAMES: Any = {None: NAMESPACE}


@dataclass(frozen=True, slots=True)
class Missing:
    """A required field that nothing gives: of the head (``line`` is ``None``) or of a declared line."""

    field: str
    label: str
    line: int | None


@dataclass(frozen=True, slots=True)
class Message:
    """The bytes of a message, and what it lacks. One that lacks something is marked as a draft."""

    xml: bytes
    missing: tuple[Missing, ...]

    @property
    def is_draft(self) -> bool:
        """Whether it may not be sent."""
        return bool(self.missing)


def message(
    declaration: Declaration,
    law: Mapping[str, PolicyValue],
    header: Mapping[str, str],
    *,
    containers: Sequence[Mapping[str, str]] = (),
    elements: Mapping[int, str] | None = None,
) -> Message:
    """Make the message of a declaration.

    Args:
        law: the law of its day; fixed values, defaults, field lengths.
        header: element name → text (``fields.given_fields``); it comes before the defaults, never before fixed values.
        containers: fields of each container.
        elements: g_no → declaration elements (申报要素), where they are known.

    Raises:
        UnknownPolicyError: no field list is known for that day.
        ValueError: a value does not fit its field.
    """
    writer = _Writer([])
    given = {**_strings(law, DEFAULTS), **header, **_strings(law, CONSTANTS)}
    root = etree.Element(f"{{{NAMESPACE}}}DecMessage", nsmap=_NAMES)
    head = given | {
        "PackNo": number(sum(line.packages for line in declaration.lines)),
        "GrossWet": number(sum((line.gross_weight for line in declaration.lines), Decimal(0))),
        "NetWt": number(sum((line.net_weight for line in declaration.lines), Decimal(0))),
    }
    writer.fill(root, "DecHead", fields_of(law, HEAD), head, None)
    lists = etree.SubElement(root, f"{{{NAMESPACE}}}DecLists")
    fields = fields_of(law, LINE)
    for line in declaration.lines:
        values = _line(line, declaration.currency, law, given)
        values["GModel"] = (elements or {}).get(line.number, "")
        writer.fill(lists, "DecList", fields, values, line.number)
    if containers:
        around = etree.SubElement(root, f"{{{NAMESPACE}}}DecContainers")
        for container in containers:
            writer.fill(around, "Container", fields_of(law, CONTAINER), container, None)
    if writer.missing:
        root.insert(0, etree.Comment(f" {DRAFT_MARK}：缺 {len(writer.missing)} 处必填项，见 缺项.txt "))
    content = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return Message(content, tuple(writer.missing))


def _line(
    line: DeclaredLine, currency: str, law: Mapping[str, PolicyValue], given: Mapping[str, str]
) -> dict[str, str]:
    total = amount_of(line.cents)
    values = {
        "GNo": str(line.number),
        "CodeTS": line.hs_code,
        "GName": line.name,
        "GQty": number(line.quantity),
        "GUnit": unit_code(law, line.unit),
        "DeclPrice": number((total / line.quantity).quantize(Decimal("0.0001"), ROUND_HALF_UP)),
        "DeclTotal": number(total),
        "TradeCurr": currency,
        "OriginCountry": given.get(DESTINATION, ""),
        "DestinationCountry": given.get(ORIGIN, ""),
        "DistrictCode": given.get("DistrictCode", ""),
        "DutyMode": given.get("DutyMode", ""),
    }
    for place, quantity, unit in (
        ("First", line.first_quantity, line.first_unit),
        ("Second", line.second_quantity, line.second_unit),
    ):
        code = unit_code(law, unit)
        if quantity is not None and code:
            values |= {f"{place}Qty": number(quantity), f"{place}Unit": code}
    return values


@dataclass(slots=True)
class _Writer:
    """Writes elements in the order of their field list and notes what is missing."""

    missing: list[Missing]

    def fill(
        self, parent: Any, name: str, fields: Mapping[str, Field], values: Mapping[str, str], line: int | None
    ) -> None:
        """An element with the fields that have a value."""
        element = etree.SubElement(parent, f"{{{NAMESPACE}}}{name}")
        for field in fields.values():
            value = values.get(field.name, "")
            if not value:
                if field.required:
                    self.missing.append(Missing(field.name, field.label, line))
                continue
            fault = field.fault(value)
            if fault:
                raise ValueError(f"{field.name}（{field.label}）{fault}")
            etree.SubElement(element, f"{{{NAMESPACE}}}{field.name}").text = value


def _strings(law: Mapping[str, PolicyValue], policy: str) -> dict[str, str]:
    rows = table(law, policy)
    return {name: text(rows, name) for name in rows}
