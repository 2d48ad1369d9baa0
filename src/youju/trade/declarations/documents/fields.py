"""The fields of the declaration message as ``policies/customs/dec_message`` states them: kind, length, required, label."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import cast

from youju.foundation.policies import load
from youju.rules.law import PolicyValue, Table, table, text

ROOM = "customs.dec_message"
HEAD, LINE, CONTAINER = f"{ROOM}.head_fields", f"{ROOM}.list_fields", f"{ROOM}.container_fields"
CONSTANTS, DEFAULTS, UNIT_CODES = f"{ROOM}.constants", f"{ROOM}.defaults", f"{ROOM}.unit_codes"
COMPUTED = ("PackNo", "GrossWet", "NetWt")
"""Fields of the head that the goods lines give."""
DESTINATION, ORIGIN = "CountryOfDestination", "CountryOfOrigin"
"""What the two countries of a goods line mean; the message swaps their fields on exports."""
FOR_LINES = {
    DESTINATION: "DestinationCountry",
    ORIGIN: "OriginCountry",
    "DistrictCode": "DistrictCode",
    "DutyMode": "DutyMode",
}
"""Given once for all goods lines → a field of the line with the same kind and length."""
LABELS = {DESTINATION: "最终目的国", ORIGIN: "原产国"}


@dataclass(frozen=True, slots=True)
class Field:
    """One field; ``length`` in characters for text, ``digits`` and ``places`` for numbers."""

    name: str
    label: str
    kind: str
    required: bool
    length: int = 0
    digits: int = 0
    places: int = 0

    def fault(self, value: str) -> str:
        """Why a value cannot stand in the field; empty if it can."""
        if self.kind == "text":
            if len(value) > self.length:
                return f"有 {len(value)} 个字，最多 {self.length} 个"
            return (
                "含有控制字符" if re.search(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]", value) else ""
            )
        if not re.fullmatch(r"[0-9]+(\.[0-9]+)?", value):
            return "不是数"
        whole, _, part = value.partition(".")
        digits = len(whole.lstrip("0")) + len(part)
        if len(part) > self.places or digits > self.digits:
            return f"超出 {self.digits} 位（小数 {self.places} 位）"
        return ""


def fields_of(law: Mapping[str, PolicyValue], policy: str) -> dict[str, Field]:
    """The fields of one part of the message on a day, in their order.

    Raises:
        UnknownPolicyError: no field list is known for that day.
    """
    return _fields(table(law, policy))


@lru_cache(maxsize=1)
def given_fields() -> Mapping[str, Field]:
    """What a user may give besides the goods lines, by the newest field list: name → field."""
    head, line = (_fields(cast("Table", load().policies[name].values[-1].value)) for name in (HEAD, LINE))
    given = {name: field for name, field in head.items() if name not in COMPUTED}
    for name, like in FOR_LINES.items():
        field = line[like]
        given[name] = Field(
            name,
            LABELS.get(name, field.label),
            field.kind,
            field.required,
            field.length,
            field.digits,
            field.places,
        )
    return given


@lru_cache(maxsize=1)
def names_of_given() -> Mapping[str, str]:
    """Element name or Chinese label → element name."""
    found = {field.label: name for name, field in given_fields().items()}
    return (
        found
        | {re.sub(r"（.*?）", "", label): name for label, name in found.items()}
        | {name: name for name in given_fields()}
    )


def unit_code(law: Mapping[str, PolicyValue], unit: str) -> str:
    """The customs code of a unit; empty where the list has none."""
    codes = table(law, UNIT_CODES)
    return text(codes, unit) if unit in codes else ""


def number(value: Decimal | int) -> str:
    """A number as a message carries it: plain digits."""
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _fields(rows: Table) -> dict[str, Field]:
    return {name: _field(name, cast("Mapping[str, PolicyValue]", row)) for name, row in rows.items()}


def _field(name: str, row: Mapping[str, PolicyValue]) -> Field:
    return Field(
        name=name,
        label=text(row, "label"),
        kind=text(row, "kind"),
        required=bool(row["required"]),
        length=cast("int", row.get("length", 0)),
        digits=cast("int", row.get("digits", 0)),
        places=cast("int", row.get("places", 0)),
    )
